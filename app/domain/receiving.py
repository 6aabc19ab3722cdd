"""Taking a report down, by whichever channel: number, words, vault, ledger, in one transaction (信访工作条例 20).

Submitting the same form again gives the same report and the same receipt: the query code is derived from the
form's key, which is kept only as a keyed hash, as the code itself is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.numbering import next_import_number, next_number
from app.domain.people import Actor
from app.domain.privacy import given_places
from app.domain.report import Channel, Point, Precision, Report
from app.domain.reporter import Reporter, seal_reporter
from app.domain.workflow.vocabulary import Need
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel import clock, crypto
from app.kernel.text import letters_alone

DECIMALS = 6
"""Of a degree: a tenth of a metre."""


@dataclass(frozen=True)
class Statement:
    """What is taken down. Only `description` must say something; `area` is a region's code when it was recognised;
    `point` is latitude and longitude of the matter in degrees (WGS84), kept to six decimals.

    `precision` is DAY for a report of a ledger sheet that says no hour. `number`, `received_printed`, `batch_printed`,
    `history` and the other precisions are for published rows that are entered as history.
    `points` are the matters as they were told one by one. A `blank` call said nothing: it is registered and void at
    once, `description` being the office's own note that stands in for words.
    """

    channel: Channel
    description: str
    received_at: datetime | None = None
    area_code: str | None = None
    area_printed: str = ""
    town_code: str | None = None
    place: str = ""
    address: str = ""
    point: tuple[float, float] | None = None
    polluter: str = ""
    since: str = ""
    frequency: str = ""
    still: str = ""
    earlier: str = ""
    said_same_as: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    types: tuple[str, ...] = ()
    wants_answer: bool = False
    call_started_at: datetime | None = None
    call_ended_at: datetime | None = None
    postmarked_on: date | None = None
    arrived_on: date | None = None
    foreign_number: str = ""
    passed_by: str = ""
    people: int = 1
    points: tuple[str, ...] = ()
    blank: bool = False
    number: str | None = None
    precision: Precision = Precision.MOMENT
    received_printed: str = ""
    batch_printed: str = ""
    history: bool = False


@dataclass(frozen=True)
class Received:
    """A report that was kept, its query code (shown once), and whether this submit was the first."""

    report: Report
    query_code: str
    fresh: bool = field(default=True)


def receive(
    session: Session,
    house: Installation,
    inspection: Inspection,
    actor: Actor,
    statement: Statement,
    reporter: Reporter,
    submission_key: str,
) -> Received:
    """Keep a report in the caller's transaction. The caller shows a receipt only after the commit.

    Raises NotAllowed when this actor may not register one here.
    """
    kept_key = submission_digest(house, submission_key)
    code = crypto.query_code_from(house.code_key, submission_key)
    one_at_a_time(session, kept_key)
    already = session.scalar(select(Report).where(Report.submission_key == kept_key))
    if already is not None:
        return Received(already, code, fresh=False)
    report = _report(session, inspection, actor, statement)
    report.submission_key, report.query_code_digest = kept_key, house.code_digest(code)
    report.words_digest = words_digest(house, statement)
    report.real_name = not (reporter.anonymous or reporter.is_blank)
    report.given = (
        given_places(report.description, reporter.name, reporter.phone, reporter.address, reporter.others) or None
    )
    action, need = (A.REGISTER_BLANK, Need.REASON) if statement.blank else (A.REGISTER, Need.DESCRIPTION)
    facts = {"number": report.number, "channel": report.channel}
    report.begin(session, action, actor, {need: statement.description}, facts)
    seal_reporter(session, house.vault, inspection.id, "report", report.id, reporter)
    return Received(report, code)


def submission_digest(house: Installation, submission_key: str) -> str:
    """How a submission's key is kept: by it the same submit is found again."""
    return crypto.keyed_digest(house.code_key, f"submission {submission_key}")


def words_digest(house: Installation, said: Statement) -> str | None:
    """The mark of the words, equal for copies of one text whatever their spaces and commas; none for history,

    and none for what nobody said.
    """
    words = letters_alone(said.description)
    spoken = words and not (said.history or said.blank)
    return crypto.keyed_digest(house.code_key, f"words {words}") if spoken else None


def one_at_a_time(session: Session, key: str) -> None:
    """Let racing copies of one submit queue up; SQLite's writers do so by themselves."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key})


def _report(session: Session, inspection: Inspection, actor: Actor, said: Statement) -> Report:
    received = said.received_at or actor.now()
    live = said.channel == Channel.CALL and not said.history and said.precision == Precision.MOMENT
    return Report(
        inspection=inspection,
        inspection_id=inspection.id,
        number=said.number or _number(session, inspection, said, received),
        channel=str(said.channel),
        received_at=received,
        precision=str(said.precision),
        received_printed=said.received_printed,
        batch_printed=said.batch_printed,
        taken_by_id=actor.person_id,
        history=said.history,
        description=said.description,
        area_code=said.area_code,
        area_printed=said.area_printed,
        town_code=said.town_code,
        place=said.place,
        address=said.address,
        latitude=round(said.point[0], DECIMALS) if said.point else None,
        longitude=round(said.point[1], DECIMALS) if said.point else None,
        polluter=said.polluter,
        since=said.since,
        frequency=said.frequency,
        still=said.still,
        earlier=said.earlier,
        said_same_as=said.said_same_as,
        answers=dict(said.answers) or None,
        types=list(said.types),
        wants_answer=said.wants_answer,
        call_started_at=said.call_started_at,
        call_ended_at=said.call_ended_at,
        out_of_hours=live and not inspection.telephone_open(said.call_started_at or received),
        postmarked_on=said.postmarked_on,
        arrived_on=said.arrived_on,
        foreign_number=said.foreign_number,
        passed_by=said.passed_by,
        people=said.people,
        points=[Point(position=place, text=point) for place, point in enumerate(said.points, 1)],
    )


def _number(session: Session, inspection: Inspection, said: Statement, received: datetime) -> str:
    if said.history:
        return next_import_number(session, inspection)
    return next_number(session, inspection, str(said.channel), clock.local_date(received))
