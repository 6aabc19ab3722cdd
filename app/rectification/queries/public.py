"""What everybody may see of a notice: the printed columns of 拟销号公示表, from published texts and no others."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import and_, func, select

from app.db import session
from app.domain.case import Case, Verdict
from app.domain.inspection import Inspection
from app.domain.rectification import PRINTED, Notice, Objection, Rectification
from app.domain.region import Region
from app.domain.report import Report
from app.domain.workflow.vocabulary import ReportState
from app.kernel import clock
from app.kernel.errors import NotFound
from app.web.paging import Page, read_page


@dataclass(frozen=True)
class Outcome:
    """An objection as everybody sees it: that it was made, and what became of it. Never its words."""

    made_on: date
    answered_on: date | None
    upheld: bool | None


@dataclass(frozen=True)
class PublicNotice:
    """`returned`: the notice ended early, because the matter went back to be put right."""

    id: int
    number: str
    printed: dict[str, str]
    problem: str
    area_zh: str
    area_en: str
    investigated: str
    verdict: Verdict | None
    handled: str
    accountability: str
    answered: bool
    starts_on: date
    ends_on: date
    announced: bool
    running: bool
    returned: bool
    objections: int
    inspection: str

    @property
    def fields(self) -> list[tuple[str, str, str]]:
        """销号公示 as it was put up: heading (zh, en) and text, as printed; none of a notice older than they are."""
        return [(zh, en, self.printed[code]) for code, (zh, en) in PRINTED.items() if code in self.printed]


def _columns() -> Any:
    """Named one by one: what is not selected here cannot be shown. The report lends its state and nothing else."""
    count = select(func.count(Objection.id)).where(Objection.notice_id == Notice.id).scalar_subquery()
    return (
        select(
            Notice.id,
            Notice.starts_on,
            Notice.ends_on,
            Notice.announced,
            Notice.closed_at,
            Notice.printed,
            Case.number,
            Case.publication_problem,
            Case.publication_text,
            Case.publication_handling,
            Case.accountability,
            Case.verdict,
            Case.area_printed,
            Region.zh,
            Region.en,
            Inspection.round,
            Inspection.team,
            (Report.state == str(ReportState.ANSWERED)).label("answered"),
            count.label("objections"),
        )
        .join(Rectification, Rectification.id == Notice.rectification_id)
        .join(Case, Case.id == Rectification.case_id)
        .join(Inspection, Inspection.id == Case.inspection_id)
        .join(Report, Report.id == Case.report_id)
        .outerjoin(Region, Region.code == Case.area_code)
        .where(Case.published_at.is_not(None))
    )


def public_notices(cursor: str = "") -> tuple[list[PublicNotice], Page[PublicNotice]]:
    """Those running today, all of them, the next to end first; and one page of the past ones, the latest first."""
    today = clock.today()
    runs = and_(Notice.closed_at.is_(None), Notice.starts_on <= today, Notice.ends_on >= today)
    running = session().execute(_columns().where(runs).order_by(Notice.ends_on, Notice.id))
    past = read_page(
        session(), _columns().where(~runs), by=Notice.starts_on, key=Notice.id, cursor=cursor, make=_public
    )
    return [_public(row) for row in running], past


def newest_notices(most: int) -> list[tuple[PublicNotice, datetime]]:
    """The latest, running or past, each with the moment from which it is shown."""
    query = _columns().where(Notice.starts_on <= clock.today()).order_by(Notice.starts_on.desc(), Notice.id.desc())
    found = session().execute(query.limit(most))
    return [(_public(row), clock.at_local(row.starts_on, time.min)) for row in found]


def public_notice(notice_id: int) -> tuple[PublicNotice, list[Outcome]]:
    """One notice and what became of the objections to it. Raises NotFound, also when its case was unpublished."""
    row = session().execute(_columns().where(Notice.id == notice_id)).one_or_none()
    if row is None:
        raise NotFound
    made = select(Objection.made_at, Objection.answered_at, Objection.upheld).where(Objection.notice_id == notice_id)
    outcomes = [
        Outcome(clock.local_date(at), _day(answered), upheld)
        for at, answered, upheld in session().execute(made.order_by(Objection.id))
    ]
    return _public(row), outcomes


def _day(moment: datetime | None) -> date | None:
    return clock.local_date(moment) if moment else None


def _public(row: Any) -> PublicNotice:
    closed = _day(row.closed_at)
    return PublicNotice(
        id=row.id,
        number=row.number,
        printed=dict(row.printed),
        problem=row.publication_problem,
        area_zh=row.zh or row.area_printed,
        area_en=row.en or row.area_printed,
        investigated=row.publication_text,
        verdict=Verdict(row.verdict) if row.verdict else None,
        handled=row.publication_handling,
        accountability=row.accountability,
        answered=row.answered,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        announced=row.announced,
        running=closed is None and row.starts_on <= clock.today() <= row.ends_on,
        returned=closed is not None and closed <= row.ends_on,
        objections=row.objections,
        inspection=f"{row.round} · {row.team}",
    )
