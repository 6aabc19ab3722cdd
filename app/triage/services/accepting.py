"""Accepting 「受理」: points and types are named, and each area gets its case (分解)."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.db import transaction
from app.domain import catalogue
from app.domain.case import Case
from app.domain.people import Actor
from app.domain.region import Region
from app.domain.report import Point, Report, ReportType
from app.domain.scope import load
from app.domain.workflow.vocabulary import CaseAction, Need, ReportAction
from app.kernel.errors import N_, Refused
from app.triage.commands import Accept, Part

NOT_STATED = "-"


def accept(actor: Actor, words: Accept) -> list[int]:
    """Accept a report and open one case for each area; gives their ids in the order of the parts.

    A single case keeps the report's number; of several each gets -1, -2 … and is marked as shared. Every part
    inherits the key flag. No text is approved by this. Raises NotFound, Stale, NotAllowed or Refused.
    """
    with transaction() as session:
        report = load(session, actor, Report, words.report_id)
        report.expect_version(words.version)
        check(session, words, history=report.history)
        report.key = report.key or words.key
        facts = {"parts": len(words.parts), "key": report.key, "tags": list(words.tags)}
        report.perform(ReportAction.ACCEPT, actor, said(words, history=report.history), facts)
        write_points(report, words)
        write_types(session, report, words)
        return [open_case(session, actor, report, words, place).id for place in range(1, len(words.parts) + 1)]


def check(session: Session, words: Accept, *, history: bool) -> None:
    """Each area once and known to us, each with a point; imported rows are taken as they were printed."""
    areas = [part.area_code for part in words.parts]
    if len(set(areas)) != len(areas):
        raise Refused(
            N_("Each area can be named only once."), fields={"parts": N_("Each area can be named only once.")}
        )
    if history:
        return
    if any(code is None or session.get(Region, code) is None for code in areas):
        raise Refused(N_("Please choose an area."), fields={"parts": N_("Please choose an area.")})
    if not all(part.points for part in words.parts):
        raise Refused(N_("Every area needs a point."), fields={"parts": N_("Every area needs a point.")})
    if not set(words.types) <= set(catalogue.types()) or not set(words.tags) <= set(catalogue.tags()):
        raise Refused(N_("There is no such type."), fields={"types": N_("There is no such type.")})


def every_point(words: Accept) -> list[str]:
    """The report's points in order, one that two areas share only once."""
    return list(dict.fromkeys(point for part in words.parts for point in part.points))


def said(words: Accept, *, history: bool) -> dict[Need, str]:
    """What the table asks for; an imported row may have been printed without it."""
    told = {
        Need.POINTS: "\n".join(every_point(words)),
        Need.TYPES: ",".join(words.types),
        Need.AREAS: ",".join(part.area_code or part.area_printed or NOT_STATED for part in words.parts),
    }
    return {need: text or NOT_STATED for need, text in told.items()} if history else told


def write_points(report: Report, words: Accept) -> None:
    report.points = [Point(position=place, text=text) for place, text in enumerate(every_point(words), 1)]


def write_types(session: Session, report: Report, words: Accept) -> None:
    session.execute(delete(ReportType).where(ReportType.report_id == report.id))
    codes = dict.fromkeys([*words.types, *words.tags])
    session.add_all(ReportType(report_id=report.id, code=code, position=place) for place, code in enumerate(codes, 1))


def open_case(session: Session, actor: Actor, report: Report, words: Accept, place: int) -> Case:
    part, split = words.parts[place - 1], len(words.parts) > 1
    area = session.get(Region, part.area_code) if part.area_code else None
    case = Case(
        inspection=report.inspection,
        inspection_id=report.inspection_id,
        report=report,
        part=place,
        number=f"{report.number}-{place}" if split else report.number,
        area_code=part.area_code,
        area_printed=part.area_printed or (area.zh if area else ""),
        key=report.key,
        shared=split,
        history=report.history,
        points=list(part.points),
        types=list(words.types),
        handover_text=part.draft or draft(report, part, split=split),
    )
    case.begin(session, CaseAction.OPEN, actor, facts={"number": case.number, "report_id": report.id})
    return case


def draft(report: Report, part: Part, *, split: bool) -> str:
    """A text to start from: the words themselves, or of a split report only what concerns this area."""
    return "\n".join(part.points) if split else report.description
