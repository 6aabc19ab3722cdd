"""The list of batches, and one batch: with its cases for the team, as it was sent for the city."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.batches.queries.sent import SentRow, Sums, fingerprint, is_sound, sent_row, sums
from app.db import session
from app.domain.batch import Batch, BatchStage
from app.domain.case import Case
from app.domain.history import Past, history
from app.domain.papers.paper import Paper
from app.domain.people import Actor, Reach
from app.domain.scope import WHOLE_INSPECTION, load, scoped
from app.domain.workflow.case import CASE
from app.domain.workflow.vocabulary import CaseAction, CaseState
from app.kernel.errors import NotFound


@dataclass(frozen=True)
class BatchRow:
    """A batch in the list. Its window is the team's alone."""

    id: int
    label: str
    stage: BatchStage
    cases: int
    window_from: datetime | None
    window_to: datetime | None
    handed_over_at: datetime | None
    signed_at: datetime | None


@dataclass(frozen=True)
class TeamSide:
    """What only the team sees of a batch. `cases` as (id, number); `seen` is what a decision must be about."""

    window_from: datetime
    window_to: datetime
    cases: list[tuple[int, str]]
    past: list[Past]
    seen: str


@dataclass(frozen=True)
class BatchView:
    """One batch. `rows` is what is sent, exactly; `sound` says whether a frozen one still is what it was. `papers`: how
    many of its documents are ready, of how many that were asked for.
    """

    id: int
    label: str
    stage: BatchStage
    handed_over_at: datetime | None
    signed_at: datetime | None
    manifest_hash: str
    sound: bool
    rows: list[SentRow]
    sums: Sums
    may: frozenset[CaseAction]
    papers: tuple[int, int]
    team: TeamSide | None


BATCH_ACTIONS = {
    BatchStage.CLOSED: (CaseState.BATCHED, (CaseAction.HAND_OVER, CaseAction.TAKE_OUT)),
    BatchStage.HANDED_OVER: (CaseState.HANDED_OVER, (CaseAction.SIGN_FOR,)),
}
"""What can be done with a whole batch: that which its cases' table says of each of them."""


def on_team(actor: Actor, inspection_id: int) -> bool:
    return bool(actor.roles_over(Reach(inspection_id)) & WHOLE_INSPECTION)


def batches(actor: Actor, inspection_id: int) -> list[BatchRow]:
    """The newest first."""
    per_batch = select(Case.batch_id, func.count()).where(Case.inspection_id == inspection_id).group_by(Case.batch_id)
    counted: dict[int | None, int] = {row[0]: row[1] for row in session().execute(per_batch)}
    query = scoped(actor, Batch).where(Batch.inspection_id == inspection_id)
    found = session().scalars(query.order_by(Batch.ordinal.desc(), Batch.sub.desc()))
    team = on_team(actor, inspection_id)
    return [_row(batch, counted.get(batch.id, 0), team=team) for batch in found]


def _row(batch: Batch, cases: int, *, team: bool) -> BatchRow:
    return BatchRow(
        id=batch.id,
        label=batch.label,
        stage=batch.stage,
        cases=cases,
        window_from=batch.window_from if team else None,
        window_to=batch.window_to if team else None,
        handed_over_at=batch.handed_over_at,
        signed_at=batch.signed_at,
    )


def batch_view(actor: Actor, batch_id: int) -> BatchView:
    """Raises NotFound alike for a missing batch and one this actor may not see (the city: before hand-over)."""
    batch = load(session(), actor, Batch, batch_id)
    frozen = batch.stage != BatchStage.CLOSED
    team = on_team(actor, batch.inspection_id)
    cases = cases_of(batch.id) if team else []
    rows = [SentRow.read(kept) for kept in batch.manifest] if frozen else [sent_row(case) for case in cases]
    return BatchView(
        id=batch.id,
        label=batch.label,
        stage=batch.stage,
        handed_over_at=batch.handed_over_at,
        signed_at=batch.signed_at,
        manifest_hash=batch.manifest_hash,
        sound=not frozen or is_sound(batch),
        rows=rows,
        sums=sums(rows),
        may=may(actor, batch),
        papers=_papers(batch.id),
        team=_team_side(batch, cases) if team else None,
    )


def _papers(batch_id: int) -> tuple[int, int]:
    """How many documents are ready, of how many that were asked for."""
    counted = session().execute(select(func.count(Paper.file_name), func.count()).where(Paper.batch_id == batch_id))
    ready, asked = counted.one()
    return ready, asked


def cases_of(batch_id: int) -> list[Case]:
    """A batch's cases with their reports, in the order of their numbers."""
    query = select(Case).where(Case.batch_id == batch_id).order_by(Case.number)
    return list(session().scalars(query.options(joinedload(Case.report))))


def may(actor: Actor, batch: Batch) -> frozenset[CaseAction]:
    """What this actor may do with the batch in its present stage, by the case's table."""
    state, actions = BATCH_ACTIONS.get(batch.stage, (None, ()))
    roles = actor.roles_over(Reach(batch.inspection_id))
    rows = [row for action in actions if (row := CASE.row(state, action)) is not None]
    return frozenset(CaseAction(row.action) for row in rows if row.roles & roles)


def _team_side(batch: Batch, cases: list[Case]) -> TeamSide:
    return TeamSide(
        window_from=batch.window_from,
        window_to=batch.window_to,
        cases=[(case.id, case.number) for case in cases],
        past=history(session(), {"batch": [batch.id]}),
        seen=fingerprint(cases),
    )


def case_to_take_out(actor: Actor, batch_id: int, case_id: int) -> Case:
    """A case of this batch. Raises NotFound for one of another."""
    load(session(), actor, Batch, batch_id)
    case = load(session(), actor, Case, case_id)
    if case.batch_id != batch_id:
        raise NotFound
    return case
