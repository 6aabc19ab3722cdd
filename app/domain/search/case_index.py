"""The index of what was handed over: numbers, texts for hand-over and points, for whoever may see the case.

Nothing a reporter said is in here before somebody has approved the text that takes its place: what stands on no docket
is not indexed, and nothing of the report is read. It follows the case, in the transaction that writes it.
"""

from typing import Any

from sqlalchemy import Connection, ForeignKey, Index, event, exists, inspect, or_, select
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column

from app.db import Base, table_of
from app.domain.case import BEFORE_HAND_OVER, Case, SupportingUnit
from app.domain.docket import WHOLE, DocketLine, of_unit
from app.domain.region import Region
from app.domain.search import marks
from app.domain.search import words as tokenizer
from app.domain.search.shelf import Shelf, Shelved

FOLLOWED = ("number", "handover_text", "points", "area_code", "lead_unit_id")
SEEN_BY = or_(DocketLine.heading == WHOLE, DocketLine.heading.startswith(of_unit("")))
PACE = 1000
SHELF = Shelf("case")


class CaseText(Shelved, Base):
    """The searchable side of a case that was handed over."""

    __tablename__ = SHELF.texts
    __table_args__ = (Index("ix_case_texts_number", "inspection_id", "number"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))


TABLE = table_of(CaseText)
SHELF.keep(TABLE)


def rebuild_cases(session: Session) -> int:
    """Empty the index and fill it anew from the cases on the docket; gives their number."""
    connection = session.connection()
    SHELF.empty(connection, TABLE)
    whole = select(DocketLine.case_id).where(DocketLine.heading == WHOLE)
    ids = list(connection.scalars(whole.order_by(DocketLine.case_id)))
    for at in range(0, len(ids), PACE):
        SHELF.put(connection, TABLE, _kept(connection, ids[at : at + PACE]))
    SHELF.finish(connection)
    return len(ids)


def index_cases_if_missing(session: Session) -> int:
    """Fill the index where cases are on the docket and nothing is in it: after the migration that brings it."""
    missing = ~exists(select(CaseText.case_id)) & exists(select(DocketLine.case_id))
    return rebuild_cases(session) if session.scalar(select(missing)) else 0


def _kept(connection: Connection, ids: list[int]) -> list[dict[str, Any]]:
    """The rows of these cases; none for one that is on no docket."""
    headings: dict[int, list[str]] = {}
    lines = select(DocketLine.case_id, DocketLine.heading).where(DocketLine.case_id.in_(ids), SEEN_BY)
    for case_id, heading in connection.execute(lines):
        headings.setdefault(case_id, []).append(heading)
    query = (
        select(Case.id, Case.inspection_id, Case.number, Case.handover_text, Case.points, Case.area_code)
        .add_columns(Region.zh, Region.en)
        .outerjoin(Region, Region.code == Case.area_code)
        .where(Case.id.in_(headings))
        .order_by(Case.id)
    )
    return [_row(row, headings[row.id]) for row in connection.execute(query)]


def _row(row: Any, headings: list[str]) -> dict[str, Any]:
    said = "\n".join([row.number, row.handover_text, *row.points, row.zh or "", row.en or ""])
    belongs = [marks.heading(row.inspection_id, one) for one in sorted(headings)]
    if row.area_code:
        belongs.append(marks.area(row.inspection_id, row.area_code))
    return {
        "case_id": row.id,
        "inspection_id": row.inspection_id,
        "number": row.number,
        "text": tokenizer.plain(said),
        "marks": f" {' '.join(belongs)} ",
    }


def _index_again(connection: Connection, case_id: int) -> None:
    SHELF.take(connection, TABLE, case_id)
    SHELF.put(connection, TABLE, _kept(connection, [case_id]))


def _follow(_mapper: Mapper[Case], connection: Connection, case: Case) -> None:
    """After a case was written; a step changes nothing here, unless it is the one that hands over."""
    kept = inspect(case)
    before = kept.attrs.state.history.deleted
    if (before and before[0] in BEFORE_HAND_OVER) or any(kept.attrs[name].history.has_changes() for name in FOLLOWED):
        _index_again(connection, case.id)


def _support(_mapper: Mapper[SupportingUnit], connection: Connection, support: SupportingUnit) -> None:
    _index_again(connection, support.case_id)


event.listen(Case, "after_insert", _follow)
event.listen(Case, "after_update", _follow)
event.listen(SupportingUnit, "after_insert", _support)
event.listen(SupportingUnit, "after_delete", _support)
