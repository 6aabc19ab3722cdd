"""what a reporter says: address, point, whether it still goes on, answers, the case it may be the same as."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

KEPT_BEFORE = "description, inspection_id, number, channel, received_at, taken_by_id, history, submission_key"
KEPT_NOW = (
    "description, answers, said_same_as, inspection_id, number, channel, received_at, taken_by_id, history, "
    "submission_key"
)


def refuse_changes(columns: str) -> None:
    """Let the table refuse UPDATE of these columns; DELETE is refused as before."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER reports_no_update")
        op.execute(
            f"CREATE TRIGGER reports_no_update BEFORE UPDATE OF {columns} ON reports "
            f"BEGIN SELECT RAISE(ABORT, 'reports cannot be changed'); END"
        )
        return
    op.execute("DROP TRIGGER reports_unchangeable ON reports")
    op.execute(
        f"CREATE TRIGGER reports_unchangeable BEFORE UPDATE OF {columns} OR DELETE ON reports "
        f"FOR EACH ROW EXECUTE FUNCTION reports_unchangeable()"
    )


def upgrade() -> None:
    for name in ("address", "still", "said_same_as"):
        op.add_column("reports", sa.Column(name, sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("reports", sa.Column("town_code", sa.String(), nullable=True))
    op.add_column("reports", sa.Column("latitude", sa.Double(), nullable=True))
    op.add_column("reports", sa.Column("longitude", sa.Double(), nullable=True))
    op.add_column("reports", sa.Column("answers", sa.JSON(), nullable=True))
    op.add_column("reports", sa.Column("words_digest", sa.String(), nullable=True))
    op.create_index("ix_reports_words", "reports", ["inspection_id", "words_digest"], unique=False)
    refuse_changes(KEPT_NOW)


def downgrade() -> None:
    refuse_changes(KEPT_BEFORE)
    op.drop_index("ix_reports_words", table_name="reports")
    for name in (
        "words_digest",
        "answers",
        "longitude",
        "latitude",
        "town_code",
        "said_same_as",
        "still",
        "address",
    ):
        op.drop_column("reports", name)
