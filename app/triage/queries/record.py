"""One report as triage sees it: its words and facts, what came with it, what happened; never who reported."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from app.db import session
from app.domain.attachment import Attachment, attachments_of
from app.domain.case import Case
from app.domain.evidence.steps import CameWith, came_later
from app.domain.history import Past, history
from app.domain.people import Actor, Person
from app.domain.presence import Beside, beside
from app.domain.region import Region
from app.domain.report import Report
from app.domain.reporter import Identity
from app.domain.scope import load, scoped
from app.domain.workflow.engine import Offer
from app.domain.workflow.vocabulary import Role
from app.kernel import text
from app.kernel.errors import NotFound

MOST_OF_A_MATTER = 5
KNOW_THE_REPORTER = frozenset({Role.INSPECTOR, Role.LEADER})
"""Roles that may know whether a name was given, and how often a telephone has called (docs: trust)."""


@dataclass(frozen=True)
class Flags:
    """What may be known of a reporter without opening anything."""

    anonymous: bool
    has_name: bool
    has_phone: bool
    same_phone: int


@dataclass(frozen=True)
class Likely:
    """Another report of the same matter."""

    id: int
    number: str
    words: str


@dataclass(frozen=True)
class Record:
    """All on a report's page. `flags` is None for those who may not know them; `later`: those that came after.

    `in_hand`: who has taken it; `beside`: who else has it open at this moment.
    """

    report: Report
    taken_by: str
    flags: Flags | None
    knows: bool
    offers: list[Offer]
    attachments: list[Attachment]
    later: dict[int, CameWith]
    past: list[Past]
    cases: list[Case]
    town: Region | None
    matter: list[Likely]
    in_hand: str
    beside: list[Beside]

    def since(self, version: int | None) -> list[Past]:
        """What has happened to the report itself since it stood at a version, the newest first."""
        own = [one for one in self.past if one.noun == "report"]
        return own[: max(0, self.report.version - version)] if version is not None else []


def record(actor: Actor, report_id: int) -> Record:
    """Raises NotFound alike for a missing report and somebody else's."""
    report = found(actor, report_id)
    cases: list[Case] = report.cases
    ids = [report.taken_by_id, report.assigned_to_id]
    people = session().execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    names: dict[int | None, str] = {row.id: row.name for row in people}
    return Record(
        report=report,
        taken_by=names.get(report.taken_by_id, ""),
        flags=flags(actor, report),
        knows=knows(actor, report),
        offers=report.offers(actor),
        attachments=attachments_of(session(), "report", report.id),
        later=came_later(session(), report.id),
        past=history(session(), {"report": [report.id], "case": [case.id for case in cases]}),
        cases=[case for case in cases if case.is_live],
        town=session().get(Region, report.town_code) if report.town_code else None,
        matter=in_matter(actor, report),
        in_hand=names.get(report.assigned_to_id, ""),
        beside=beside(session(), actor, "report", report.id),
    )


def found(actor: Actor, report_id: int) -> Report:
    """The report with what its page and its conditions read. Raises NotFound."""
    ways = (selectinload(Report.cases), selectinload(Report.points), selectinload(Report.referral))
    return load(session(), actor, Report, report_id, *ways)


def knows(actor: Actor, report: Report) -> bool:
    return bool(actor.roles_over(report.reach()) & KNOW_THE_REPORTER)


def flags(actor: Actor, report: Report) -> Flags | None:
    if not knows(actor, report):
        return None
    identity = session().scalar(select(Identity).where(Identity.noun == "report", Identity.noun_id == report.id))
    if identity is None:
        return None
    return Flags(identity.anonymous, identity.has_name, identity.has_phone, same_phone(identity))


def same_phone(identity: Identity) -> int:
    """How many other reports of this inspection may have come from the same telephone; a count that proves nothing."""
    if identity.phone_index is None:
        return 0
    same = (Identity.noun == "report", Identity.phone_index == identity.phone_index)
    here = (Identity.inspection_id == identity.inspection_id, Identity.id != identity.id)
    return session().scalar(select(func.count()).select_from(Identity).where(*same, *here)) or 0


def in_matter(actor: Actor, report: Report) -> list[Likely]:
    """The other reports of the same matter, the first received first."""
    if report.matter_id is None:
        return []
    return _rows(_others(actor, report).where(Report.matter_id == report.matter_id).limit(MOST_OF_A_MATTER))


def _others(actor: Actor, report: Report) -> Select[Report]:
    same = scoped(actor, Report).where(Report.inspection_id == report.inspection_id, Report.id != report.id)
    return same.order_by(Report.received_at, Report.id)


def _rows(query: Select[Report]) -> list[Likely]:
    columns = query.with_only_columns(Report.id, Report.number, Report.description)
    return [Likely(id_, number, text.excerpt(words)) for id_, number, words in session().execute(columns)]


def file_of(actor: Actor, report_id: int, token: str) -> Attachment:
    """A picture of a report this actor may see. Raises NotFound alike for a missing one and one of another report."""
    report = load(session(), actor, Report, report_id)
    kept = next((one for one in attachments_of(session(), "report", report.id) if one.token == token), None)
    if kept is None:
        raise NotFound
    return kept
