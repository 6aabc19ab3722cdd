"""ladders as data, signatures, deputies, printed notices: every ladder and cycle there is keeps its steps as they are."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

ROLES = {
    "self_check": "unit_leader",
    "county": "acceptor",
    "department": "acceptor",
    "city": "acceptor",
    "notice": "coordinator",
    "signature": "unit_leader",
    "sign_off": "leader",
    "filing": None,
    "look_back": "inspector",
}
BEFORE = ("order", "orders", "letter", "list", "counts", "kinds", "bulletin")
FORMS = ("step_check", "step_acceptance", "step_notice", "step_sign_off")
EMPTY = sa.text("'{}'")
MOMENT = sa.DateTime(timezone=True)
LADDERS = (("inspections", "settings"), ("rectifications", "ladder"))


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def protect() -> None:
    """A signed step refuses UPDATE and DELETE."""
    if is_sqlite():
        for name, verb in (("update", "UPDATE"), ("delete", "DELETE")):
            op.execute(
                f"CREATE TRIGGER ladder_steps_no_{name} BEFORE {verb} ON ladder_steps WHEN (OLD.signed_at IS NOT NULL) "
                "BEGIN SELECT RAISE(ABORT, 'ladder_steps cannot be changed'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION ladder_steps_unchangeable() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'ladder_steps cannot be changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER ladder_steps_unchangeable BEFORE UPDATE OR DELETE ON ladder_steps "
        "FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION ladder_steps_unchangeable()"
    )


def unprotect() -> None:
    if is_sqlite():
        op.execute("DROP TRIGGER ladder_steps_no_update")
        op.execute("DROP TRIGGER ladder_steps_no_delete")
    else:
        op.execute("DROP TRIGGER ladder_steps_unchangeable ON ladder_steps")
        op.execute("DROP FUNCTION ladder_steps_unchangeable()")


def rung(kept: object) -> dict[str, object]:
    """A step as it was, a bare kind, as it is kept from now on: signed by whom it was signed, nothing more asked."""
    if isinstance(kept, dict):
        return kept
    return {"kind": kept, "role": ROLES[str(kept)], "said": [], "attached": [], "days": 0, "form": None}


def kind(kept: object) -> object:
    return kept["kind"] if isinstance(kept, dict) else kept


def rewrite(step: Callable[[object], object]) -> None:
    """Every ladder that is kept, in settings and in cycles, step by step."""
    bind = op.get_bind()
    for name, column in LADDERS:
        table = sa.table(name, sa.column("id", sa.Integer()), sa.column(column, sa.JSON()))
        for row in bind.execute(sa.select(table)).all():
            kept = row[1]
            found = kept.get("ladder") if isinstance(kept, dict) else kept
            if found is None:
                continue
            made = [step(one) for one in found]
            whole = {**kept, "ladder": made} if isinstance(kept, dict) else made
            bind.execute(table.update().where(table.c.id == row[0]).values({column: whole}))


def templates_may_be(kinds: tuple[str, ...]) -> None:
    with op.batch_alter_table("paper_templates") as table:
        table.drop_constraint(op.f("ck_paper_templates_kind"), type_="check")
        words = ", ".join(f"'{one}'" for one in kinds)
        table.create_check_constraint(op.f("ck_paper_templates_kind"), f"kind IN ({words})")


def upgrade() -> None:
    with op.batch_alter_table("ladder_steps") as table:
        table.add_column(sa.Column("role", sa.String(), nullable=True))
        table.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("signed_for_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("lines", sa.JSON(), nullable=False, server_default=EMPTY))
        table.add_column(sa.Column("seal", sa.JSON(), nullable=False, server_default=EMPTY))
        table.create_foreign_key(op.f("fk_ladder_steps_signed_for_id"), "people", ["signed_for_id"], ["id"])
    with op.batch_alter_table("ladder_steps") as table:
        table.alter_column("lines", server_default=None)
        table.alter_column("seal", server_default=None)
    with op.batch_alter_table("notices") as table:
        table.add_column(sa.Column("printed", sa.JSON(), nullable=False, server_default=EMPTY))
    with op.batch_alter_table("notices") as table:
        table.alter_column("printed", server_default=None)
    for step, role in ROLES.items():
        steps = sa.table("ladder_steps", sa.column("kind", sa.String()), sa.column("role", sa.String()))
        op.execute(steps.update().where(steps.c.kind == step).values(role=role))
    rewrite(rung)
    templates_may_be((*BEFORE, *FORMS))
    op.create_table(
        "deputies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("named_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("person_id <> deputy_id", name=op.f("ck_deputies_another")),
        sa.ForeignKeyConstraint(["deputy_id"], ["people.id"], name=op.f("fk_deputies_deputy_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_deputies_inspection_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_deputies_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputies")),
    )
    op.create_index("ix_deputies_deputy_id", "deputies", ["deputy_id"])
    op.create_index("ix_deputies_person_id", "deputies", ["person_id"])
    protect()


def downgrade() -> None:
    unprotect()
    op.drop_index("ix_deputies_person_id", table_name="deputies")
    op.drop_index("ix_deputies_deputy_id", table_name="deputies")
    op.drop_table("deputies")
    forms = sa.table("paper_templates", sa.column("kind", sa.String()))
    op.execute(forms.delete().where(forms.c.kind.in_(FORMS)))
    templates_may_be(BEFORE)
    rewrite(kind)
    with op.batch_alter_table("notices") as table:
        table.drop_column("printed")
    with op.batch_alter_table("ladder_steps") as table:
        table.drop_constraint(op.f("fk_ladder_steps_signed_for_id"), type_="foreignkey")
        for name in ("seal", "lines", "signed_for_id", "due_on", "role"):
            table.drop_column(name)
