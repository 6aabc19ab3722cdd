"""A clerk's own entries: those of a day, those that wait, one of them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import selectinload

from app.db import session
from app.desk.queries.drafts import Scan, scans
from app.domain.attachment import Attachment, attachments_of
from app.domain.history import Past, history
from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.region import Region, areas_of, towns_by_county
from app.domain.report import Channel, Report
from app.domain.reporter import Identity
from app.domain.ringing import RingUp
from app.domain.scope import load, scoped
from app.domain.search import Results, Row, Sought, look_up
from app.domain.workflow.engine import Offer
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Need, ReportState
from app.kernel import clock, text
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
    """One own entry as its page shows it. Of the reporter: the last digits of the telephone, and nothing else.

    `ring_up`: its reporter is to be rung up with `question`.
    """

    report: Report
    phone_tail: str
    attachments: list[Attachment]
    past: list[Past]
    offers: list[Offer]
    question: str
    ring_up: int | None
    same_letter: list[tuple[int, str]]
    town: Region | None

    @property
    def scans(self) -> list[Scan]:
        """Its files as pages to be read."""
        return scans(self.attachments)


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
    ways = (Report.cases, Report.referral, Report.points, Report.letter)
    report = load(session(), actor, Report, report_id, *(selectinload(way) for way in ways))
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
        ring_up=session().scalar(select(RingUp.id).where(RingUp.report_id == report.id, RingUp.ended_at.is_(None))),
        same_letter=in_the_same_letter(report),
        town=session().get(Region, report.town_code) if report.town_code else None,
    )


def own_file(actor: Actor, report_id: int, token: str) -> Attachment:
    """A picture of an own entry. Raises NotFound alike for a missing one and one of another report."""
    found = next((one for one in entry(actor, report_id).attachments if one.token == token), None)
    if found is None:
        raise NotFound
    return found


def _of_report() -> ColumnElement[bool]:
    return Identity.noun == "report"


def areas(inspection: Inspection) -> list[Region]:
    return areas_of(session(), inspection.region_code)


def search_own(actor: Actor, inspection_id: int, sought: Sought) -> Results[Row]:
    """What a clerk finds among their own entries."""
    return look_up(session(), actor, inspection_id, sought, own=True)


def towns(areas: list[Region]) -> dict[str, list[Region]]:
    """The towns of each county, by its code."""
    return towns_by_county(session(), [area.code for area in areas])


def in_the_same_letter(report: Report) -> list[tuple[int, str]]:
    """Other own entries that came in the same envelope: id and number."""
    if report.letter_id is None:
        return []
    same = (Report.letter_id == report.letter_id, Report.taken_by_id == report.taken_by_id, Report.id != report.id)
    return [(row.id, row.number) for row in session().execute(select(Report.id, Report.number).where(*same))]
