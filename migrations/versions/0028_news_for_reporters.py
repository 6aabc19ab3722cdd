"""news for reporters: who asked to be told, by which way, and what is on its way to them."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

MOMENT = sa.DateTime(timezone=True)
WAITING = sa.text("stage = 'waiting'")


def upgrade() -> None:
    op.create_table(
        "news_wishes",
        sa.Column("report_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("locked", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_news_wishes_report_id")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_news_wishes")),
    )
    op.create_table(
        "news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("hook_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("claimed_until", MOMENT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.CheckConstraint("stage IN ('waiting', 'sent', 'given_up', 'dropped')", name=op.f("ck_news_stage")),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_news_outbox_id")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_news_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news")),
        sa.UniqueConstraint("report_id", "outbox_id", "hook_id", name=op.f("uq_news_report_id_outbox_id_hook_id")),
    )
    op.create_index(
        "ix_news_waiting", "news", ["next_at", "id"], unique=False, sqlite_where=WAITING, postgresql_where=WAITING
    )


def downgrade() -> None:
    op.drop_index("ix_news_waiting", table_name="news")
    op.drop_table("news")
    op.drop_table("news_wishes")
