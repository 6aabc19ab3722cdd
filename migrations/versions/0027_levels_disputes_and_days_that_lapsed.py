"""who was given a case, level by level; disputes and who decides them; days that lapsed, or were counted unknowing."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

MOMENT = sa.DateTime(timezone=True)
PERFORMERS = ("reports", "cases", "rectifications")
BEFORE, FINISHED = ("prepared", "batched", "cancelled"), ("published",)
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
OLD, NEW = "old", "new"
WATCHED = {
    OLD: "feedback_due_on, replied_at",
    NEW: "feedback_due_on, lapsed_on, replied_at",
}
DAYS = {
    OLD: (
        "coalesce(cases.feedback_due_on, '9999-12-31'), cases.feedback_due_on IS NOT NULL AND (cases.replied_at IS "
        "NULL OR {replied} > cases.feedback_due_on), "
    ),
    NEW: (
        "coalesce(cases.lapsed_on, cases.feedback_due_on, '9999-12-31'), cases.feedback_due_on IS NOT NULL AND "
        "(cases.replied_at IS NULL OR {replied} > coalesce(cases.lapsed_on, cases.feedback_due_on)), "
    ),
}


def put(dialect: str, which: str, case_id: str) -> str:
    """The statement that writes the lines of one case (an expression of its id)."""
    before = ", ".join(f"'{state}'" for state in BEFORE)
    finished = ", ".join(f"'{state}'" for state in FINISHED)
    of_case, of_support = f" WHERE cases.id = {case_id}", f" WHERE case_id = {case_id}"
    return (
        f"INSERT INTO docket_lines ({COLUMNS}) SELECT cases.id, found.heading, cases.inspection_id, found.leads, "  # noqa: S608  (names of our own)
        f"cases.state, cases.state NOT IN ({finished}), cases.area_code, cases.key, cases.batch_id, "
        "coalesce((SELECT replies.verdict FROM replies WHERE replies.case_id = cases.id ORDER BY replies.number DESC "
        "LIMIT 1), cases.verdict), cases.checked_by_id, "
        f"{DAYS[which].format(replied=REPLIED_ON[dialect])}"
        "coalesce(cases.handed_over_at, cases.published_at, cases.state_since) FROM cases "
        "JOIN (SELECT cases.id AS case_id, '' AS heading, cases.lead_unit_id IS NOT NULL AS leads FROM cases"
        f"{of_case} UNION ALL SELECT DISTINCT cases.id, 't' || each.value, false FROM cases CROSS JOIN "
        f"{VALUES[dialect]} AS {EACH[dialect]}{of_case} UNION ALL SELECT own.case_id, 'u' || above.id, "
        "max(own.leads) = 1 FROM (SELECT cases.id AS case_id, cases.lead_unit_id AS unit_id, 1 AS leads FROM cases"
        f"{of_case} UNION ALL SELECT case_id, unit_id, 0 FROM supporting_units{of_support}) AS own JOIN units AS mine "
        "ON mine.id = own.unit_id JOIN units AS above ON above.path <> '' AND "
        "substr(mine.path, 1, length(above.path)) = above.path GROUP BY own.case_id, above.id) AS found "
        f"ON found.case_id = cases.id WHERE cases.state NOT IN ({before}) AND cases.id = {case_id}"
    )


def _again(dialect: str, which: str, case_id: str) -> str:
    return f"DELETE FROM docket_lines WHERE case_id = {case_id}; {put(dialect, which, case_id)}"  # noqa: S608  (names of our own)


def followed(which: str) -> tuple[tuple[str, str, str, str], ...]:
    watched = (
        f"state, area_code, key, batch_id, verdict, checked_by_id, {WATCHED[which]}, handed_over_at, published_at, "
        "lead_unit_id, types"
    )
    return (
        ("cases", "insert", "INSERT", "new.id"),
        ("cases", "update", f"UPDATE OF {watched}", "new.id"),
        ("supporting_units", "insert", "INSERT", "new.case_id"),
        ("supporting_units", "delete", "DELETE", "old.case_id"),
        ("replies", "insert", "INSERT", "new.case_id"),
    )


def take_triggers() -> None:
    on = {"sqlite": "", "postgresql": " ON {table}"}[op.get_bind().dialect.name]
    for table, name, _verb, _case_id in followed(NEW):
        op.execute(f"DROP TRIGGER {table}_docketed_{name}{on.format(table=table)}")


def put_triggers(which: str) -> None:
    """What makes the database keep the lines (the models carry the same text, tested to be equal)."""
    dialect = op.get_bind().dialect.name
    if dialect == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION docketed() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE here integer; BEGIN "
            "IF TG_TABLE_NAME = 'cases' THEN here := new.id; ELSIF TG_OP = 'DELETE' THEN here := old.case_id; "
            f"ELSE here := new.case_id; END IF; {_again(dialect, which, 'here')}; RETURN NULL; END $$"
        )
    for table, name, verb, case_id in followed(which):
        does = (
            f"BEGIN {_again(dialect, which, case_id)}; END"
            if dialect == "sqlite"
            else "FOR EACH ROW EXECUTE FUNCTION docketed()"
        )
        op.execute(f"CREATE TRIGGER {table}_docketed_{name} AFTER {verb} ON {table} {does}")


def upgrade() -> None:
    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("by_unit_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("dispute_by", sa.Date(), nullable=True),
        sa.Column("announced", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["by_unit_id"], ["units.id"], name=op.f("fk_assignments_by_unit_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_assignments_case_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_assignments_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    op.create_index("ix_assignments_case_id", "assignments", ["case_id"], unique=False)
    op.create_table(
        "disputes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("other_unit_id", sa.Integer(), nullable=True),
        sa.Column("superior_id", sa.Integer(), nullable=True),
        sa.Column("raised_by_id", sa.Integer(), nullable=True),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=True),
        sa.Column("announced", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_disputes_case_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_disputes_decided_by_id")),
        sa.ForeignKeyConstraint(["other_unit_id"], ["units.id"], name=op.f("fk_disputes_other_unit_id")),
        sa.ForeignKeyConstraint(["raised_by_id"], ["people.id"], name=op.f("fk_disputes_raised_by_id")),
        sa.ForeignKeyConstraint(["superior_id"], ["units.id"], name=op.f("fk_disputes_superior_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_disputes_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
    )
    op.create_index("ix_disputes_case_id", "disputes", ["case_id"], unique=False)
    still_open = sa.text("decided_at IS NULL")
    op.create_index(
        "ix_disputes_open", "disputes", ["case_id", "superior_id"], unique=False,
        sqlite_where=still_open, postgresql_where=still_open,
    )  # fmt: skip
    for table in PERFORMERS:
        op.add_column(table, sa.Column("due_announced", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("cases", sa.Column("feedback_announced", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("cases", sa.Column("lapsed_on", sa.Date(), nullable=True))
    take_triggers()
    put_triggers(NEW)
    bring_over()


def bring_over() -> None:
    """What stands already: who leads a case was assigned by the city; what is disputed is the city's to decide.

    A later day that was given when one had passed already says so in the ledger: that day lapsed.
    """
    last = (
        "(SELECT {what} FROM ledger_entries WHERE ledger_entries.noun = 'case' AND ledger_entries.noun_id = cases.id "
        "AND ledger_entries.action = '{action}' ORDER BY ledger_entries.id DESC LIMIT 1)"
    )
    given, entry = last.format(what="at", action="assign"), last.format(what="id", action="assign")
    op.execute(
        "INSERT INTO assignments (case_id, unit_id, entry_id, given_at, dispute_by) SELECT cases.id, "  # noqa: S608  (names of our own)
        f"cases.lead_unit_id, {entry}, coalesce({given}, cases.state_since), cases.dispute_by FROM cases "
        "WHERE cases.lead_unit_id IS NOT NULL ORDER BY cases.id"
    )
    op.execute(
        "INSERT INTO disputes (case_id, unit_id, raised_by_id, raised_at) SELECT cases.id, cases.lead_unit_id, "  # noqa: S608  (names of our own)
        f"{last.format(what='person_id', action='dispute')}, cases.state_since FROM cases "
        "WHERE cases.state = 'disputed' AND cases.lead_unit_id IS NOT NULL ORDER BY cases.id"
    )
    here = op.get_bind()
    told = "SELECT noun_id, facts FROM ledger_entries WHERE noun = 'case' AND action = 'extend' ORDER BY id"
    lapsed: dict[int, str] = {}
    for case_id, kept in here.execute(sa.text(told)):
        facts = json.loads(kept) if isinstance(kept, str) else kept
        if facts.get("late_days") and facts.get("from"):
            lapsed.setdefault(case_id, facts["from"])
    for case_id, day in lapsed.items():
        here.execute(sa.text(f"UPDATE cases SET lapsed_on = '{day}' WHERE id = :id"), {"id": case_id})  # noqa: S608  (a day)


def downgrade() -> None:
    dialect, here = op.get_bind().dialect.name, op.get_bind()
    lapsed = [case_id for (case_id,) in here.execute(sa.text("SELECT id FROM cases WHERE lapsed_on IS NOT NULL"))]
    take_triggers()
    op.drop_column("cases", "lapsed_on")
    op.drop_column("cases", "feedback_announced")
    for table in PERFORMERS:
        op.drop_column(table, "due_announced")
    op.drop_table("disputes")
    op.drop_table("assignments")
    put_triggers(OLD)
    for case_id in lapsed:
        for statement in _again(dialect, OLD, str(case_id)).split("; "):
            op.execute(statement)
