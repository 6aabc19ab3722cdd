"""a case may be shared: which matter of its report it is, whether two areas share it, which unit triage names."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

SPLIT = "EXISTS (SELECT 1 FROM cases AS other WHERE other.report_id = cases.report_id AND other.part = 2)"


def upgrade() -> None:
    op.add_column("cases", sa.Column("item", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column("cases", sa.Column("named_unit_id", sa.Integer(), nullable=True))
    # Until now every part of a split report was marked as shared; each was a matter of its own.
    op.execute("UPDATE cases SET item = part, shared = false")


def downgrade() -> None:
    op.execute(f"UPDATE cases SET shared = true WHERE {SPLIT}")  # noqa: S608  (words of our own)
    op.drop_column("cases", "named_unit_id")
    op.drop_column("cases", "item")
