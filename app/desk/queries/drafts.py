"""What a clerk is writing, and the files that wait for it."""

from dataclasses import dataclass

from app.db import session
from app.domain import draft as keeping
from app.domain.attachment import Attachment, waiting
from app.domain.draft import Writing
from app.domain.evidence.kinds import EvidenceKind, FileStanding
from app.domain.installation import Installation
from app.domain.people import Actor
from app.kernel.errors import NotFound


@dataclass(frozen=True)
class Scan:
    """A page or file of a letter, as it is shown beside the typing."""

    token: str
    shows: EvidenceKind
    is_seen: bool
    opens: bool
    size: int
    standing: FileStanding


def drafts(house: Installation, actor: Actor, inspection_id: int) -> list[Writing]:
    return keeping.drafts_of(session(), house, actor, inspection_id)


def draft(house: Installation, actor: Actor, draft_id: int) -> Writing:
    """Raises NotFound for somebody else's."""
    return keeping.draft_of(session(), house, actor, draft_id)


def scans(attachments: list[Attachment]) -> list[Scan]:
    return [
        Scan(one.token, one.shows, _is_seen(one), one.reaches_the_team, one.size, one.stands) for one in attachments
    ]


def waiting_scans(key: str) -> list[Scan]:
    """What waits under a form's own key."""
    return scans(waiting(session(), key))


def waiting_file(house: Installation, actor: Actor, draft_id: int, token: str) -> Attachment:
    """A file of a form that is still being written. Raises NotFound alike for a missing one and somebody else's."""
    key = draft(house, actor, draft_id).key
    found = next((one for one in waiting(session(), key) if one.token == token), None)
    if found is None:
        raise NotFound
    return found


def _is_seen(one: Attachment) -> bool:
    return one.safe_name is not None and one.shows is EvidenceKind.PICTURE
