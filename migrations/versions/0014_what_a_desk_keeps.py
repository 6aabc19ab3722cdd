"""what a desk keeps: drafts, letters that several reports share, how many people say it, who passed it on."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_drafts_person_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_drafts_inspection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("mark", name=op.f("uq_drafts_mark")),
    )
    op.create_index("ix_drafts_person_id", "drafts", ["person_id", "inspection_id"])
    op.create_index("ix_drafts_saved_at", "drafts", ["saved_at"])
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("envelope", sa.String(), nullable=False),
        sa.Column("postmarked_on", sa.Date(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_letters_inspection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
    )
    op.create_index("ix_letters_inspection_id", "letters", ["inspection_id", "envelope"])
    op.add_column("reports", sa.Column("passed_by", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("reports", sa.Column("people", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column("reports", sa.Column("letter_id", sa.Integer(), nullable=True))
    op.create_index("ix_reports_foreign", "reports", ["inspection_id", "foreign_number"])
    op.create_index("ix_reports_letter_id", "reports", ["letter_id"])


def downgrade() -> None:
    op.drop_index("ix_reports_letter_id", "reports")
    op.drop_index("ix_reports_foreign", "reports")
    for column in ("letter_id", "people", "passed_by"):
        op.drop_column("reports", column)
    op.drop_table("letters")
    op.drop_table("drafts")
