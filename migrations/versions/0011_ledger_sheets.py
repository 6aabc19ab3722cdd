"""ledger sheets: what an office kept in a spreadsheet, on its way to being reports."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

STAGES = "'arrived', 'checking', 'checked', 'taking', 'taken', 'stopped', 'removed'"


def upgrade() -> None:
    op.create_table(
        "sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("brought_by_id", sa.Integer(), nullable=False),
        sa.Column("brought_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("ending", sa.String(), nullable=False),
        sa.Column("locked_label", sa.LargeBinary(), nullable=False),
        sa.Column("locked_name", sa.String(), nullable=True),
        sa.Column("told_name", sa.String(), nullable=True),
        sa.Column("heading_row", sa.Integer(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("good", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.CheckConstraint(f"stage IN ({STAGES})", name=op.f("ck_sheets_stage")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_sheets_inspection_id")),
        sa.ForeignKeyConstraint(["brought_by_id"], ["people.id"], name=op.f("fk_sheets_brought_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheets")),
    )
    op.create_index("ix_sheets_whose", "sheets", ["inspection_id", "brought_by_id", "id"])


def downgrade() -> None:
    op.drop_table("sheets")
