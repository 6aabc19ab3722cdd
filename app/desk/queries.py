"""What a clerk's pages show: own entries, one entry, and how often a telephone has called."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import selectinload

from app.db import session
from app.domain.attachment import Attachment, attachments_of
from app.domain.history import Past, history
from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.region import Region, areas_of
from app.domain.report import Channel, Report
from app.domain.reporter import Identity
from app.domain.scope import load, scoped
from app.domain.search import Results, Sought, look_up
from app.domain.workflow.engine import Offer
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Need, ReportState
from app.kernel import clock, crypto, text
from app.kernel.errors import NotFound


@dataclass(frozen=True)
class EntryRow:
    """One of the clerk's own entries in a list."""

    id: int
    number: str
    channel: Channel
    state: Term
    received_at: datetime
    words: str
    area: Region | None
    out_of_hours: bool
    due_on: date | None


@dataclass(frozen=True)
class Day:
    """A clerk's own entries of one day, the newest first, with their counts by channel."""

    day: date
    rows: list[EntryRow]
    counts: list[tuple[Channel, int]]
    out_of_hours: int


@dataclass(frozen=True)
class Entry:
    """One own entry as its page shows it. Of the reporter: the last digits of the telephone, and nothing else."""

    report: Report
    phone_tail: str
    attachments: list[Attachment]
    past: list[Past]
    offers: list[Offer]
    question: str


def own_day(actor: Actor, inspection_id: int, day: date) -> Day:
    beginning, end = clock.at_local(day, datetime.min.time()), clock.end_of_day(day)
    query = _own(actor, inspection_id).where(Report.received_at >= beginning, Report.received_at < end)
    rows = [_row(report) for report in session().scalars(query.order_by(Report.received_at.desc(), Report.id.desc()))]
    counted = Counter(row.channel for row in rows)
    counts = [(channel, counted[channel]) for channel in Channel if counted[channel]]
    return Day(day, rows, counts, sum(row.out_of_hours for row in rows))


def own_waiting(actor: Actor, inspection_id: int) -> list[EntryRow]:
    """Own entries whose reporter was asked something and has not answered, the most urgent first."""
    query = _own(actor, inspection_id).where(Report.state == ReportState.ASKED)
    return [_row(report) for report in session().scalars(query.order_by(Report.due_on, Report.id))]


def _own(actor: Actor, inspection_id: int) -> Select[Report]:
    mine = scoped(actor, Report).where(Report.inspection_id == inspection_id)
    return mine.where(Report.taken_by_id == actor.person_id)


def _row(report: Report) -> EntryRow:
    return EntryRow(
        id=report.id,
        number=report.number,
        channel=Channel(report.channel),
        state=report.status,
        received_at=report.received_at,
        words=text.excerpt(report.description),
        area=report.area,
        out_of_hours=report.out_of_hours,
        due_on=report.due_on,
    )


def entry(actor: Actor, report_id: int) -> Entry:
    """Raises NotFound for somebody else's."""
    report = load(session(), actor, Report, report_id, selectinload(Report.cases), selectinload(Report.referral))
    if report.taken_by_id != actor.person_id:
        raise NotFound
    past = history(session(), {"report": [report.id]})
    question = next((words for one in past for need, words in one.said if need == Need.QUESTION), "")
    tail = session().scalar(select(Identity.phone_tail).where(_of_report(), Identity.noun_id == report.id))
    return Entry(
        report=report,
        phone_tail=tail or "",
        attachments=attachments_of(session(), "report", report.id),
        past=past,
        offers=report.offers(actor),
        question=question if report.state == ReportState.ASKED else "",
    )


def own_file(actor: Actor, report_id: int, token: str) -> Attachment:
    """A picture of an own entry. Raises NotFound alike for a missing one and one of another report."""
    found = next((one for one in entry(actor, report_id).attachments if one.token == token), None)
    if found is None:
        raise NotFound
    return found


def reports_by_telephone(
    house: Installation, actor: Actor, inspection_id: int, phone: str, besides: int | None = None
) -> int:
    """How many reports of this inspection may have come from a telephone: a count, by the blind index, of no one."""
    load(session(), actor, Inspection, inspection_id)
    digits = text.phone_digits(phone)
    if not digits:
        return 0
    index = crypto.blind_index(house.vault.index, digits)
    query = select(func.count()).select_from(Identity).where(_of_report(), Identity.phone_index == index)
    same = query.where(Identity.inspection_id == inspection_id)
    return session().scalar(same if besides is None else same.where(Identity.noun_id != besides)) or 0


def _of_report() -> ColumnElement[bool]:
    return Identity.noun == "report"


def areas(inspection: Inspection) -> list[Region]:
    return areas_of(session(), inspection.region_code)


def search_own(actor: Actor, inspection_id: int, sought: Sought) -> Results:
    """What a clerk finds among their own entries."""
    return look_up(session(), actor, inspection_id, sought, own=True)
