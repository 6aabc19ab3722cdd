"""the docket: under which headings lists find a case, and the indexes to read it along."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

BEFORE, FINISHED = ("prepared", "batched", "cancelled"), ("published",)
WATCHED = (
    "state, area_code, key, batch_id, verdict, checked_by_id, feedback_due_on, replied_at, handed_over_at, "
    "published_at, lead_unit_id, types"
)


def when(name: str) -> dict[str, str]:
    return {"sqlite": f"{name} = 1", "postgresql": name}


def both(*conditions: dict[str, str] | str) -> dict[str, str]:
    said = [one if isinstance(one, dict) else dict.fromkeys(("sqlite", "postgresql"), one) for one in conditions]
    return {dialect: " AND ".join(one[dialect] for one in said) for dialect in ("sqlite", "postgresql")}


KEY, LATE, ONGOING = when("key"), when("behind"), when("ongoing")
JUDGED, ALL = both("verdict IS NOT NULL"), both("heading = ''")
INDEXES: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "handed": ({}, ("handed_at",)),
    "state": ({}, ("state", "handed_at")),
    "area": ({}, ("area_code", "handed_at")),
    "batch": ({}, ("batch_id", "handed_at")),
    "key": (KEY, ("handed_at",)),
    "verdict": (JUDGED, ("verdict", "handed_at")),
    "ongoing": (ONGOING, ("handed_at",)),
    "due": (ONGOING, ("due_on",)),
    "due_state": (ONGOING, ("state", "due_on")),
    "due_key": (both(ONGOING, KEY), ("due_on",)),
    "late": (LATE, ("due_on",)),
    "state_area": (ALL, ("state", "area_code", "handed_at")),
    "due_area": (both(ONGOING, ALL), ("area_code", "due_on")),
    "due_state_area": (both(ONGOING, ALL), ("state", "area_code", "due_on")),
    "due_verdict": (both(ONGOING, JUDGED, ALL), ("verdict", "due_on")),
    "key_state": (both(KEY, ALL), ("state", "handed_at")),
    "key_area": (both(KEY, ALL), ("area_code", "handed_at")),
    "due_key_state": (both(ONGOING, KEY, ALL), ("state", "due_on")),
    "late_ongoing": (both(LATE, ONGOING, ALL), ("due_on",)),
    "late_state": (both(LATE, ALL), ("state", "due_on")),
    "late_area": (both(LATE, ALL), ("area_code", "due_on")),
    "late_key": (both(LATE, KEY, ALL), ("due_on",)),
    "late_verdict": (both(LATE, JUDGED, ALL), ("verdict", "due_on")),
    "late_handed": (both(LATE, ALL), ("handed_at", "due_on")),
    "verdict_state": (both(JUDGED, ALL), ("verdict", "state", "handed_at")),
    "verdict_area": (both(JUDGED, ALL), ("verdict", "area_code", "handed_at")),
    "verdict_key": (both(JUDGED, KEY, ALL), ("verdict", "handed_at")),
}
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
    before = ", ".join(f"'{state}'" for state in BEFORE)
    finished = ", ".join(f"'{state}'" for state in FINISHED)
    return (
        f"INSERT INTO docket_lines ({COLUMNS}) SELECT cases.id, found.heading, cases.inspection_id, found.leads, "  # noqa: S608  (names of our own)
        f"cases.state, cases.state NOT IN ({finished}), cases.area_code, cases.key, cases.batch_id, "
        "coalesce((SELECT replies.verdict FROM replies WHERE replies.case_id = cases.id ORDER BY replies.number DESC "
        "LIMIT 1), cases.verdict), cases.checked_by_id, coalesce(cases.feedback_due_on, '9999-12-31'), "
        f"cases.feedback_due_on IS NOT NULL AND (cases.replied_at IS NULL OR {REPLIED_ON[dialect]} > "
        "cases.feedback_due_on), coalesce(cases.handed_over_at, cases.published_at, cases.state_since) FROM cases "
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


NO_TRIGGERS = {
    "sqlite": [f"DROP TRIGGER {table}_docketed_{name}" for table, name, _verb, _case_id in FOLLOWED],
    "postgresql": [
        *(f"DROP TRIGGER {table}_docketed_{name} ON {table}" for table, name, _verb, _case_id in FOLLOWED),
        "DROP FUNCTION docketed()",
    ],
}


def upgrade() -> None:
    here = op.get_bind().dialect.name
    op.create_table(
        "docket_lines",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ongoing", sa.Boolean(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=True),
        sa.Column("key", sa.Boolean(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("behind", sa.Boolean(), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_docket_lines_case_id")),
        sa.PrimaryKeyConstraint("case_id", "heading", name=op.f("pk_docket_lines")),
    )
    op.execute(put(here))
    for name, (of, columns) in INDEXES.items():
        conditions = {f"{dialect}_where": sa.text(condition) for dialect, condition in of.items()}
        kept = ["inspection_id", "heading", *columns, "case_id"]
        op.create_index(f"ix_docket_lines_{name}", "docket_lines", kept, unique=False, **conditions)
    for statement in statements()[here]:
        op.execute(statement)


def downgrade() -> None:
    for statement in NO_TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_table("docket_lines")
