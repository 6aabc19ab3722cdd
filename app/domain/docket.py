"""The docket: under which headings lists find a case, a line for each, kept by the database itself.

A case that was handed over stands under the whole inspection, under each of its types, and under every unit in whose
branch its lead or a supporting unit lies. So a list is read along one index by whoever reads it: the team the whole
inspection, a unit its own branch, with whatever it is cut by beside it. Triggers write the lines anew whenever one of
these columns changes, by whatever hand; a case that was not handed over has none.
"""

from datetime import date, datetime

from sqlalchemy import DDL, ForeignKey, Index, event
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, table_of
from app.domain.case import BEFORE_HAND_OVER, Case, Reply, SupportingUnit
from app.domain.partial import partial
from app.domain.workflow.vocabulary import CaseState

WHOLE = ""
FINISHED = frozenset({CaseState.PUBLISHED})
"""Nothing waits there any more: what is ongoing stands in none of these."""
NEVER = date(9999, 12, 31)
"""The day of those that have none: behind all others."""
WATCHED = (
    "state, area_code, key, batch_id, verdict, checked_by_id, feedback_due_on, lapsed_on, replied_at, handed_over_at, "
    "published_at, lead_unit_id, types"
)


def of_unit(unit_id: int | str) -> str:
    """The heading of a unit's branch."""
    return f"u{unit_id}"


def of_type(code: str) -> str:
    return f"t{code}"


def _when(name: str) -> dict[str, str]:
    return {"sqlite": f"{name} = 1", "postgresql": name}


def _and(*conditions: dict[str, str] | str) -> dict[str, str]:
    said = [one if isinstance(one, dict) else dict.fromkeys(("sqlite", "postgresql"), one) for one in conditions]
    return {dialect: " AND ".join(one[dialect] for one in said) for dialect in ("sqlite", "postgresql")}


def _index(name: str, of: dict[str, str] | str, *columns: str) -> Index:
    return partial(f"ix_docket_lines_{name}", of, "inspection_id", "heading", *columns, "case_id")


KEY, LATE, ONGOING = _when("key"), _when("behind"), _when("ongoing")
JUDGED, ALL = "verdict IS NOT NULL", "heading = ''"
INDEXES = (
    _index("handed", "", "handed_at"),
    _index("state", "", "state", "handed_at"),
    _index("area", "", "area_code", "handed_at"),
    _index("batch", "", "batch_id", "handed_at"),
    _index("key", KEY, "handed_at"),
    _index("verdict", JUDGED, "verdict", "handed_at"),
    _index("ongoing", ONGOING, "handed_at"),
    _index("due", ONGOING, "due_on"),
    _index("due_state", ONGOING, "state", "due_on"),
    _index("due_key", _and(ONGOING, KEY), "due_on"),
    _index("late", LATE, "due_on"),
    # What two filters cut out of the whole inspection; a type or a unit is a heading already.
    _index("state_area", ALL, "state", "area_code", "handed_at"),
    _index("due_area", _and(ONGOING, ALL), "area_code", "due_on"),
    _index("due_state_area", _and(ONGOING, ALL), "state", "area_code", "due_on"),
    _index("due_verdict", _and(ONGOING, JUDGED, ALL), "verdict", "due_on"),
    _index("key_state", _and(KEY, ALL), "state", "handed_at"),
    _index("key_area", _and(KEY, ALL), "area_code", "handed_at"),
    _index("due_key_state", _and(ONGOING, KEY, ALL), "state", "due_on"),
    _index("late_ongoing", _and(LATE, ONGOING, ALL), "due_on"),
    _index("late_state", _and(LATE, ALL), "state", "due_on"),
    _index("late_area", _and(LATE, ALL), "area_code", "due_on"),
    _index("late_key", _and(LATE, KEY, ALL), "due_on"),
    _index("late_verdict", _and(LATE, JUDGED, ALL), "verdict", "due_on"),
    _index("late_handed", _and(LATE, ALL), "handed_at", "due_on"),
    _index("verdict_state", _and(JUDGED, ALL), "verdict", "state", "handed_at"),
    _index("verdict_area", _and(JUDGED, ALL), "verdict", "area_code", "handed_at"),
    _index("verdict_key", _and(JUDGED, KEY, ALL), "verdict", "handed_at"),
)
"""A page is read along one of these, whichever two filters are set (bench/cases.py)."""


class DocketLine(Base):
    """A case under one heading, beside what lists are cut by.

    `leads`: the heading is of the lead unit's branch, not only of one that helps. `due_on` is never empty (NEVER),
    and the day that lapsed where a later one was given afterwards: late is late for ever.
    `behind`: its reply has not come, or came after its day; it is late once that day is over. `verdict` is that of
    the latest reply, or the published one of an imported row.
    """

    __tablename__ = "docket_lines"
    __table_args__ = INDEXES

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    heading: Mapped[str] = mapped_column(primary_key=True)
    inspection_id: Mapped[int]
    leads: Mapped[bool]
    state: Mapped[str]
    ongoing: Mapped[bool]
    area_code: Mapped[str | None]
    key: Mapped[bool]
    batch_id: Mapped[int | None]
    verdict: Mapped[str | None]
    checked_by_id: Mapped[int | None]
    due_on: Mapped[date]
    behind: Mapped[bool]
    handed_at: Mapped[datetime]


VALUES = {"sqlite": "json_each(cases.types)", "postgresql": "json_array_elements_text(cases.types)"}
REPLIED_ON = {
    "sqlite": "date(cases.replied_at, '+8 hours')",  # Shanghai has no summer time
    "postgresql": "CAST(cases.replied_at AT TIME ZONE 'Asia/Shanghai' AS date)",
}
EACH = {"sqlite": "each", "postgresql": "each(value)"}
COLUMNS = (
    "case_id, heading, inspection_id, leads, state, ongoing, area_code, key, batch_id, verdict, checked_by_id, due_on, "
    "behind, handed_at"
)


def put(dialect: str, case_id: str = "") -> str:
    """The statement that writes the lines of one case (an expression of its id), or of every case."""
    of_case, of_support = (f" WHERE cases.id = {case_id}", f" WHERE case_id = {case_id}") if case_id else ("", "")
    before = ", ".join(f"'{state}'" for state in BEFORE_HAND_OVER)
    finished = ", ".join(f"'{state}'" for state in sorted(FINISHED))
    return (
        f"INSERT INTO docket_lines ({COLUMNS}) SELECT cases.id, found.heading, cases.inspection_id, found.leads, "  # noqa: S608  (names of our own)
        f"cases.state, cases.state NOT IN ({finished}), cases.area_code, cases.key, cases.batch_id, "
        "coalesce((SELECT replies.verdict FROM replies WHERE replies.case_id = cases.id ORDER BY replies.number DESC "
        "LIMIT 1), cases.verdict), cases.checked_by_id, coalesce(cases.lapsed_on, "
        "cases.feedback_due_on, '9999-12-31'), cases.feedback_due_on IS NOT NULL AND (cases.replied_at IS NULL OR "
        f"{REPLIED_ON[dialect]} > coalesce(cases.lapsed_on, cases.feedback_due_on)), coalesce(cases.handed_over_at, "
        "cases.published_at, cases.state_since) FROM cases "
        "JOIN (SELECT cases.id AS case_id, '' AS heading, cases.lead_unit_id IS NOT NULL AS leads FROM cases"
        f"{of_case} UNION ALL SELECT DISTINCT cases.id, 't' || each.value, false FROM cases CROSS JOIN "
        f"{VALUES[dialect]} AS {EACH[dialect]}{of_case} UNION ALL SELECT own.case_id, 'u' || above.id, "
        "max(own.leads) = 1 FROM (SELECT cases.id AS case_id, cases.lead_unit_id AS unit_id, 1 AS leads FROM cases"
        f"{of_case} UNION ALL SELECT case_id, unit_id, 0 FROM supporting_units{of_support}) AS own JOIN units AS mine "
        "ON mine.id = own.unit_id JOIN units AS above ON above.path <> '' AND "
        "substr(mine.path, 1, length(above.path)) = above.path GROUP BY own.case_id, above.id) AS found "
        f"ON found.case_id = cases.id WHERE cases.state NOT IN ({before})"
        + (f" AND cases.id = {case_id}" if case_id else "")
    )


def _again(dialect: str, case_id: str) -> str:
    return f"DELETE FROM docket_lines WHERE case_id = {case_id}; {put(dialect, case_id)}"  # noqa: S608  (names of our own)


FOLLOWED = (
    ("cases", "insert", "INSERT", "new.id"),
    ("cases", "update", f"UPDATE OF {WATCHED}", "new.id"),
    ("supporting_units", "insert", "INSERT", "new.case_id"),
    ("supporting_units", "delete", "DELETE", "old.case_id"),
    ("replies", "insert", "INSERT", "new.case_id"),
)


def statements() -> dict[str, list[str]]:
    """For each database, what makes it keep the lines (the migration carries the same text, tested to be equal)."""
    function = (
        "CREATE OR REPLACE FUNCTION docketed() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE here integer; BEGIN "
        "IF TG_TABLE_NAME = 'cases' THEN here := new.id; ELSIF TG_OP = 'DELETE' THEN here := old.case_id; "
        f"ELSE here := new.case_id; END IF; {_again('postgresql', 'here')}; RETURN NULL; END $$"
    )
    return {
        "sqlite": [
            f"CREATE TRIGGER {table}_docketed_{name} AFTER {verb} ON {table} BEGIN {_again('sqlite', case_id)}; END"
            for table, name, verb, case_id in FOLLOWED
        ],
        "postgresql": [
            function,
            *(
                f"CREATE TRIGGER {table}_docketed_{name} AFTER {verb} ON {table} FOR EACH ROW "
                "EXECUTE FUNCTION docketed()"
                for table, name, verb, _case_id in FOLLOWED
            ),
        ],
    }


def _keep() -> None:
    lines = table_of(DocketLine)
    for noun in (Case, SupportingUnit, Reply):  # whose triggers write it
        lines.add_is_dependent_on(table_of(noun))
    for dialect, words in statements().items():
        for statement in words:
            event.listen(lines, "after_create", DDL(statement.replace("%", "%%")).execute_if(dialect=dialect))


_keep()
