"""One case as its page shows it: built field by field, so that nothing of the report comes along by itself."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.casework.queries.area import Area, area
from app.casework.queries.history import HistoryEntry, history_of
from app.casework.queries.levels import Disputed, Extended, Held, disputes_of, extensions_of, levels_of
from app.casework.queries.pictures import Picture, handed_over_pictures, reply_pictures
from app.casework.queries.sides import nook, reads_as_team
from app.casework.queries.versions import Version, versions_of
from app.db import session
from app.domain.case import BEFORE_HAND_OVER, Case, Completion, Reply, Verdict
from app.domain.lateness import Nearness, nearness
from app.domain.papers.making import has_order
from app.domain.people import Actor
from app.domain.presence import Beside, beside
from app.domain.report import Channel, Precision, Report
from app.domain.scope import load
from app.domain.workflow.engine import Offer
from app.domain.workflow.terms import Term
from app.kernel import clock
from app.kernel.errors import NotFound

EXACT = frozenset({Precision.MOMENT, Precision.DAY})
WHOLE: tuple[ORMOption, ...] = (
    joinedload(Case.batch),
    selectinload(Case.supporting),
    selectinload(Case.assignments),
    selectinload(Case.disputes),
    selectinload(Case.replies).options(
        *(selectinload(part) for part in (Reply.points, Reply.sources, Reply.measures, Reply.spots, Reply.remarks))
    ),
)


@dataclass(frozen=True)
class Published:
    """What stands, or is about to stand, in the public table."""

    problem: str
    text: str
    verdict: Verdict | None
    completion: Completion | None
    handling: str
    target: str
    accountability: str
    since: date | None


@dataclass(frozen=True)
class CasePage:
    """What everybody who may see a case reads of it. Of the report there are the day and the channel, no more."""

    id: int
    version: int
    number: str
    key: bool
    state: Term
    area: Area
    types: tuple[str, ...]
    received_on: date | None
    received_printed: str
    channel: Channel
    batch: str
    handed_over_on: date | None
    handover_text: str
    points: tuple[str, ...]
    lead_unit: str
    supporting: tuple[str, ...]
    feedback_due_on: date | None
    feedback_announced: bool
    lapsed_on: date | None
    dispute_by: date | None
    replied_on: date | None
    late_days: int
    nearness: Nearness | None
    published: Published | None
    versions: tuple[Version, ...]
    pictures: tuple[Picture, ...]
    history: tuple[HistoryEntry, ...]
    levels: tuple[Held, ...]
    disputes: tuple[Disputed, ...]
    extensions: tuple[Extended, ...]
    offers: tuple[Offer, ...]
    has_order: bool
    for_team: bool
    beside: tuple[Beside, ...]

    def since(self, version: int | None) -> tuple[HistoryEntry, ...]:
        """What has happened to the case since it stood at a version, the newest first."""
        return self.history[: max(0, self.version - version)] if version is not None else ()

    @property
    def days_unsure(self) -> bool:
        """Whether a day that is still to come was counted over a year whose working days nobody knew."""
        decided = self.dispute is None or self.dispute.announced
        return not (self.feedback_announced and decided and self.dispute_announced)

    @property
    def dispute_announced(self) -> bool:
        """Whether the day until which the unit may dispute is certain."""
        return all(one.announced for one in self.levels if one.leads) or self.dispute_by is None

    @property
    def dispute(self) -> Disputed | None:
        """The one that waits for its decision."""
        return next((one for one in self.disputes if one.decided_on is None), None)

    def offers_now(self, action: Term) -> bool:
        return any(offer.action == action for offer in self.offers)


def case_page(actor: Actor, case_id: int) -> CasePage:
    """A case that was handed over, as this actor may read it. Raises NotFound."""
    case = load(session(), actor, Case, case_id, *WHOLE)
    if case.state in BEFORE_HAND_OVER:
        raise NotFound
    as_team = reads_as_team(actor, case)
    history = history_of(session(), case, as_team=as_team)
    return CasePage(
        **_head(case),
        **_received(case),
        **_work(case),
        published=_published(case),
        versions=tuple(versions_of(session(), case, reply_pictures(session(), case))),
        pictures=tuple(handed_over_pictures(session(), case)),
        history=tuple(history),
        levels=tuple(levels_of(case, history)),
        disputes=tuple(disputes_of(case)),
        extensions=tuple(extensions_of(history)),
        offers=tuple(case.offers(actor)),
        has_order=has_order(session(), case.batch_id, case.number),
        for_team=as_team,
        beside=tuple(beside(session(), actor, nook(actor, case), case.id)),
    )


def _head(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "version": case.version,
        "number": case.number,
        "key": case.key,
        "state": case.status,
        "area": Area(case.area.zh, case.area.en) if case.area else area(None, None, case.area_printed),
        "types": tuple(case.types),
        "handover_text": case.handover_text,
        "points": tuple(case.points),
    }


def _received(case: Case) -> dict[str, Any]:
    """The day and the channel, read by themselves: the report is not loaded for a page the locality reads."""
    columns = select(Report.received_at, Report.precision, Report.received_printed, Report.channel)
    received_at, precision, printed, channel = session().execute(columns.where(Report.id == case.report_id)).one()
    exact = Precision(precision) in EXACT
    return {
        "received_on": clock.local_date(received_at) if exact else None,
        "received_printed": printed,
        "channel": Channel(channel),
    }


def _work(case: Case) -> dict[str, Any]:
    return {
        "batch": case.batch.label if case.batch else "",
        "handed_over_on": clock.local_date(case.handed_over_at) if case.handed_over_at else None,
        "lead_unit": case.lead_unit.name if case.lead_unit else case.unit_printed,
        "supporting": tuple(support.unit.name for support in case.supporting),
        "feedback_due_on": case.feedback_due_on,
        "feedback_announced": case.feedback_announced,
        "lapsed_on": case.lapsed_on,
        "dispute_by": case.dispute_by,
        "replied_on": clock.local_date(case.replied_at) if case.replied_at else None,
        "late_days": case.late_days(),
        "nearness": nearness(case.feedback_due_on, clock.today(), case.replied_at),
    }


def _published(case: Case) -> Published | None:
    if case.published_at is None:
        return None
    return Published(
        problem=case.publication_problem,
        text=case.publication_text,
        verdict=Verdict(case.verdict) if case.verdict else None,
        completion=Completion(case.completion) if case.completion else None,
        handling=case.publication_handling,
        target=case.publication_target,
        accountability=case.accountability,
        since=clock.local_date(case.published_at),
    )
