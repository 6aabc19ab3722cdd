"""floods are found by an index."""

from alembic import op

revision = "0005"
down_revision = "0004"

BEFORE = ["inspection_id", "words_digest"]
NOW = ["inspection_id", "words_digest", "state", "received_at", "id"]


def upgrade() -> None:
    op.drop_index("ix_reports_words", table_name="reports")
    op.create_index("ix_reports_words", "reports", NOW, unique=False)


def downgrade() -> None:
    op.drop_index("ix_reports_words", table_name="reports")
    op.create_index("ix_reports_words", "reports", BEFORE, unique=False)
