"""evidence of every kind: a file may have no safe copy yet, waits for a scanner, and keeps its name sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("attachments") as table:
        table.alter_column("safe_name", existing_type=sa.String(), nullable=True)
    op.add_column("attachments", sa.Column("standing", sa.String(), server_default=sa.text("'ready'"), nullable=False))
    op.add_column("attachments", sa.Column("received_name", sa.String(), nullable=True))
    op.add_column("attachments", sa.Column("sealed_label", sa.LargeBinary(), nullable=True))
    op.add_column("attachments", sa.Column("found", sa.String(), server_default=sa.text("''"), nullable=False))
    op.create_index("ix_attachments_standing", "attachments", ["standing"], unique=False)


def downgrade() -> None:
    """What has no safe copy cannot be spoken of by the tables before this one; its files stay on the disk."""
    op.drop_index("ix_attachments_standing", table_name="attachments")
    for name in ("found", "sealed_label", "received_name", "standing"):
        op.drop_column("attachments", name)
    op.execute("DELETE FROM attachments WHERE safe_name IS NULL")
    with op.batch_alter_table("attachments") as table:
        table.alter_column("safe_name", existing_type=sa.String(), nullable=False)
