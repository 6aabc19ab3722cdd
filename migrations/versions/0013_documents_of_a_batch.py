"""documents of a batch: what was made, the office's templates, every copy; a frozen manifest stays as it is."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

KINDS = "kind IN ('order', 'orders', 'letter', 'list', 'counts', 'kinds', 'bulletin')"
FROZEN = "manifest, manifest_hash, handed_over_at, handed_over_by_id"


def refusals(table: str, columns: str = "", once: str = "") -> dict[str, list[str]]:
    """The statements that make a table refuse UPDATE (of these columns, or any) and DELETE."""
    of, when = f" OF {columns}" if columns else "", f"WHEN (OLD.{once} IS NOT NULL) " if once else ""
    return {
        "sqlite": [
            f"CREATE TRIGGER {table}_no_{name} BEFORE {verb} ON {table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{table} cannot be changed'); END"
            for name, verb in (("update", f"UPDATE{of}"), ("delete", "DELETE"))
        ],
        "postgresql": [
            (
                f"CREATE OR REPLACE FUNCTION {table}_unchangeable() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{table} cannot be changed'; END $$"
            ),
            (
                f"CREATE TRIGGER {table}_unchangeable BEFORE UPDATE{of} OR DELETE ON {table} "
                f"FOR EACH ROW {when}EXECUTE FUNCTION {table}_unchangeable()"
            ),
        ],
    }


def protect(table: str, columns: str = "", once: str = "") -> None:
    for statement in refusals(table, columns, once)[op.get_bind().dialect.name]:
        op.execute(statement)


def unprotect(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {table}_no_update")
        op.execute(f"DROP TRIGGER {table}_no_delete")
    else:
        op.execute(f"DROP TRIGGER {table}_unchangeable ON {table}")
        op.execute(f"DROP FUNCTION {table}_unchangeable()")


def upgrade() -> None:
    op.create_table(
        "papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("made_of", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.JSON(), nullable=True),
        sa.CheckConstraint(KINDS, name=op.f("ck_papers_kind")),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_papers_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint("batch_id", "kind", "number", name=op.f("uq_papers_batch_id_kind_number")),
    )
    op.create_index("ix_papers_file_name", "papers", ["file_name"])
    op.create_table(
        "paper_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(KINDS, name=op.f("ck_paper_templates_kind")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_paper_templates_inspection_id")),
        sa.ForeignKeyConstraint(["kept_by_id"], ["people.id"], name=op.f("fk_paper_templates_kept_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_templates")),
        sa.UniqueConstraint("inspection_id", "kind", name=op.f("uq_paper_templates_inspection_id_kind")),
    )
    op.create_table(
        "paper_copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("copy_number", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_paper_copies_kind")),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_paper_copies_batch_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_paper_copies_inspection_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_paper_copies_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_copies")),
        sa.UniqueConstraint("copy_number", name=op.f("uq_paper_copies_copy_number")),
    )
    op.create_index("ix_paper_copies_batch_id", "paper_copies", ["batch_id"])
    op.create_index("ix_paper_copies_inspection_id", "paper_copies", ["inspection_id", "id"])
    protect("paper_copies")
    protect("batches", FROZEN, once="handed_over_at")


def downgrade() -> None:
    unprotect("batches")
    unprotect("paper_copies")
    for table in ("paper_copies", "paper_templates", "papers"):
        op.drop_table(table)
