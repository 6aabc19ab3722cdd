"""Making the documents of a batch: what is wanted, what waits, and one after the other made and kept.

Each is a step of its own that can be done twice: a worker that dies leaves nothing half made, and the next goes on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import storage
from app.db import session, transaction
from app.domain.batch import Batch
from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.papers import books, bound, plain, word
from app.domain.papers.facts import Facts, Row, facts_of, told, told_of_all
from app.domain.papers.filling import fill
from app.domain.papers.paper import AFTER_HAND_OVER, OF_THE_BATCH, Paper, PaperKind
from app.domain.papers.telling import told_of_bulletin, told_of_letter, told_of_table
from app.domain.papers.templates import Templates, templates_of
from app.domain.tables.bulletin import bulletin
from app.kernel import clock, crypto
from app.kernel.errors import Refused

MAKE = "papers.make"
MADE_BY = 2
"""Counted up when documents come out otherwise of the same facts, so that they are made anew."""
BOM = "utf-8-sig"
OF_THE_MANIFEST = {PaperKind.LIST: books.list_of_cases, PaperKind.KINDS: books.kinds}
Wanted = tuple[PaperKind, str]


@dataclass(frozen=True)
class Work:
    """What the documents of one batch are made from, read once. `handing`: it is being handed over just now."""

    inspection: Inspection
    batch: Batch
    facts: Facts
    templates: Templates
    handing: bool = False

    def wanted(self) -> dict[Wanted, str]:
        """Every document this batch has now, and the digests of what goes into it: of its facts, and of its wording."""
        all_of_it = self.facts.of_all()
        found = {(PaperKind.ORDER, row["number"]): self._digest(PaperKind.ORDER, row) for row in self.facts.rows}
        for kind in OF_THE_BATCH:
            if self.batch.handed_over_at is not None or kind not in AFTER_HAND_OVER:
                found[kind, ""] = f"{all_of_it}.{self._wording(kind)}"
        return found

    def fits(self, kept: str, wanted: str | None) -> bool:
        """Whether a document may stay. After hand-over it stays as it was issued, whatever became of its template."""
        if wanted is None or self.batch.handed_over_at is None or self.handing:
            return kept == wanted
        return kept.partition(".")[0] == wanted.partition(".")[0]

    def _digest(self, kind: PaperKind, row: Row) -> str:
        return f"{self.facts.of_case(row)}.{self._wording(kind)}"

    def _wording(self, kind: PaperKind) -> str:
        return crypto.digest([MADE_BY, kind, self.templates.digest(kind)])[:16]

    def digest_of_order(self, number: str) -> str | None:
        """The digest of one case's order; None when the batch has no such case."""
        row = next((row for row in self.facts.rows if row["number"] == number), None)
        return None if row is None else self._digest(PaperKind.ORDER, row)

    def content(self, kind: PaperKind, number: str) -> bytes:
        """Make one document. Raises Refused, in a sentence, when it cannot be made."""
        facts = self.facts
        if kind == PaperKind.ORDER:
            row = next(row for row in facts.rows if row["number"] == number)
            return word.filled_in(self.templates.content(kind), told_of_all(facts) | told(facts, row))
        if kind == PaperKind.LETTER:
            return word.filled_in(self.templates.content(kind), told_of_letter(facts))
        template = self.templates.text(kind)
        if kind == PaperKind.ORDERS:
            return bound.orders(facts, template)
        if kind in OF_THE_MANIFEST:
            return OF_THE_MANIFEST[kind](facts, plain.filled_in(template, told_of_table(facts)))
        told_today = bulletin(session(), self.inspection, self.batch)
        words = told_of_bulletin(facts, told_today)
        if kind == PaperKind.COUNTS:
            return books.counts(told_today, plain.filled_in(template, words))
        return fill(template, words).encode(BOM)


def work_on(current: Session, batch: Batch, rows: Sequence[Row], *, handing: bool = False) -> Work:
    """`rows`: the frozen manifest, or before hand-over what it would be."""
    inspection = batch.inspection
    facts, templates = facts_of(current, inspection, batch, rows), templates_of(current, inspection.id)
    return Work(inspection, batch, facts, templates, handing)


def plan(current: Session, work: Work) -> list[str]:
    """Write down what is to be made, in the caller's transaction; what is kept already and still right stays.

    Gives the names of files that nothing speaks of any more, to be dropped after the commit.
    """
    query = select(Paper).where(Paper.batch_id == work.batch.id)
    known: Mapping[tuple[str, str], Paper] = {(one.kind, one.number): one for one in current.scalars(query)}
    wanted, dropped = work.wanted(), []
    for key, paper in known.items():
        if key not in wanted:
            dropped.append(paper.file_name)
            current.delete(paper)
        elif not work.fits(paper.made_of, wanted[PaperKind(key[0]), key[1]]):
            dropped.append(paper.file_name)
            paper.made_of, paper.problem = wanted[PaperKind(key[0]), key[1]], None
            paper.file_name, paper.sha256, paper.size, paper.made_at = None, "", 0, None
        else:
            paper.problem = None
    current.add_all(
        Paper(batch_id=work.batch.id, kind=str(kind), number=number, made_of=digest)
        for (kind, number), digest in wanted.items()
        if (kind, number) not in known
    )
    return [name for name in dropped if name]


def make_waiting(house: Installation, work: Work) -> None:
    """Make whatever of this batch waits, one by one; each is committed before the next begins."""
    query = select(Paper.id, Paper.kind, Paper.number, Paper.made_of).where(
        Paper.batch_id == work.batch.id, Paper.file_name.is_(None), Paper.problem.is_(None)
    )
    wanted = work.wanted()
    rows = session().execute(query.order_by(Paper.id)).all()
    waiting = [row for row in rows if work.fits(row.made_of, wanted.get((PaperKind(row.kind), row.number)))]
    session().rollback()
    for row in waiting:
        _make(house, work, row)


def has_order(current: Session, batch_id: int | None, number: str) -> bool:
    """Whether a case's order has been made, so that a page need not offer one that is not there."""
    here = (Paper.batch_id == batch_id, Paper.kind == str(PaperKind.ORDER), Paper.number == number)
    return current.scalar(select(Paper.id).where(*here, Paper.file_name.is_not(None))) is not None


def _make(house: Installation, work: Work, row: Any) -> None:
    problem: dict[str, Any] | None = None
    try:
        content = work.content(PaperKind(row.kind), row.number)
    except Refused as refused:
        content, problem = (
            b"",
            {"message": refused.message, "params": {name: str(value) for name, value in refused.params.items()}},
        )
    name = storage.keep(house.files, content) if problem is None else None
    with transaction() as writing:
        paper = writing.get(Paper, row.id, with_for_update=True)
        late = paper is None or paper.is_ready or paper.made_of != row.made_of
        if paper is not None and not late:
            paper.file_name, paper.problem, paper.made_at = name, problem, clock.now()
            paper.sha256, paper.size = sha256(content).hexdigest(), len(content)
    if late and name:
        storage.drop(house.files, name)
