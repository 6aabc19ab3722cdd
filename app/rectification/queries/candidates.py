"""Cases that a cycle can be opened for: reviewed, with something to put right, and none opened yet."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import load_only

from app.db import session
from app.domain.case import Case, Completion, Verdict
from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.rectification import Rectification
from app.domain.region import Region
from app.domain.scope import scoped
from app.domain.workflow.vocabulary import CaseState
from app.kernel.text import excerpt
from app.rectification.commands import Wish
from app.web.paging import Page, read_page

SHOWN = (Case.number, Case.key, Case.area_printed, Case.handover_text, Case.verdict, Case.completion)
REVIEWED = (CaseState.PASSED, CaseState.PUBLISHED)
LONG = 90


@dataclass(frozen=True)
class Candidate:
    """What the locality may see of a case, and no more: never the reporter's words."""

    id: int
    number: str
    key: bool
    area: Region | None
    area_printed: str
    unit: str
    text: str
    verdict: Verdict | None
    completion: Completion | None


def candidates(actor: Actor, inspection: Inspection, wish: Wish) -> tuple[Page[Candidate], int]:
    """One page of them, the latest handed over first, and how many there are."""
    query = scoped(actor, Case).where(
        Case.inspection_id == inspection.id,
        Case.state.in_(REVIEWED),
        Case.verdict.is_not(None),
        Case.verdict != str(Verdict.UNFOUNDED),
        Case.lead_unit_id.is_not(None),
        ~select(Rectification.id).where(Rectification.case_id == Case.id).exists(),
    )
    if wish.number:
        query = query.where(Case.number.icontains(wish.number, autoescape=True))
    total = session().scalar(select(func.count()).select_from(query.with_only_columns(Case.id).subquery()))
    page = read_page(
        session(),
        query.options(load_only(*SHOWN)),
        by=Case.id,
        key=Case.id,
        cursor=wish.cursor,
        make=lambda row: _candidate(row[0]),
        key_of=lambda row: row[0].id,
    )
    return page, total or 0


def _candidate(case: Case) -> Candidate:
    return Candidate(
        id=case.id,
        number=case.number,
        key=case.key,
        area=case.area,
        area_printed=case.area_printed,
        unit=case.lead_unit.label if case.lead_unit else "",
        text=excerpt(case.handover_text, LONG),
        verdict=Verdict(case.verdict) if case.verdict else None,
        completion=Completion(case.completion) if case.completion else None,
    )
