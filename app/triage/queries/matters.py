"""One matter: every report of it, how many there are by channel, and how many people may have made them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from app.db import session
from app.domain.case import Case
from app.domain.people import Actor
from app.domain.report import Channel, Report
from app.domain.reporter import Identity
from app.domain.scope import load, scoped
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import ReportState
from app.kernel import text
from app.triage.queries.record import knows

SHOWN = 200


@dataclass(frozen=True)
class Member:
    """One report of the matter; `follows`: the number of the one it was merged into."""

    id: int
    number: str
    channel: Channel
    received_at: datetime
    words: str
    status: ReportState
    follows: str


@dataclass(frozen=True)
class People:
    """How many telephones the reports may have come from, and how many came without one. Proves nothing."""

    telephones: int
    without: int


@dataclass(frozen=True)
class WholeMatter:
    """`members`: the earliest of `total`. `people` is None for those who may not know of them."""

    report: Report
    members: list[Member]
    total: int
    channels: dict[Channel, int]
    people: People | None
    cases: list[tuple[str, Term]]


def matter_of(actor: Actor, report_id: int) -> WholeMatter:
    """The matter that a report belongs to; of one that belongs to none, the report alone. Raises NotFound."""
    report = load(session(), actor, Report, report_id)
    own = and_(Report.inspection_id == report.inspection_id, _together(report))
    counted = session().execute(select(Report.channel, func.count()).where(own).group_by(Report.channel)).all()
    channels = {code: int(number) for code, number in counted}
    cases = select(Case).join(Report, Report.id == Case.report_id).where(own, Case.state != "cancelled")
    return WholeMatter(
        report=report,
        members=_members(actor, own),
        total=sum(channels.values()),
        channels={channel: channels[str(channel)] for channel in Channel if str(channel) in channels},
        people=_people(own) if knows(actor, report) else None,
        cases=[(case.number, case.status) for case in session().scalars(cases.order_by(Case.number).limit(SHOWN))],
    )


def _together(report: Report) -> ColumnElement[bool]:
    return Report.id == report.id if report.matter_id is None else Report.matter_id == report.matter_id


def _members(actor: Actor, own: ColumnElement[bool]) -> list[Member]:
    query = scoped(actor, Report).where(own).order_by(Report.received_at, Report.id).limit(SHOWN)
    found = list(session().scalars(query).unique())
    ahead = select(Report.id, Report.number).where(Report.id.in_({one.follows_id for one in found} - {None}))
    numbers: dict[int | None, str] = {row.id: row.number for row in session().execute(ahead)}
    return [
        Member(
            id=one.id,
            number=one.number,
            channel=Channel(one.channel),
            received_at=one.received_at,
            words=text.excerpt(one.description),
            status=ReportState(one.state),
            follows=numbers.get(one.follows_id, ""),
        )
        for one in found
    ]


def _people(own: ColumnElement[bool]) -> People:
    """Counted by the blind index, which many numbers share: as many telephones at least, if all were different."""
    query = (
        select(func.count(func.distinct(Identity.phone_index)), func.count() - func.count(Identity.phone_index))
        .select_from(Report)
        .outerjoin(Identity, and_(Identity.noun == "report", Identity.noun_id == Report.id))
        .where(own)
    )
    telephones, without = session().execute(query).one()
    return People(int(telephones), int(without))


def earlier_of(actor: Actor, report: Report, number: str) -> Report | None:
    """The report of this number in the same inspection, to be read beside this one; None for a number of none."""
    wanted = scoped(actor, Report).where(Report.inspection_id == report.inspection_id, Report.id != report.id)
    return session().scalar(wanted.where(Report.number == number.strip().upper())) if number.strip() else None
