"""Under which types lists find a report: a row for each, with what lists are cut by, kept by the database itself.

A report may carry several types, so no index of its own can hold them. Triggers write the rows anew whenever one of
these columns changes, by whatever hand: the types that triage gave, else those its reporter named.
"""

from datetime import date, datetime

from sqlalchemy import DDL, ForeignKey, Index, event
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, table_of
from app.domain.partial import partial
from app.domain.report import HAS_A_DAY, KEY_ONLY, UNCLAIMED

COPIED = ("inspection_id", "state", "channel", "area_code", "key", "assigned_to_id", "due_on", "received_at")
WATCHED = "types, filed_under, state, area_code, key, assigned_to_id, due_on"


def _index(name: str, *columns: str, of: str | dict[str, str] = "") -> Index:
    return partial(f"ix_filed_types_{name}", of, "inspection_id", "code", *columns)


class FiledType(Base):
    """One type of one report, beside the columns of the report that are copied here."""

    __tablename__ = "filed_types"
    __table_args__ = (
        _index("received", "received_at", "report_id"),
        _index("state", "state", "received_at", "report_id"),
        _index("channel", "channel", "received_at", "report_id"),
        _index("area", "area_code", "received_at", "report_id"),
        _index("key", "received_at", "report_id", of=KEY_ONLY),
        _index("due", "due_on", "report_id", of=HAS_A_DAY),
        _index("assigned", "assigned_to_id", "received_at", "report_id", of="assigned_to_id IS NOT NULL"),
        _index("unclaimed", "state", "received_at", "report_id", of=UNCLAIMED),
    )

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(primary_key=True)
    inspection_id: Mapped[int]
    state: Mapped[str]
    channel: Mapped[str]
    area_code: Mapped[str | None]
    key: Mapped[bool]
    assigned_to_id: Mapped[int | None]
    due_on: Mapped[date | None]
    received_at: Mapped[datetime]


def statements() -> dict[str, list[str]]:
    """For each database, what makes it keep the rows (the migration carries the same text, tested to be equal)."""
    columns = ", ".join(COPIED)
    new = ", ".join(f"new.{column}" for column in COPIED)
    put = f"INSERT INTO filed_types (report_id, code, {columns}) SELECT DISTINCT new.id, each.value, {new} FROM"
    return {
        "sqlite": [
            f"CREATE TRIGGER reports_filed_{name} AFTER {verb} ON reports BEGIN {clear}"
            f"{put} json_each(coalesce(new.filed_under, new.types)) AS each; END"
            for name, verb, clear in (
                ("insert", "INSERT", ""),
                ("update", f"UPDATE OF {WATCHED}", "DELETE FROM filed_types WHERE report_id = new.id; "),
            )
        ],
        "postgresql": [
            (
                "CREATE OR REPLACE FUNCTION reports_filed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608  (names of our own)
                "IF TG_OP = 'UPDATE' THEN DELETE FROM filed_types WHERE report_id = new.id; END IF; "
                f"{put} json_array_elements_text(coalesce(new.filed_under, new.types)) AS each(value); "
                "RETURN NULL; END $$"
            ),
            (
                f"CREATE TRIGGER reports_filed AFTER INSERT OR UPDATE OF {WATCHED} ON reports "
                "FOR EACH ROW EXECUTE FUNCTION reports_filed()"
            ),
        ],
    }


for dialect, words in statements().items():  # made after `reports`, which its foreign key names
    for statement in words:
        event.listen(table_of(FiledType), "after_create", DDL(statement.replace("%", "%%")).execute_if(dialect=dialect))
