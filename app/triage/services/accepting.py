"""Accepting 「受理」: points and types are named, and each area gets its case (分解)."""

from dataclasses import replace

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.db import transaction
from app.domain.case import Case
from app.domain.people import Actor
from app.domain.region import Region
from app.domain.report import Point, Report, ReportType
from app.domain.scope import load
from app.domain.suggesting import heard_before
from app.domain.workflow.vocabulary import CaseAction, Need, ReportAction
from app.triage.commands import Accept, Part
from app.triage.services.parting import check, items, sharing, with_shared_points

NOT_STATED = "-"


def accept(actor: Actor, words: Accept) -> list[int]:
    """Accept a report and open one case for each part; gives their ids in the order of the parts.

    A single case keeps the report's number; of several each gets -1, -2 …. Every part inherits the key flag. No
    text is approved by this. Raises NotFound, Stale, NotAllowed or Refused.
    """
    words = replace(words, parts=with_shared_points(words.parts))
    with heard_before(actor, words.report_id), transaction() as session:
        report = load(session, actor, Report, words.report_id)
        report.expect_version(words.version)
        check(session, words, history=report.history)
        report.key = report.key or words.key
        facts = {
            "parts": len(words.parts),
            "items": max(items(words.parts), default=0),
            "key": report.key,
            "tags": list(words.tags),
        }
        report.perform(ReportAction.ACCEPT, actor, said(words, history=report.history), facts)
        write_points(report, words)
        write_types(session, report, words)
        return [open_case(session, actor, report, words, place).id for place in range(1, len(words.parts) + 1)]


def every_point(words: Accept) -> list[str]:
    """The report's points in order, one that two areas share only once."""
    return list(dict.fromkeys(point for part in words.parts for point in part.points))


def every_type(words: Accept) -> list[str]:
    """The report's types, and whatever one of its parts has besides."""
    return list(dict.fromkeys([*words.types, *(code for part in words.parts for code in part.types)]))


def said(words: Accept, *, history: bool) -> dict[Need, str]:
    """What the table asks for; an imported row may have been printed without it."""
    told = {
        Need.POINTS: "\n".join(every_point(words)),
        Need.TYPES: ",".join(every_type(words)),
        Need.AREAS: ",".join(part.area_code or part.area_printed or NOT_STATED for part in words.parts),
    }
    return {need: text or NOT_STATED for need, text in told.items()} if history else told


def write_points(report: Report, words: Accept) -> None:
    report.points = [Point(position=place, text=text) for place, text in enumerate(every_point(words), 1)]


def write_types(session: Session, report: Report, words: Accept) -> None:
    session.execute(delete(ReportType).where(ReportType.report_id == report.id))
    report.filed_under = every_type(words) or None
    codes = dict.fromkeys([*every_type(words), *words.tags])
    session.add_all(ReportType(report_id=report.id, code=code, position=place) for place, code in enumerate(codes, 1))


def open_case(session: Session, actor: Actor, report: Report, words: Accept, place: int) -> Case:
    part = words.parts[place - 1]
    area = session.get(Region, part.area_code) if part.area_code else None
    case = Case(
        inspection=report.inspection,
        inspection_id=report.inspection_id,
        report=report,
        part=place,
        number=f"{report.number}-{place}" if len(words.parts) > 1 else report.number,
        area_code=part.area_code,
        area_printed=part.area_printed or (area.zh if area else ""),
        key=report.key,
        item=items(words.parts)[place - 1],
        shared=sharing(words.parts)[place - 1],
        named_unit_id=part.unit_id,
        history=report.history,
        points=list(part.points),
        types=list(part.types or words.types),
        handover_text=part.draft or draft(report, part, split=max(items(words.parts)) > 1),
    )
    case.begin(session, CaseAction.OPEN, actor, facts={"number": case.number, "report_id": report.id})
    return case


def draft(report: Report, part: Part, *, split: bool) -> str:
    """A text to start from: the words themselves, or of a report of several matters only what concerns this one."""
    return "\n".join(part.points) if split else report.description
