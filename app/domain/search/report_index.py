"""The index of what was reported, written whenever a report is written: its words, place, polluter, what was added.

For the team only: nothing in here is for the locality or for everybody. ADR 0014 says how it works and what it costs.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    DDL,
    Connection,
    ForeignKey,
    Index,
    String,
    delete,
    event,
    exists,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column

from app.db import Base
from app.domain import ledger
from app.domain.ledger import Happening, LedgerEntry, LedgerWord
from app.domain.region import Region
from app.domain.report import Report
from app.domain.search import marks
from app.domain.search import words as tokenizer
from app.domain.search.indexing import table_of
from app.domain.workflow.vocabulary import Need

INDEX = "report_index"
TEXTS = ("description", "place", "address", "polluter", "earlier", "foreign_number", "area_printed")
FOLLOWED = (*TEXTS, "area_code", "town_code", "taken_by_id", "latitude", "longitude")
LATER = (Need.ADDITION, Need.ANSWER)
"""What a reporter says afterwards stands in the ledger; it is found like the rest."""
PACE = 1000


class ReportText(Base):
    """The searchable side of a report. `text` is plain (tokenizer.plain), `marks` say where it belongs (marks.py).

    The index itself is each database's own: FTS5 on SQLite, a tsvector under GIN on PostgreSQL (`FULL_TEXT`).
    """

    __tablename__ = "report_texts"
    __table_args__ = (Index("ix_report_texts_number", "inspection_id", "number"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True, autoincrement=False)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    number: Mapped[str] = mapped_column(String().with_variant(String(collation="C"), "postgresql"))
    text: Mapped[str]
    marks: Mapped[str]


FULL_TEXT = {
    "sqlite": (
        # Contentless: the words stand in report_texts already. ascii: what stands between two blanks is a token.
        """CREATE VIRTUAL TABLE report_index
        USING fts5(words, content='', prefix='1', tokenize='ascii')""",
        "INSERT INTO report_index(report_index, rank) VALUES ('secure-delete', 1)",
    ),
    "postgresql": (
        # Nothing but the key beside the words.
        """CREATE TABLE report_index
        (report_id INTEGER NOT NULL, words TSVECTOR NOT NULL, CONSTRAINT pk_report_index PRIMARY KEY (report_id))""",
        "CREATE INDEX ix_report_index_words ON report_index USING gin (words)",
    ),
}
"""Each database's side; the migration carries the same text (tested to be equal)."""

PUT = {
    "sqlite": text("INSERT INTO report_index(rowid, words) VALUES (:report_id, :words)"),
    "postgresql": text("INSERT INTO report_index(report_id, words) VALUES (:report_id, CAST(:words AS tsvector))"),
}
TAKE = {
    "sqlite": text("INSERT INTO report_index(report_index, rowid, words) VALUES ('delete', :report_id, :words)"),
    "postgresql": text("DELETE FROM report_index WHERE report_id = :report_id"),
}
EMPTY = {
    "sqlite": ("INSERT INTO report_index(report_index) VALUES ('delete-all')",),
    "postgresql": ("TRUNCATE report_index", "DROP INDEX ix_report_index_words"),
}
FINISH = {
    "sqlite": (),
    "postgresql": (
        "SET LOCAL maintenance_work_mem = '512MB'",
        FULL_TEXT["postgresql"][1],
        "ANALYZE report_index",
    ),
}


def index_report(session: Session, report_id: int) -> None:
    """Put a report into the index, instead of what was there; for hands that write past the mapper."""
    _index_again(session.connection(), report_id)


def rebuild_reports(session: Session) -> int:
    """Empty the index and fill it anew from the reports; gives their number."""
    connection = session.connection()
    dialect = connection.dialect.name
    connection.execute(delete(ReportText))
    for statement in EMPTY[dialect]:
        connection.exec_driver_sql(statement)
    names = {code: f"{zh}\n{en}" for code, zh, en in connection.execute(select(Region.code, Region.zh, Region.en))}
    count = 0
    rows = session.execute(select(*_columns()).order_by(Report.id).execution_options(yield_per=PACE))
    for some in rows.partitions(PACE):
        later = _later(connection, [row.id for row in some])
        _put(connection, [_kept(row, _names(names, row), later[row.id]) for row in some])
        count += len(some)
    for statement in FINISH[dialect]:
        connection.exec_driver_sql(statement)
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


def _put(connection: Connection, rows: list[dict[str, Any]]) -> None:
    dialect = connection.dialect.name
    connection.execute(insert(ReportText), rows)
    words = [{"report_id": row["report_id"], "words": _words(dialect, row)} for row in rows]
    connection.execute(PUT[dialect], words)


def _words(dialect: str, row: dict[str, Any]) -> str:
    """The tokens as the database keeps them. None holds a quote or a backslash: a literal needs no parser's rules."""
    said, belongs = row["text"], row["marks"].split()
    found = tokenizer.tokens(said)
    if dialect == "sqlite":  # in their order; a single first letter has an index of its own (prefix='1')
        return " ".join([*found, *tokenizer.beginnings(said, shortest=2), *belongs])
    every = {
        *found,
        *tokenizer.characters(said),
        *tokenizer.beginnings(said),
        *belongs,
        *marks.shards(row["report_id"], belongs),
    }
    return " ".join(f"'{token}'" for token in sorted(every))


def _take(connection: Connection, report_id: int) -> None:
    dialect = connection.dialect.name
    row = connection.execute(select(ReportText.text, ReportText.marks).where(ReportText.report_id == report_id)).first()
    if row is None:
        return
    kept = {"report_id": report_id, "text": row.text, "marks": row.marks}
    said = {"report_id": report_id} | ({"words": _words(dialect, kept)} if dialect == "sqlite" else {})
    connection.execute(TAKE[dialect], said)
    connection.execute(delete(ReportText).where(ReportText.report_id == report_id))


def _index_again(connection: Connection, report_id: int) -> None:
    report = connection.execute(select(*_columns()).where(Report.id == report_id)).one()
    _take(connection, report_id)
    _put(connection, [_kept(report, _names_of(connection, report), _later(connection, [report_id])[report_id])])


def begin(_mapper: Mapper[Report], connection: Connection, report: Report) -> None:
    """After a report was taken down, in the transaction that keeps it."""
    _put(connection, [_kept(report, _names_of(connection, report), [])])


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
for dialect, statements in FULL_TEXT.items():
    for statement in statements:
        event.listen(table_of(ReportText), "after_create", DDL(statement).execute_if(dialect=dialect))
event.listen(table_of(ReportText), "before_drop", DDL("DROP TABLE IF EXISTS report_index"))
