"""the index of reports in nobody's hands holds all that the queue is cut by"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

NAME, BEFORE = "ix_reports_unclaimed", ["inspection_id", "state", "received_at", "id", "channel", "area_code"]
MORE = ["key", "due_on", "assigned_to_id"]
UNCLAIMED = sa.text("assigned_to_id IS NULL AND state = 'registered'")


def upgrade() -> None:
    lay([*BEFORE, *MORE])


def downgrade() -> None:
    lay(BEFORE)


def lay(columns: list[str]) -> None:
    op.drop_index(NAME, table_name="reports")
    op.create_index(NAME, "reports", columns, unique=False, sqlite_where=UNCLAIMED, postgresql_where=UNCLAIMED)
