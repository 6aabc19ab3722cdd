"""The index of what was reported, written whenever a report is written: its words, place, polluter, what was added.

For the team only: nothing in here is for the locality or for everybody. ADR 0014 says how it works and what it costs.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, ForeignKey, Index, event, exists, inspect, select
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column

from app.db import Base, table_of
from app.domain import ledger
from app.domain.ledger import Happening, LedgerEntry, LedgerWord
from app.domain.region import Region
from app.domain.report import Report
from app.domain.search import marks
from app.domain.search import words as tokenizer
from app.domain.search.shelf import Shelf, Shelved
from app.domain.workflow.vocabulary import Need

TEXTS = ("description", "place", "address", "polluter", "earlier", "foreign_number", "area_printed")
FOLLOWED = (*TEXTS, "area_code", "town_code", "taken_by_id", "latitude", "longitude")
LATER = (Need.ADDITION, Need.ANSWER)
"""What a reporter says afterwards stands in the ledger; it is found like the rest."""
PACE = 1000


SHELF = Shelf("report")
INDEX, FULL_TEXT = SHELF.index, SHELF.full_text


class ReportText(Shelved, Base):
    """The searchable side of a report."""

    __tablename__ = SHELF.texts
    __table_args__ = (Index("ix_report_texts_number", "inspection_id", "number"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True, autoincrement=False)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))


TABLE = table_of(ReportText)
SHELF.keep(TABLE)


def index_report(session: Session, report_id: int) -> None:
    """Put a report into the index, instead of what was there; for hands that write past the mapper."""
    _index_again(session.connection(), report_id)


def rebuild_reports(session: Session) -> int:
    """Empty the index and fill it anew from the reports; gives their number."""
    connection = session.connection()
    SHELF.empty(connection, TABLE)
    names = {code: f"{zh}\n{en}" for code, zh, en in connection.execute(select(Region.code, Region.zh, Region.en))}
    count = 0
    rows = session.execute(select(*_columns()).order_by(Report.id).execution_options(yield_per=PACE))
    for some in rows.partitions(PACE):
        later = _later(connection, [row.id for row in some])
        SHELF.put(connection, TABLE, [_kept(row, _names(names, row), later[row.id]) for row in some])
        count += len(some)
    SHELF.finish(connection)
    return count


def index_reports_if_missing(session: Session) -> int:
    """Fill the index where there are reports and nothing is in it: after the migration that brings it."""
    missing = ~exists(select(ReportText.report_id)) & exists(select(Report.id))
    return rebuild_reports(session) if session.scalar(select(missing)) else 0


def later_words(session: Session, report_ids: Sequence[int]) -> dict[int, list[str]]:
    """What was added to reports after they were taken down, by their ids."""
    return _later(session.connection(), report_ids)


def _columns() -> list[Any]:
    return [getattr(Report, name) for name in ("id", "inspection_id", "number", *FOLLOWED)]


def _later(connection: Connection, report_ids: Sequence[int]) -> dict[int, list[str]]:
    query = (
        select(LedgerEntry.noun_id, LedgerWord.text)
        .join(LedgerWord, LedgerWord.entry_id == LedgerEntry.id)
        .where(
            LedgerEntry.noun == "report",
            LedgerEntry.noun_id.in_(report_ids),
            LedgerWord.need.in_([str(need) for need in LATER]),
            LedgerWord.text.is_not(None),
        )
        .order_by(LedgerWord.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for report_id, said in connection.execute(query):
        found[report_id].append(said or "")
    return found


def _names(names: dict[str, str], report: Any) -> list[str]:
    return [names[code] for code in (report.area_code, report.town_code) if code in names]


def _names_of(connection: Connection, report: Any) -> list[str]:
    codes = [code for code in (report.area_code, report.town_code) if code]
    query = select(Region.code, Region.zh, Region.en).where(Region.code.in_(codes))
    return _names({code: f"{zh}\n{en}" for code, zh, en in connection.execute(query)} if codes else {}, report)


def _kept(report: Any, names: list[str], later: list[str]) -> dict[str, Any]:
    said = "\n".join([*(getattr(report, name) or "" for name in TEXTS), *names, *later])
    return {
        "report_id": report.id,
        "inspection_id": report.inspection_id,
        "number": report.number,
        "text": tokenizer.plain(said),
        "marks": marks.of(report),
    }


def _index_again(connection: Connection, report_id: int) -> None:
    report = connection.execute(select(*_columns()).where(Report.id == report_id)).one()
    later = _later(connection, [report_id])[report_id]
    SHELF.take(connection, TABLE, report_id)
    SHELF.put(connection, TABLE, [_kept(report, _names_of(connection, report), later)])


def begin(_mapper: Mapper[Report], connection: Connection, report: Report) -> None:
    """After a report was taken down, in the transaction that keeps it."""
    SHELF.put(connection, TABLE, [_kept(report, _names_of(connection, report), [])])


def _follow(_mapper: Mapper[Report], connection: Connection, report: Report) -> None:
    kept = inspect(report)
    if any(kept.attrs[name].history.has_changes() for name in FOLLOWED):
        _index_again(connection, report.id)


def _add(connection: Connection, happening: Happening, said: Mapping[Need, str]) -> None:
    if happening.noun == "report" and not set(LATER).isdisjoint(said):
        _index_again(connection, happening.noun_id)


event.listen(Report, "after_insert", begin)
event.listen(Report, "after_update", _follow)
ledger.FOLLOWERS.append(_add)
