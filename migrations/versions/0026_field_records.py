"""field records: what an officer saw at the place of a case; the day a message is about, where it is not its record's."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "field_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("submission_key", sa.String(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("measures", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_field_records_case_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["people.id"], name=op.f("fk_field_records_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_records")),
        sa.UniqueConstraint(
            "written_by_id", "submission_key", name=op.f("uq_field_records_written_by_id_submission_key")
        ),
    )
    op.create_index("ix_field_records_case_id", "field_records", ["case_id", "id"], unique=False)
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("due", sa.String(), server_default=sa.text("''"), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("due")
    op.drop_index("ix_field_records_case_id", table_name="field_records")
    op.drop_table("field_records")
