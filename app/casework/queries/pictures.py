"""Pictures and videos of a case: safe copies of what the reporter sent, and of the unit's, before and after."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import session
from app.domain.attachment import Attachment, EvidenceKind, attachments_of
from app.domain.case import BEFORE_HAND_OVER, Case, Reply
from app.domain.field_record import FIELD, FieldRecord
from app.domain.people import Actor
from app.domain.report import Channel, Report
from app.domain.scope import scoped
from app.kernel.errors import NotFound

REPORT, REPLY = "report", "reply"
PICTURE, VIDEO = "picture", "video"
SHOWN = (PICTURE, VIDEO)
"""What the locality is shown of a report's files. A recording is a voice, a document a hand: the team keeps them."""
ON_PAPER = frozenset({Channel.LETTER, Channel.PASSED_ON})
"""Pictures of these are scans of paper: the reporter's own hand or name, the words as received. Not handed over."""


@dataclass(frozen=True)
class Picture:
    id: int
    token: str
    kind: str
    position: int
    size: int
    shows: EvidenceKind


def handed_over_pictures(session: Session, case: Case) -> list[Picture]:
    """What the reporter photographed; part of what is handed over."""
    channel = session.scalar(select(Report.channel).where(Report.id == case.report_id))
    if channel in ON_PAPER:
        return []
    every = attachments_of(session, REPORT, case.report_id)
    return [_picture(one) for one in every if one.kind in SHOWN and one.safe_name]


def reply_pictures(session: Session, case: Case) -> dict[int, list[Picture]]:
    """By the id of the reply they belong to."""
    query = select(Attachment).where(Attachment.noun == REPLY)
    query = query.where(Attachment.noun_id.in_([reply.id for reply in case.replies]))
    found: dict[int, list[Picture]] = defaultdict(list)
    for one in session.scalars(query.order_by(Attachment.position, Attachment.id)):
        found[one.noun_id or 0].append(_picture(one))
    return found


def field_pictures(session: Session, ids: Sequence[int]) -> dict[int, list[Picture]]:
    """What officers photographed at the place, by the id of the field record."""
    query = select(Attachment).where(Attachment.noun == FIELD, Attachment.noun_id.in_(ids))
    found: dict[int, list[Picture]] = defaultdict(list)
    for one in session.scalars(query.order_by(Attachment.position)) if ids else ():
        found[one.noun_id or 0].append(_picture(one))
    return found


def safe_copy(actor: Actor, token: str) -> Attachment:
    """A picture whose case this actor may see. Raises NotFound alike for all others."""
    cases = scoped(actor, Case).where(Case.state.not_in(BEFORE_HAND_OVER))
    found = session().scalar(select(Attachment).where(Attachment.token == token))
    if found is None or found.noun_id is None:
        raise NotFound
    if found.noun == REPLY:
        cases = cases.join(Reply, Reply.case_id == Case.id).where(Reply.id == found.noun_id)
    elif found.noun == FIELD:
        cases = cases.join(FieldRecord, FieldRecord.case_id == Case.id).where(FieldRecord.id == found.noun_id)
    elif found.noun == REPORT and found.kind in SHOWN:
        cases = cases.join(Report, Report.id == Case.report_id)
        cases = cases.where(Report.id == found.noun_id, Report.channel.not_in(ON_PAPER))
    else:
        raise NotFound
    if session().scalar(cases.with_only_columns(Case.id).limit(1)) is None:
        raise NotFound
    return found


def _picture(one: Attachment) -> Picture:
    return Picture(one.id, one.token, one.kind, one.position, one.size, one.shows)
