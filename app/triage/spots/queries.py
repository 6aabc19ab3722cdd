"""What the pages of spot checks show: the lists that were drawn, the lines of one, whether it can be drawn again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, undefer

from app.db import session
from app.domain.attachment import Attachment, attachments_of
from app.domain.case import Case, Verdict
from app.domain.inspection import Inspection
from app.domain.people import Actor, Person
from app.domain.region import Region, areas_of
from app.domain.scope import load, scoped
from app.domain.spot_check import DrawnFor, SpotFound, SpotLine, SpotList, SpotVisit, draw, unpack
from app.kernel import text
from app.kernel.errors import NotFound
from app.web.paging import Page, read_page

VISIT = "spot_visit"


@dataclass(frozen=True)
class ListRow:
    """A list in the list of them."""

    id: int
    drawn_at: datetime
    drawn_by: str
    area: Region | None
    lines: int
    checked: int
    of: int


@dataclass(frozen=True)
class LineRow:
    """One drawn case as the list shows it."""

    id: int
    position: int
    case_id: int
    number: str
    report_id: int
    area: Region | None
    area_printed: str
    types: list[str]
    problem: str
    verdict: Verdict | None
    drawn_for: list[DrawnFor]
    weight: int
    found: SpotFound | None
    note: str
    checked_at: datetime | None
    checked_by: str


@dataclass(frozen=True)
class PointRow:
    """One point: what the reply says of it, and what a visit found."""

    text: str
    found: SpotFound
    note: str


@dataclass(frozen=True)
class VisitRow:
    """One visit as it was recorded. `pictures` are tokens of safe copies."""

    visited_at: datetime
    place: str
    people: str
    seen: str
    found: SpotFound
    points: list[PointRow]
    reply_number: int | None
    written_by: str
    written_at: datetime
    pictures: list[Attachment]


@dataclass(frozen=True)
class Answered:
    """What the latest reply says of each point, to be compared on the spot: text, verdict, finding."""

    points: list[tuple[str, Verdict | None, str]]
    number: int | None


@dataclass(frozen=True)
class ListPage:
    """`drawn`: the list itself. `same`: whether drawing it again gave the same; None where nobody asked."""

    drawn: SpotList
    area: Region | None
    drawn_by: str
    lines: list[LineRow]
    weights: list[tuple[DrawnFor, int]]
    same: bool | None = None

    @property
    def unchecked(self) -> int:
        return sum(line.found is None for line in self.lines)


def lists(actor: Actor, inspection_id: int, cursor: str) -> Page[ListRow]:
    of_list = SpotLine.list_id == SpotList.id
    lines = select(func.count()).where(of_list).correlate(SpotList).scalar_subquery()
    checked = select(func.count()).where(of_list, SpotLine.found.is_not(None)).correlate(SpotList).scalar_subquery()
    query = (
        scoped(actor, SpotList)
        .where(SpotList.inspection_id == inspection_id)
        .join(Person, Person.id == SpotList.drawn_by_id)
        .outerjoin(Region, Region.code == SpotList.area_code)
        .with_only_columns(
            SpotList.id, SpotList.drawn_at, SpotList.frame_size, Person.name, Region,
            lines.label("lines"), checked.label("checked"),
        )
    )  # fmt: skip
    return read_page(
        session(), query, by=SpotList.drawn_at, key=SpotList.id, cursor=cursor,
        make=lambda row: ListRow(row.id, row.drawn_at, row.name, row.Region, row.lines, row.checked, row.frame_size),
    )  # fmt: skip


def unchecked(actor: Actor, inspection_id: int) -> int:
    """Lines of this inspection's lists that nobody has checked."""
    mine = scoped(actor, SpotList).where(SpotList.inspection_id == inspection_id).with_only_columns(SpotList.id)
    query = select(func.count()).select_from(SpotLine).where(SpotLine.list_id.in_(mine), SpotLine.found.is_(None))
    return session().scalar(query) or 0


def list_page(actor: Actor, list_id: int, *, again: bool = False) -> ListPage:
    """Raises NotFound. `again`: draw it once more from what was kept, and compare."""
    drawn = load(session(), actor, SpotList, list_id, *([undefer(SpotList.frame)] if again else []))
    area = session().get(Region, drawn.area_code) if drawn.area_code else None
    by = session().get(Person, drawn.drawn_by_id)
    return ListPage(
        drawn=drawn,
        area=area,
        drawn_by=by.name if by else "",
        lines=[_line(row) for row in session().execute(_lines(drawn.id))],
        weights=[(DrawnFor(code), weight) for code, weight in drawn.weights.items()],
        same=is_same(drawn) if again else None,
    )


def line_of(actor: Actor, list_id: int, line_id: int) -> tuple[ListPage, LineRow]:
    """Raises NotFound."""
    found = list_page(actor, list_id)
    line = next((one for one in found.lines if one.id == line_id), None)
    if line is None:
        raise NotFound
    return found, line


def visits_of(line_id: int) -> list[VisitRow]:
    """The newest first. The caller has loaded the line's list through the scope."""
    query = select(SpotVisit, Person.name).join(Person, Person.id == SpotVisit.written_by_id)
    rows = session().execute(query.where(SpotVisit.line_id == line_id).order_by(SpotVisit.id.desc())).all()
    return [
        VisitRow(
            visit.visited_at, visit.place, visit.people, visit.seen, SpotFound(visit.found),
            [PointRow(one["text"], SpotFound(one["found"]), one["note"]) for one in visit.points],
            visit.reply_number, name, visit.written_at, attachments_of(session(), VISIT, visit.id),
        )
        for visit, name in rows
    ]  # fmt: skip


def answered(case_id: int) -> Answered:
    """The points of a case with what the latest reply says of each."""
    case = session().get_one(Case, case_id)
    said = case.reply.points if case.reply else []
    points: list[tuple[str, Verdict | None, str]] = [(text, None, "") for text in case.points_to_answer]
    for place, point in enumerate(said[: len(points)]):
        points[place] = (points[place][0], Verdict(point.verdict), point.finding)
    return Answered(points, case.reply.number if case.reply else None)


def visit_picture(actor: Actor, token: str) -> Attachment:
    """A visit's picture, to whoever may see its list. Raises NotFound alike for all others."""
    found = session().scalar(select(Attachment).where(Attachment.token == token, Attachment.noun == VISIT))
    lists_of_it = scoped(actor, SpotList).join(SpotLine, SpotLine.list_id == SpotList.id)
    lists_of_it = lists_of_it.join(SpotVisit, SpotVisit.line_id == SpotLine.id)
    lists_of_it = lists_of_it.where(SpotVisit.id == (found.noun_id if found else None))
    if found is None or session().scalar(lists_of_it.with_only_columns(SpotList.id).limit(1)) is None:
        raise NotFound
    return found


def is_same(drawn: SpotList) -> bool:
    """Whether seed and frame give this list, and the frame is the one whose digest was ledgered."""
    frame, digest = unpack(drawn.frame)
    kept = [(line.case_id, line.weight) for line in drawn.lines]
    again = [(one.case_id, one.weight) for one in draw(drawn.seed, frame, len(kept))]
    return digest == drawn.frame_digest and again == kept


def areas(inspection: Inspection) -> list[Region]:
    return areas_of(session(), inspection.region_code)


def _lines(list_id: int) -> Any:
    checker = aliased(Person)
    return (
        select(SpotLine, Case, Region, checker.name)
        .join(Case, Case.id == SpotLine.case_id)
        .outerjoin(Region, Region.code == Case.area_code)
        .outerjoin(checker, checker.id == SpotLine.checked_by_id)
        .where(SpotLine.list_id == list_id)
        .order_by(SpotLine.position)
    )


def _line(row: Any) -> LineRow:
    line, case, area, name = row
    return LineRow(
        id=line.id,
        position=line.position,
        case_id=case.id,
        number=case.number,
        report_id=case.report_id,
        area=area,
        area_printed=case.area_printed,
        types=list(case.types),
        problem=text.excerpt(case.publication_problem or case.handover_text),
        verdict=Verdict(case.verdict) if case.verdict else None,
        drawn_for=[DrawnFor(code) for code in line.drawn_for],
        weight=line.weight,
        found=SpotFound(line.found) if line.found else None,
        note=line.note,
        checked_at=line.checked_at,
        checked_by=name or "",
    )
