"""The documents of a batch as they stand: which are ready, which wait, which could not be made, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.batches.queries.listing import cases_of, on_team
from app.batches.queries.sent import sent_row
from app.db import session
from app.domain.batch import Batch
from app.domain.case import Case
from app.domain.holidays import work_calendar
from app.domain.papers.making import Work, work_on
from app.domain.papers.paper import OF_THE_BATCH, Paper, PaperKind
from app.domain.people import Actor
from app.domain.scope import load
from app.domain.workflow.vocabulary import Clock
from app.kernel import clock
from app.kernel.errors import NotFound


@dataclass(frozen=True)
class PaperRow:
    """One document. `problem`: a sentence and its parameters, when it could not be made."""

    kind: PaperKind
    number: str
    case_id: int | None
    ready: bool
    size: int
    sha256: str
    problem: dict[str, Any] | None


@dataclass(frozen=True)
class Papers:
    """Of one batch. `planned`: whether everything it should have is at least written down; `later`: what cannot be
    made before hand-over.
    """

    batch_id: int
    label: str
    of_the_batch: list[PaperRow]
    orders: list[PaperRow]
    planned: bool
    handed_over: bool
    team: bool

    @property
    def rows(self) -> list[PaperRow]:
        return [*self.of_the_batch, *self.orders]

    @property
    def ready(self) -> int:
        return sum(row.ready for row in self.rows)

    @property
    def problems(self) -> int:
        return sum(row.problem is not None for row in self.rows)

    @property
    def waiting(self) -> int:
        return len(self.rows) - self.ready - self.problems


def papers(actor: Actor, batch_id: int) -> Papers:
    """Raises NotFound alike for a missing batch and one this actor may not see."""
    batch = load(session(), actor, Batch, batch_id)
    work = work_for(session(), batch)
    wanted = work.wanted()
    query = select(Paper).where(Paper.batch_id == batch.id)
    known = {(PaperKind(one.kind), one.number): one for one in session().scalars(query)}
    kept = {key: one.made_of for key, one in known.items()}
    fitting = {key: known[key] for key, digest in wanted.items() if key in kept and work.fits(kept[key], digest)}
    cases = session().execute(select(Case.number, Case.id).where(Case.batch_id == batch.id))
    ids = {number: id_ for number, id_ in cases}  # noqa: C416  (rows, not pairs)
    rows = [_row(kind, number, ids.get(number), fitting.get((kind, number))) for kind, number in wanted]
    return Papers(
        batch_id=batch.id,
        label=batch.label,
        of_the_batch=[row for kind in OF_THE_BATCH for row in rows if row.kind == kind],
        orders=[row for row in rows if row.kind == PaperKind.ORDER],
        planned=len(fitting) == len(wanted),
        handed_over=batch.handed_over_at is not None,
        team=on_team(actor, batch.inspection_id),
    )


def _row(kind: PaperKind, number: str, case_id: int | None, paper: Paper | None) -> PaperRow:
    if paper is None:
        return PaperRow(kind, number, case_id, ready=False, size=0, sha256="", problem=None)
    return PaperRow(kind, number, case_id, paper.is_ready, paper.size, paper.sha256, paper.problem)


def work_for(current: Session, batch: Batch, *, handing: bool = False) -> Work:
    """What its documents are made from: the frozen manifest, or before hand-over what it would be today."""
    rows = batch.manifest if batch.handed_over_at else rows_to_send(current, batch)
    return work_on(current, batch, rows, handing=handing)


def rows_to_send(current: Session, batch: Batch) -> Sequence[dict[str, Any]]:
    """The rows of a batch that has not been handed over, with the feedback day they would get now."""
    moment = batch.handed_over_at or clock.now()
    due = batch.inspection.deadline(Clock.FEEDBACK, moment, work_calendar(current))
    return [replace(sent_row(case), due_on=due.day, due_announced=due.announced).keep() for case in cases_of(batch.id)]


def batch_of_case(actor: Actor, case_id: int) -> tuple[Batch, str]:
    """The frozen batch a case of this actor's was handed over in, and its number there. Raises NotFound."""
    case = load(session(), actor, Case, case_id)
    if case.batch is None or (case.batch.handed_over_at is None and not on_team(actor, case.inspection_id)):
        raise NotFound
    return case.batch, case.number
