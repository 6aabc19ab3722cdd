"""What somebody finds among the cases they may see: by number, and by the words that were handed over."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.casework.queries.listing import CaseRow, told_of
from app.db import session
from app.domain.case import Case
from app.domain.people import Actor
from app.domain.search import Pieces, Results, Sought, Term, excerpt, find_cases, paged


@dataclass(frozen=True)
class FoundCase:
    """`number` and `pieces` are cut where the words stand."""

    row: CaseRow
    number: Pieces
    pieces: Pieces


def search_cases(actor: Actor, inspection_id: int, sought: Sought) -> Results[FoundCase]:
    found = find_cases(session(), actor, inspection_id, sought.asked, area=sought.area)
    return paged(sought, found, lambda ids, wanted: _rows(actor, ids, wanted))


def _rows(actor: Actor, ids: Sequence[int], wanted: Sequence[Term]) -> list[FoundCase]:
    """Read within the actor's scope once more: an index is no permission."""
    rows = told_of(actor, ids)
    query = select(Case.id, Case.handover_text, Case.points).where(Case.id.in_(rows))
    said = {id_: [text, *points] for id_, text, points in session().execute(query)} if rows else {}
    return [
        FoundCase(rows[one], excerpt([rows[one].number], wanted), excerpt(said[one], wanted))
        for one in ids
        if one in rows
    ]
