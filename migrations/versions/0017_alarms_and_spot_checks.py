"""alarms and spot checks: marks by which reports of one place or polluter are found, and lists of drawn cases."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "alarm_marks",
        sa.Column("report_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_alarm_marks_report_id")),
        sa.PrimaryKeyConstraint("report_id", "kind", name=op.f("pk_alarm_marks")),
    )
    op.create_index("ix_alarm_marks_look", "alarm_marks", ["inspection_id", "kind", "mark", "received_at"])
    op.create_table(
        "alarms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("seen_reports", sa.Integer(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("seen_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('point', 'place', 'polluter')", name=op.f("ck_alarms_kind")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_alarms_inspection_id")),
        sa.ForeignKeyConstraint(["seen_by_id"], ["people.id"], name=op.f("fk_alarms_seen_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarms")),
    )
    op.create_index("ix_alarms_look", "alarms", ["inspection_id", "kind", "mark"])
    op.create_table(
        "alarm_reports",
        sa.Column("alarm_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["alarm_id"], ["alarms.id"], name=op.f("fk_alarm_reports_alarm_id")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_alarm_reports_report_id")),
        sa.PrimaryKeyConstraint("alarm_id", "report_id", name=op.f("pk_alarm_reports")),
    )
    op.create_table(
        "spot_lists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=False),
        sa.Column("drawn_at", MOMENT, nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=True),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("frame_size", sa.Integer(), nullable=False),
        sa.Column("frame_digest", sa.String(), nullable=False),
        sa.Column("frame", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["regions.code"], name=op.f("fk_spot_lists_area_code")),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["people.id"], name=op.f("fk_spot_lists_drawn_by_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_spot_lists_inspection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_lists")),
    )
    op.create_index("ix_spot_lists_inspection_id", "spot_lists", ["inspection_id", "id"])
    op.create_table(
        "spot_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("drawn_for", sa.JSON(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("found", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_spot_lines_case_id")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["people.id"], name=op.f("fk_spot_lines_checked_by_id")),
        sa.ForeignKeyConstraint(["list_id"], ["spot_lists.id"], name=op.f("fk_spot_lines_list_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_lines")),
    )
    op.create_index("ix_spot_lines_list_id", "spot_lines", ["list_id", "position"])


def downgrade() -> None:
    for table in ("spot_lines", "spot_lists", "alarm_reports", "alarms", "alarm_marks"):
        op.drop_table(table)
