"""The sign-offs 「销号」: cases whose putting right was accepted, step by step, and taken off the list."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.db import session
from app.domain.case import Case
from app.domain.inspection import Inspection
from app.domain.people import Unit
from app.domain.rectification import Notice, Rectification
from app.domain.region import Region
from app.domain.tables.figures import PUBLISHED
from app.domain.tables.outcomes import OFF_THE_LIST, STANDING
from app.domain.workflow.vocabulary import RectificationState
from app.kernel import clock
from app.web.paging import Page, read_page


@dataclass(frozen=True)
class SignOff:
    """The printed columns of 销号公示 that rest on published texts. `notice`: its period, if there was one."""

    id: int
    number: str
    problem: str
    unit: str
    target: str
    handling: str
    area_zh: str
    area_en: str
    state: RectificationState
    signed_on: date
    notice: tuple[int, date, date] | None


def sign_offs(inspection: Inspection, cursor: str = "") -> Page[SignOff]:
    """The latest first; of each case only its latest cycle."""
    query: Any = (
        select(
            Rectification.id,
            Rectification.state,
            Rectification.signed_off_at,
            Case.number,
            Case.publication_problem,
            Case.publication_target,
            Case.publication_handling,
            Case.area_printed,
            Unit.name.label("unit"),
            Region.zh,
            Region.en,
            Notice.id.label("notice_id"),
            Notice.starts_on,
            Notice.ends_on,
        )
        .join(Case, Case.id == Rectification.case_id)
        .outerjoin(Unit, Unit.id == Case.lead_unit_id)
        .outerjoin(Region, Region.code == Case.area_code)
        .outerjoin(
            Notice, (Notice.rectification_id == Rectification.id) & (Notice.climb == Rectification.climb)
        )
        .where(
            Case.inspection_id == inspection.id, PUBLISHED, STANDING, Rectification.state.in_(OFF_THE_LIST),
            Rectification.signed_off_at.is_not(None),
        )
    )  # fmt: skip
    return read_page(
        session(), query, by=Rectification.signed_off_at, key=Rectification.id, cursor=cursor, make=_sign_off
    )


def _sign_off(row: Any) -> SignOff:
    return SignOff(
        id=row.id,
        number=row.number,
        problem=row.publication_problem,
        unit=row.unit or "",
        target=row.publication_target,
        handling=row.publication_handling,
        area_zh=row.zh or row.area_printed,
        area_en=row.en or row.area_printed,
        state=RectificationState(row.state),
        signed_on=clock.local_date(row.signed_off_at),
        notice=(row.notice_id, row.starts_on, row.ends_on) if row.notice_id else None,
    )
