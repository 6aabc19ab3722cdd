"""the index of reports in nobody's hands is cut by the day they were received, on PostgreSQL too"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

NAME, MORE = "ix_reports_unclaimed", ["channel", "area_code", "key", "due_on", "assigned_to_id"]
UNCLAIMED = sa.text("assigned_to_id IS NULL AND state = 'registered'")


def upgrade() -> None:
    lay("received_at", "id", "state")


def downgrade() -> None:
    lay("state", "received_at", "id")


def lay(*columns: str) -> None:
    """PostgreSQL knows the state from the index's condition, and so skips nothing by a column that repeats it."""
    op.drop_index(NAME, table_name="reports")
    every = ["inspection_id", *columns, *MORE]
    op.create_index(NAME, "reports", every, unique=False, sqlite_where=UNCLAIMED, postgresql_where=UNCLAIMED)
