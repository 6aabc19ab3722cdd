"""reporters are rung up: questions that are put by telephone, and requests for a number alone."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

MOMENT = sa.DateTime(timezone=True)
OPEN_QUESTIONS = """
INSERT INTO ring_ups (inspection_id, report_id, entry_id, begins_on, tries)
SELECT report.inspection_id, report.id, MAX(entry.id),
       CASE WHEN report.channel = 'W' THEN report.due_on ELSE CURRENT_DATE END, 0
  FROM reports AS report
  JOIN vault_identities AS who ON who.noun = 'report' AND who.noun_id = report.id
  JOIN ledger_entries AS entry ON entry.noun = 'report' AND entry.noun_id = report.id AND entry.action = 'ask'
 WHERE report.state = 'asked' AND who.has_phone AND report.due_on IS NOT NULL
 GROUP BY report.inspection_id, report.id, report.channel, report.due_on
"""
"""Who was asked before and left a telephone: at once, or on the last day where they may read the question on the web."""


def upgrade() -> None:
    op.create_table(
        "ring_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", MOMENT, nullable=True),
        sa.Column("again_at", MOMENT, nullable=True),
        sa.Column("clerk_id", sa.Integer(), nullable=True),
        sa.Column("locked", sa.LargeBinary(), nullable=True),
        sa.Column("lent_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["clerk_id"], ["people.id"], name=op.f("fk_ring_ups_clerk_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["ledger_entries.id"], name=op.f("fk_ring_ups_entry_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_ring_ups_inspection_id")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_ring_ups_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ring_ups")),
    )
    op.create_index("ix_ring_ups_open", "ring_ups", ["inspection_id", "ended_at", "begins_on"])
    op.create_index("ix_ring_ups_report_id", "ring_ups", ["report_id"])
    op.execute(OPEN_QUESTIONS)
    with op.batch_alter_table("vault_openings") as openings:
        openings.add_column(sa.Column("ring_up_id", sa.Integer(), nullable=True))
        openings.create_foreign_key(op.f("fk_vault_openings_ring_up_id"), "ring_ups", ["ring_up_id"], ["id"])
        openings.create_index("ix_vault_openings_ring_up_id", ["ring_up_id"])


def downgrade() -> None:
    with op.batch_alter_table("vault_openings") as openings:
        openings.drop_index("ix_vault_openings_ring_up_id")
        openings.drop_constraint(op.f("fk_vault_openings_ring_up_id"), type_="foreignkey")
        openings.drop_column("ring_up_id")
    op.drop_table("ring_ups")
