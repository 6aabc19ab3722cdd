"""four eyes and what follows what: the second approval of a text, real-name reports, which report a repeat follows."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

NAMED = (
    "UPDATE reports SET real_name = true WHERE history = false AND EXISTS (SELECT 1 FROM vault_identities AS who "
    "WHERE who.noun = 'report' AND who.noun_id = reports.id AND who.anonymous = false)"
)
MERGES = "SELECT noun_id, facts FROM ledger_entries WHERE noun = 'report' AND action = 'merge' ORDER BY id"
FOLLOW = "UPDATE reports SET follows_id = :earlier WHERE id = :report AND state = 'merged'"


def upgrade() -> None:
    op.add_column("cases", sa.Column("second_approved_by_id", sa.Integer(), nullable=True))
    op.add_column("cases", sa.Column("second_approved_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("reports", sa.Column("real_name", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("reports", sa.Column("given", sa.JSON(), nullable=True))
    op.add_column("reports", sa.Column("follows_id", sa.Integer(), nullable=True))
    op.execute(NAMED)
    connection = op.get_bind()
    for report, facts in connection.execute(sa.text(MERGES)).all():
        said = json.loads(facts) if isinstance(facts, str) else facts
        if said.get("earlier_id"):
            connection.execute(sa.text(FOLLOW), {"report": report, "earlier": said["earlier_id"]})


def downgrade() -> None:
    for name in ("follows_id", "given", "real_name"):
        op.drop_column("reports", name)
    for name in ("second_approved_at", "second_approved_by_id"):
        op.drop_column("cases", name)
