"""what a reply rests on: sources, measures, pairs of pictures, remarks; call-backs, and visits to the site."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

MOMENT = sa.DateTime(timezone=True)


def _of_reply(name: str, *columns: sa.Column, files: tuple[str, ...] = ()) -> None:
    """A table of a reply's parts, with its keys and its index."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=op.f(f"fk_{name}_reply_id")),
        *(sa.ForeignKeyConstraint([file], ["attachments.id"], name=op.f(f"fk_{name}_{file}")) for file in files),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(f"ix_{name}_reply_id", name, ["reply_id"])


def upgrade() -> None:
    _of_reply(
        "reply_sources",
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        files=("attachment_id",),
    )
    _of_reply(
        "reply_measures",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
    )
    _of_reply(
        "reply_spots",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("after_id", sa.Integer(), nullable=True),
        files=("before_id", "after_id"),
    )
    _of_reply(
        "reply_remarks",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("stated", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
    )
    op.add_column("reply_points", sa.Column("returned_for", sa.String(), server_default=sa.text("''"), nullable=False))
    with op.batch_alter_table("ring_ups") as ring_ups:
        question = sa.text("'question'")
        ring_ups.add_column(sa.Column("occasion", sa.String(), server_default=question, nullable=False))
        ring_ups.add_column(sa.Column("case_id", sa.Integer(), nullable=True))
        ring_ups.add_column(sa.Column("result", sa.String(), nullable=True))
        ring_ups.create_foreign_key(op.f("fk_ring_ups_case_id"), "cases", ["case_id"], ["id"])
        ring_ups.create_index("ix_ring_ups_case_id", ["case_id"])
    op.create_table(
        "spot_visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reply_number", sa.Integer(), nullable=True),
        sa.Column("visited_at", MOMENT, nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("people", sa.String(), nullable=False),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["spot_lines.id"], name=op.f("fk_spot_visits_line_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_spot_visits_case_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["people.id"], name=op.f("fk_spot_visits_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_visits")),
    )
    op.create_index("ix_spot_visits_line_id", "spot_visits", ["line_id", "id"])
    op.create_index("ix_spot_visits_case_id", "spot_visits", ["case_id"])


def downgrade() -> None:
    """Call-backs go with the requests for their numbers: without an occasion each would be a question nobody asked."""
    op.drop_table("spot_visits")
    op.execute("DELETE FROM vault_openings WHERE ring_up_id IN (SELECT id FROM ring_ups WHERE occasion = 'call_back')")
    op.execute("DELETE FROM ring_ups WHERE occasion = 'call_back'")
    with op.batch_alter_table("ring_ups") as ring_ups:
        ring_ups.drop_index("ix_ring_ups_case_id")
        ring_ups.drop_constraint(op.f("fk_ring_ups_case_id"), type_="foreignkey")
        ring_ups.drop_column("result")
        ring_ups.drop_column("case_id")
        ring_ups.drop_column("occasion")
    op.drop_column("reply_points", "returned_for")
    for name in ("reply_remarks", "reply_spots", "reply_measures", "reply_sources"):
        op.drop_table(name)
