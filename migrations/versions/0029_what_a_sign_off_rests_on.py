"""what a sign-off rests on, the same fault elsewhere, copies of dossiers, alarms of signed-off sites, drawn look-backs."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

MOMENT = sa.DateTime(timezone=True)
BEFORE = "kind IN ('point', 'place', 'polluter')"
AFTER = "kind IN ('point', 'place', 'polluter', 'signed_off')"


def refusals(table: str) -> dict[str, list[str]]:
    """The statements that make a table refuse UPDATE and DELETE."""
    return {
        "sqlite": [
            f"CREATE TRIGGER {table}_no_{name} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} cannot be changed'); END"
            for name, verb in (("update", "UPDATE"), ("delete", "DELETE"))
        ],
        "postgresql": [
            (
                f"CREATE OR REPLACE FUNCTION {table}_unchangeable() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{table} cannot be changed'; END $$"
            ),
            (
                f"CREATE TRIGGER {table}_unchangeable BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_unchangeable()"
            ),
        ],
    }


def unprotect(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {table}_no_update")
        op.execute(f"DROP TRIGGER {table}_no_delete")
    else:
        op.execute(f"DROP TRIGGER {table}_unchangeable ON {table}")
        op.execute(f"DROP FUNCTION {table}_unchangeable()")


def upgrade() -> None:
    op.create_table(
        "checklist_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rectification_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.Column("kept_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["rectification_id"], ["rectifications.id"], name=op.f("fk_checklist_evidence_rectification_id")
        ),
        sa.ForeignKeyConstraint(["kept_by_id"], ["people.id"], name=op.f("fk_checklist_evidence_kept_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_evidence")),
    )
    op.create_index("ix_checklist_evidence_rectification_id", "checklist_evidence", ["rectification_id"], unique=False)
    op.create_table(
        "same_faults",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rectification_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("grounds", sa.JSON(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["rectification_id"], ["rectifications.id"], name=op.f("fk_same_faults_rectification_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_same_faults_case_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_same_faults_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_same_faults")),
        sa.UniqueConstraint("rectification_id", "case_id", name=op.f("uq_same_faults_rectification_id_case_id")),
    )
    op.create_table(
        "dossier_copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("copy_number", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_dossier_copies_inspection_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_dossier_copies_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_dossier_copies_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_copies")),
        sa.UniqueConstraint("copy_number", name=op.f("uq_dossier_copies_copy_number")),
    )
    op.create_index("ix_dossier_copies_case_id", "dossier_copies", ["case_id"], unique=False)
    for statement in refusals("dossier_copies")[op.get_bind().dialect.name]:
        op.execute(statement)
    op.add_column("spot_lists", sa.Column("drawn_as", sa.String(), server_default=sa.text("'answers'"), nullable=False))
    _kinds(AFTER)


def _kinds(condition: str) -> None:
    """SQLite lays the table anew; what refers to it stands aside meanwhile."""
    joined = sa.table("alarm_reports", sa.column("alarm_id"), sa.column("report_id"))
    connection = op.get_bind()
    kept = [dict(row) for row in connection.execute(sa.select(joined)).mappings()]
    aside = connection.dialect.name == "sqlite" and bool(kept)
    if aside:
        connection.execute(joined.delete())
    with op.batch_alter_table("alarms") as alarms:
        alarms.drop_constraint(op.f("ck_alarms_kind"), type_="check")
        alarms.create_check_constraint(op.f("ck_alarms_kind"), condition)
    if aside:
        connection.execute(joined.insert(), kept)


def downgrade() -> None:
    op.execute("DELETE FROM alarm_reports WHERE alarm_id IN (SELECT id FROM alarms WHERE kind = 'signed_off')")
    op.execute("DELETE FROM alarms WHERE kind = 'signed_off'")
    _kinds(BEFORE)
    op.drop_column("spot_lists", "drawn_as")
    unprotect("dossier_copies")
    op.drop_index("ix_dossier_copies_case_id", table_name="dossier_copies")
    op.drop_table("dossier_copies")
    op.drop_table("same_faults")
    op.drop_index("ix_checklist_evidence_rectification_id", table_name="checklist_evidence")
    op.drop_table("checklist_evidence")
