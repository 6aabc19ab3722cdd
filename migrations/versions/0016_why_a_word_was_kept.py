"""why a word was kept: the reasons for what stays in a hand-over text."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("cases", sa.Column("text_kept", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("cases", "text_kept")
