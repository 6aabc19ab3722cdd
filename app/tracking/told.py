"""What the reporter told the team: their own words, choices and files, as they left them."""

from app.db import session
from app.domain import catalogue
from app.domain.attachment import Attachment, attachments_of
from app.domain.evidence.kinds import FileStanding
from app.domain.evidence.steps import FILES
from app.domain.ledger import LedgerEntry
from app.domain.region import Region
from app.domain.report import Report, StillGoing
from app.kernel.errors import NotFound
from app.tracking.rows import OwnFile, Told


def told_by(report: Report) -> Told:
    """Nothing of who said it: that is in the vault."""
    point = (report.latitude, report.longitude)
    return Told(
        description=report.description,
        area=report.area,
        town=session().get(Region, report.town_code) if report.town_code else None,
        place=report.place,
        address=report.address,
        point=(point[0], point[1]) if point[0] is not None and point[1] is not None else None,
        polluter=report.polluter,
        since=report.since,
        frequency=report.frequency,
        still=StillGoing(report.still) if report.still in set(StillGoing) else None,
        types=list(report.types),
        answers=catalogue.answered(report.inspection.settings.questions, report.answers),
        earlier=report.earlier,
        said_same_as=report.said_same_as,
        wants_answer=report.wants_answer,
    )


def files_of(report: Report, entries: list[LedgerEntry]) -> list[OwnFile]:
    """The files in the order in which they came; `later`: with an answer or an addition."""
    later = {one for entry in entries if entry.noun == "report" for one in entry.facts.get(FILES, [])}
    return [_file(one, later=one.id in later) for one in attachments_of(session(), "report", report.id)]


def own_file(report_id: int, token: str) -> Attachment:
    """One file of the reporter's own. Raises NotFound alike for a missing one and somebody else's."""
    found = (one for one in attachments_of(session(), "report", report_id) if one.token == token)
    if (kept := next(found, None)) is None:
        raise NotFound
    return kept


def _file(one: Attachment, *, later: bool) -> OwnFile:
    ready = bool(one.safe_name) and one.stands is FileStanding.READY
    return OwnFile(one.token, one.shows, one.stands, one.size, one.kept_at, later, shown=ready)
