"""What became of the published cases: what was found, and how far putting right has come. One definition of each."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.domain.case import Case, Verdict
from app.domain.inspection import Inspection
from app.domain.rectification import Rectification
from app.domain.tables.figures import PUBLISHED
from app.domain.workflow.vocabulary import RectificationState

OFF_THE_LIST = (RectificationState.SIGNED_OFF, RectificationState.CONSOLIDATED)
"""Signed off, and still so: a relapse opens a new cycle, and the case is signed off no longer."""


def _newest(case_id: Any) -> Any:
    """The number of a case's latest cycle."""
    other = aliased(Rectification)
    return (
        select(func.max(other.cycle)).where(other.case_id == case_id).correlate(Case, Rectification).scalar_subquery()
    )


STANDING = Rectification.cycle == _newest(Rectification.case_id)
"""The latest cycle of its case: earlier ones are its history."""
SIGNED_OFF = Case.id.in_(select(Rectification.case_id).where(STANDING, Rectification.state.in_(OFF_THE_LIST)))
SIGNED_OFF_AT = (
    select(Rectification.signed_off_at)
    .where(
        Rectification.case_id == Case.id,
        Rectification.cycle == _newest(Case.id),
        Rectification.state.in_(OFF_THE_LIST),
    )
    .correlate(Case)
    .scalar_subquery()
)
"""When the case was signed off; none while it is not."""


def verdicts(session: Session, inspection: Inspection) -> Mapping[Verdict | None, int]:
    """How many published cases were found what; None: not stated (imported rows)."""
    query = select(Case.verdict, func.count()).where(Case.inspection_id == inspection.id, PUBLISHED)
    found = {code: int(count) for code, count in session.execute(query.group_by(Case.verdict))}
    counted: dict[Verdict | None, int] = {verdict: found.get(str(verdict), 0) for verdict in Verdict}
    return counted | ({None: found[None]} if found.get(None) else {})


def rectifications(session: Session, inspection: Inspection) -> Mapping[RectificationState, int]:
    """How many published cases with something to put right stand where, by the latest cycle of each."""
    query = (
        select(Rectification.state, func.count())
        .join(Case, Case.id == Rectification.case_id)
        .where(Case.inspection_id == inspection.id, PUBLISHED, STANDING)
        .group_by(Rectification.state)
    )
    found = {code: int(count) for code, count in session.execute(query)}
    return {state: found.get(str(state), 0) for state in RectificationState}
