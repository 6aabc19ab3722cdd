"""the plan: its versions, changes proposed and decided, money, and how far each measure was in each month."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

MOMENT = sa.DateTime(timezone=True)
HERE = timezone(timedelta(hours=8))
MEASURES = sa.table(
    "measures",
    *(sa.column(name) for name in ("id", "rectification_id", "position", "text", "unit_id", "progress", "note")),
    sa.column("due_on", sa.Date()),
    sa.column("progress_at", MOMENT),
    sa.column("planned_at", MOMENT),
)
CYCLES = sa.table(
    "rectifications", sa.column("id"), sa.column("state"), sa.column("target"), sa.column("target_on", sa.Date()),
    sa.column("state_since", MOMENT),
)  # fmt: skip
ENTRIES = sa.table(
    "ledger_entries", *(sa.column(name) for name in ("noun", "noun_id", "action", "person_id")), sa.column("at", MOMENT)
)
UNITS = sa.table("units", sa.column("id"), sa.column("name"))
VERSIONS = sa.table(
    "plan_versions", *(sa.column(name) for name in ("rectification_id", "number", "adopted_by_id")),
    sa.column("adopted_at", MOMENT), sa.column("content", sa.JSON()),
)  # fmt: skip
MONTHS = sa.table(
    "monthly_progress", *(sa.column(name) for name in ("measure_id", "progress", "note")),
    sa.column("month", sa.Date()), sa.column("told_at", MOMENT),
)  # fmt: skip


def refusals(table: str) -> dict[str, list[str]]:
    """The statements that make a table refuse UPDATE and DELETE."""
    return {
        "sqlite": [
            f"CREATE TRIGGER {table}_no_{name} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} cannot be changed'); END"
            for name, verb in (("update", "UPDATE"), ("delete", "DELETE"))
        ],
        "postgresql": [
            (
                f"CREATE OR REPLACE FUNCTION {table}_unchangeable() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{table} cannot be changed'; END $$"
            ),
            (
                f"CREATE TRIGGER {table}_unchangeable BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_unchangeable()"
            ),
        ],
    }


def unprotect(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {table}_no_update")
        op.execute(f"DROP TRIGGER {table}_no_delete")
    else:
        op.execute(f"DROP TRIGGER {table}_unchangeable ON {table}")
        op.execute(f"DROP FUNCTION {table}_unchangeable()")


def upgrade() -> None:
    op.add_column("measures", sa.Column("cost", sa.Numeric(14, 2), nullable=True))
    op.add_column("measures", sa.Column("planned_at", MOMENT, nullable=True))
    op.add_column("measures", sa.Column("dropped_at", MOMENT, nullable=True))
    op.add_column("rectifications", sa.Column("plan_shown_at", MOMENT, nullable=True))
    _changes()
    _versions()
    _months()
    _fill(op.get_bind())
    for statement in refusals("plan_versions")[op.get_bind().dialect.name]:
        op.execute(statement)


def _changes() -> None:
    op.create_table(
        "plan_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rectification_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rectification_id"], ["rectifications.id"], name=op.f("fk_plan_changes_rectification_id")
        ),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["people.id"], name=op.f("fk_plan_changes_proposed_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_plan_changes_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_changes")),
    )
    op.create_index("ix_plan_changes_rectification_id", "plan_changes", ["rectification_id"], unique=False)


def _versions() -> None:
    op.create_table(
        "plan_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rectification_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("adopted_at", MOMENT, nullable=False),
        sa.Column("adopted_by_id", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rectification_id"], ["rectifications.id"], name=op.f("fk_plan_versions_rectification_id")
        ),
        sa.ForeignKeyConstraint(["adopted_by_id"], ["people.id"], name=op.f("fk_plan_versions_adopted_by_id")),
        sa.ForeignKeyConstraint(["change_id"], ["plan_changes.id"], name=op.f("fk_plan_versions_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_versions")),
        sa.UniqueConstraint("rectification_id", "number", name=op.f("uq_plan_versions_rectification_id_number")),
    )


def _months() -> None:
    op.create_table(
        "monthly_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("progress", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column("told_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_monthly_progress_measure_id")),
        sa.ForeignKeyConstraint(["told_by_id"], ["people.id"], name=op.f("fk_monthly_progress_told_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monthly_progress")),
        sa.UniqueConstraint("measure_id", "month", name=op.f("uq_monthly_progress_measure_id_month")),
    )


def _fill(connection: sa.Connection) -> None:
    """What stood before: the plan as it is becomes its first version, the last word on a measure its month's."""
    units = {row.id: row.name for row in connection.execute(sa.select(UNITS.c.id, UNITS.c.name))}
    measures: dict[int, list[Any]] = {}
    for row in connection.execute(sa.select(MEASURES).order_by(MEASURES.c.rectification_id, MEASURES.c.position)):
        measures.setdefault(row.rectification_id, []).append(row)
        if row.progress_at is not None:
            told = {"progress": row.progress, "note": row.note, "told_at": _aware(row.progress_at)}
            connection.execute(MONTHS.insert().values(measure_id=row.id, month=_month(row.progress_at), **told))
    adopted = sa.select(ENTRIES.c.at, ENTRIES.c.person_id).where(
        ENTRIES.c.noun == "rectification", ENTRIES.c.action == "adopt_plan"
    )
    for cycle in connection.execute(sa.select(CYCLES).where(CYCLES.c.state != "planning")).all():
        entry = connection.execute(adopted.where(ENTRIES.c.noun_id == cycle.id)).first()
        at = _aware(entry.at if entry else cycle.state_since)
        connection.execute(MEASURES.update().where(MEASURES.c.rectification_id == cycle.id).values(planned_at=at))
        connection.execute(
            VERSIONS.insert().values(
                rectification_id=cycle.id, number=1, adopted_at=at, adopted_by_id=entry.person_id if entry else None,
                content=_content(cycle, measures.get(cycle.id, []), units),
            )
        )  # fmt: skip


def _content(cycle: Any, measures: list[Any], units: dict[int, str]) -> dict[str, Any]:
    return {
        "target": cycle.target,
        "target_on": cycle.target_on.isoformat() if cycle.target_on else None,
        "measures": [
            {
                "position": one.position,
                "text": one.text,
                "unit_id": one.unit_id,
                "unit": units.get(one.unit_id, ""),
                "due_on": one.due_on.isoformat(),
                "cost": None,
            }
            for one in measures
        ],
    }


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _month(moment: datetime) -> date:
    return _aware(moment).astimezone(HERE).date().replace(day=1)


def downgrade() -> None:
    unprotect("plan_versions")
    op.drop_table("monthly_progress")
    op.drop_table("plan_versions")
    op.drop_index("ix_plan_changes_rectification_id", table_name="plan_changes")
    op.drop_table("plan_changes")
    op.execute("DELETE FROM measures WHERE dropped_at IS NOT NULL")
    op.drop_column("rectifications", "plan_shown_at")
    for name in ("dropped_at", "planned_at", "cost"):
        op.drop_column("measures", name)
