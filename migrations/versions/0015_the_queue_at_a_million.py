"""the queue at a million: who has a report in hand, what is unread, views people keep; and indexes to read along."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

KEY = {"sqlite": "key = 1", "postgresql": "key"}
DUE = {"sqlite": "due_on IS NOT NULL", "postgresql": "due_on IS NOT NULL"}
ASSIGNED = dict.fromkeys(DUE, "assigned_to_id IS NOT NULL")
UNCLAIMED = dict.fromkeys(DUE, "assigned_to_id IS NULL AND state = 'registered'")
KEY_DUE = {dialect: f"{KEY[dialect]} AND {DUE[dialect]}" for dialect in KEY}
INDEXES: dict[str, tuple[list[str], dict[str, str]]] = {
    "channel": (["channel", "received_at", "id"], {}),
    "area": (["area_code", "received_at", "id"], {}),
    "state_channel": (["state", "channel", "received_at", "id"], {}),
    "state_area": (["state", "area_code", "received_at", "id"], {}),
    "channel_area": (["channel", "area_code", "received_at", "id"], {}),
    "key": (["received_at", "id"], KEY),
    "key_state": (["state", "received_at", "id"], KEY),
    "key_channel": (["channel", "received_at", "id"], KEY),
    "key_area": (["area_code", "received_at", "id"], KEY),
    "assigned": (["assigned_to_id", "received_at", "id"], ASSIGNED),
    "unclaimed": (["state", "received_at", "id", "channel", "area_code"], UNCLAIMED),
    "due": (["due_on", "id"], DUE),
    "due_state": (["state", "due_on", "id"], DUE),
    "due_channel": (["channel", "due_on", "id"], DUE),
    "due_area": (["area_code", "due_on", "id"], DUE),
    "due_key": (["due_on", "id"], KEY_DUE),
    "due_received": (["received_at", "id", "due_on"], DUE),
}
FILED: dict[str, tuple[list[str], dict[str, str]]] = {
    "received": (["received_at", "report_id"], {}),
    "state": (["state", "received_at", "report_id"], {}),
    "channel": (["channel", "received_at", "report_id"], {}),
    "area": (["area_code", "received_at", "report_id"], {}),
    "key": (["received_at", "report_id"], KEY),
    "due": (["due_on", "report_id"], DUE),
    "assigned": (["assigned_to_id", "received_at", "report_id"], ASSIGNED),
    "unclaimed": (["state", "received_at", "report_id"], UNCLAIMED),
}
COLUMNS = "inspection_id, state, channel, area_code, key, assigned_to_id, due_on, received_at"
NEW = ", ".join(f"new.{column}" for column in COLUMNS.split(", "))
PUT = f"INSERT INTO filed_types (report_id, code, {COLUMNS}) SELECT DISTINCT new.id, each.value, {NEW} FROM"
WATCHED = "types, filed_under, state, area_code, key, assigned_to_id, due_on"
TRIGGERS = {
    "sqlite": [
        f"CREATE TRIGGER reports_filed_{name} AFTER {verb} ON reports BEGIN {clear}"
        f"{PUT} json_each(coalesce(new.filed_under, new.types)) AS each; END"
        for name, verb, clear in (
            ("insert", "INSERT", ""),
            ("update", f"UPDATE OF {WATCHED}", "DELETE FROM filed_types WHERE report_id = new.id; "),
        )
    ],
    "postgresql": [
        (
            "CREATE OR REPLACE FUNCTION reports_filed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608  (names of our own)
            "IF TG_OP = 'UPDATE' THEN DELETE FROM filed_types WHERE report_id = new.id; END IF; "
            f"{PUT} json_array_elements_text(coalesce(new.filed_under, new.types)) AS each(value); "
            "RETURN NULL; END $$"
        ),
        (
            f"CREATE TRIGGER reports_filed AFTER INSERT OR UPDATE OF {WATCHED} ON reports "
            "FOR EACH ROW EXECUTE FUNCTION reports_filed()"
        ),
    ],
}
NO_TRIGGERS = {
    "sqlite": ["DROP TRIGGER reports_filed_insert", "DROP TRIGGER reports_filed_update"],
    "postgresql": ["DROP TRIGGER reports_filed ON reports", "DROP FUNCTION reports_filed()"],
}
GIVEN = """UPDATE reports SET filed_under = (
    SELECT {gather}(code) FROM (SELECT code FROM report_types
    WHERE report_id = reports.id AND code IN ({classes}) ORDER BY position) AS given
) WHERE EXISTS (SELECT 1 FROM report_types WHERE report_id = reports.id AND code IN ({classes}))"""
CLASSES = "'air', 'water', 'noise', 'ecology', 'soil', 'radiation', 'other', 'marine'"


def upgrade() -> None:
    here = op.get_bind().dialect.name
    tables()
    op.add_column("reports", sa.Column("assigned_to_id", sa.Integer(), nullable=True))
    op.add_column("reports", sa.Column("filed_under", sa.JSON(), nullable=True))
    gather = "json_group_array" if here == "sqlite" else "json_agg"
    op.execute(GIVEN.format(gather=gather, classes=CLASSES))
    for name, (columns, where) in INDEXES.items():
        index(f"ix_reports_{name}", "reports", ["inspection_id", *columns], where)
    values = "json_each" if here == "sqlite" else "json_array_elements_text"
    op.execute(
        f"INSERT INTO filed_types (report_id, code, {COLUMNS}) SELECT DISTINCT reports.id, each.value, "  # noqa: S608
        + ", ".join(f"reports.{column}" for column in COLUMNS.split(", "))
        + f" FROM reports, {values}(coalesce(reports.filed_under, reports.types)) AS each"
        + ("" if here == "sqlite" else "(value)")
    )
    for name, (columns, where) in FILED.items():
        index(f"ix_filed_types_{name}", "filed_types", ["inspection_id", "code", *columns], where)
    for statement in TRIGGERS[here]:
        op.execute(statement)


def index(name: str, table: str, columns: list[str], where: dict[str, str]) -> None:
    conditions = {f"{dialect}_where": sa.text(condition) for dialect, condition in where.items()}
    op.create_index(name, table, columns, unique=False, **conditions)


def tables() -> None:
    op.create_table(
        "filed_types",
        sa.Column("report_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=True),
        sa.Column("key", sa.Boolean(), nullable=False),
        sa.Column("assigned_to_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_filed_types_report_id")),
        sa.PrimaryKeyConstraint("report_id", "code", name=op.f("pk_filed_types")),
    )
    op.create_table(
        "report_reads",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_report_reads_person_id")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_reads_report_id")),
        sa.PrimaryKeyConstraint("person_id", "report_id", name=op.f("pk_report_reads")),
    )
    op.create_index(op.f("ix_report_reads_report_id"), "report_reads", ["report_id"], unique=False)
    op.create_table(
        "presences",
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("noun_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visit", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_presences_person_id")),
        sa.PrimaryKeyConstraint("noun", "noun_id", "person_id", name=op.f("pk_presences")),
    )
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("list_name", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_saved_views_inspection_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_saved_views_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
    )
    op.create_index("ix_saved_views_list", "saved_views", ["inspection_id", "list_name"], unique=False)
    op.create_table(
        "chosen_columns",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("list_name", sa.String(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_chosen_columns_person_id")),
        sa.PrimaryKeyConstraint("person_id", "list_name", name=op.f("pk_chosen_columns")),
    )


def downgrade() -> None:
    for statement in NO_TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)
    for name in ("chosen_columns", "saved_views", "presences", "report_reads", "filed_types"):
        op.drop_table(name)
    for name in INDEXES:
        op.drop_index(f"ix_reports_{name}", table_name="reports")
    for name in ("filed_under", "assigned_to_id"):
        op.drop_column("reports", name)
