"""Reports that may be about the same as one: those its reporter names, then the likeliest; suggestions, no more."""

import re

from sqlalchemy import select

from app.db import session
from app.domain.people import Actor
from app.domain.report import Report
from app.domain.reporter import Identity
from app.domain.scope import scoped
from app.domain.search import Repeat, named_repeats, repeats
from app.triage.queries.record import KNOW_THE_REPORTER

NUMBERS = re.compile(r"[A-Z][0-9A-Z]{2,}[0-9]{6,}")
MOST = 5


def possible_repeats(actor: Actor, report: Report) -> list[Repeat]:
    """At most `MOST` and those that were named; without those that are one matter with it already."""
    named = _named(actor, report)
    point = None if report.latitude is None or report.longitude is None else (report.latitude, report.longitude)
    alike = repeats(
        session(),
        report.inspection_id,
        report.description,
        area_code=report.area_code,
        types=report.types,
        point=point,
        polluter=report.polluter,
        phone_index=_phone_index(actor, report),
        besides=report.id,
        most=2 * MOST,
    )
    known = {one.report_id for one in named} | _in_matter(report)
    return [*named, *[one for one in alike if one.report_id not in known][:MOST]]


def _named(actor: Actor, report: Report) -> list[Repeat]:
    numbers = NUMBERS.findall(f"{report.earlier} {report.said_same_as} {report.description}".upper())
    if not numbers:
        return []
    here = scoped(actor, Report).where(Report.inspection_id == report.inspection_id, Report.number.in_(numbers))
    ids = session().scalars(here.with_only_columns(Report.id).order_by(Report.id).limit(MOST))
    return named_repeats(session(), set(ids) - {report.id} - _in_matter(report), report.description)


def _in_matter(report: Report) -> set[int]:
    if report.matter_id is None:
        return set()
    return set(session().scalars(select(Report.id).where(Report.matter_id == report.matter_id)))


def _phone_index(actor: Actor, report: Report) -> int | None:
    """Only for those who may know that two reports have one telephone (docs: trust)."""
    if not actor.roles_over(report.reach()) & KNOW_THE_REPORTER:
        return None
    query = select(Identity.phone_index).where(Identity.noun == "report", Identity.noun_id == report.id)
    return session().scalar(query)
