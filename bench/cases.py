"""`python -m bench cases [count] [database …]`: the list of cases at 10,000 and at 1,000,000 reports' worth of cases.

For an inspector, who sees the whole inspection, page by page and pair by pair; and for a county's officer, whose unit
has 2,000 cases in an inspection of that size, beside one whose unit has 50. Every call is the whole page, through the
application; each time stands beside that at the smaller.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.db import db, session, transaction
from app.domain.batch import Batch
from app.domain.case import Case, Verdict
from app.domain.docket import DocketLine
from app.domain.people import Person, PersonRole, Unit, UnitKind
from app.domain.region import areas_of
from app.domain.workflow.vocabulary import CaseState, Role
from app.kernel import clock
from bench.installations import Bench, bench
from bench.million import CITY, case_of, fill
from bench.pages import statements_of
from bench.queue import AIM_STATEMENTS, LARGE, OVER, SMALL, Filled, Pages, compare, named, pairs_of

PAGE = "/staff/casework/"
OF_A_BATCH, DEEP = 150, 50_000
MANY, FEW = 2_000, 50
UNITS = {"of many": MANY, "of few": FEW}
OPEN = (
    CaseState.RECEIVED, CaseState.ASSIGNED, CaseState.ASSIGNED, CaseState.INVESTIGATING, CaseState.INVESTIGATING,
    CaseState.SIGNING, CaseState.CITY_REVIEW, CaseState.TEAM_REVIEW, CaseState.SECOND_CHECK, CaseState.RETURNED,
    CaseState.PASSED, CaseState.DISPUTED,
)  # fmt: skip
COMMON = {
    "state": "published", "type": "air", "verdict": "partly", "key": "yes", "late": "yes", "batch": "3", "begins": "",
}  # fmt: skip


@contextmanager
def filled(database: str, size: int) -> Iterator[tuple[Filled, Filled, Filled]]:
    """For an inspector; for an officer of a unit of many cases, and of one of few."""
    with bench(database, reports=0) as made:
        with made.app.app_context():
            area, begins = _fill(made, size)
            db.session.remove()
        whole = Filled(made, size, area, begins, PAGE)
        yield whole, replace(whole, person="of many"), replace(whole, person="of few")


def _fill(made: Bench, size: int) -> tuple[str, str]:
    """The busiest area, and the first day of the newest case's month."""
    ours = made.cast.ours
    with transaction() as current:
        areas = [region.code for region in areas_of(current, CITY)]
        counties = {area: _unit(current, made.cast.units["city"], f"county {area}", area) for area in areas}
        batches = _batches(current, ours, size // OF_A_BATCH + 1)
        fill(current.connection(), [ours], areas, size, over=OVER, case=lambda row: _case(row, counties, batches))
        for name, count in UNITS.items():
            _county(current, made, name, count)
    if made.database == "postgresql":  # what autovacuum does in service
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    counted = select(Case.area_code).where(Case.inspection_id == ours).group_by(Case.area_code)
    area = session().scalars(counted.order_by(func.count().desc()).limit(1)).one()
    newest = session().scalar(select(func.max(Case.handed_over_at)).where(Case.inspection_id == ours))
    return str(area), clock.local_date(newest or clock.now()).replace(day=1).isoformat()


def _case(row: Mapping[str, Any], counties: Mapping[str, int], batches: list[int]) -> dict[str, Any]:
    """In every state of the way; three in five of the open ones have replied, one in nine of all too late."""
    number, laid = row["id"], case_of(row)
    published = laid["state"] == CaseState.PUBLISHED
    replied = published or number % 5 > 1
    if not published:
        laid["state"] = str(OPEN[number % len(OPEN)])
    return laid | {
        "batch_id": batches[number // OF_A_BATCH % len(batches)],
        "lead_unit_id": None if laid["state"] == CaseState.RECEIVED else counties[row["area_code"]],
        "replied_at": row["received_at"] + timedelta(days=9 if number % 9 == 0 else 5) if replied else None,
        "verdict": str([*Verdict][number % len(Verdict)]) if published else None,
    }


def _unit(current: Session, city: int, name: str, region: str) -> int:
    unit = Unit(code=name, name=name, kind=str(UnitKind.COUNTY), region_code=region, parent_id=city)
    current.add(unit)
    current.flush()
    unit.path = f"{current.get_one(Unit, city).path}{unit.id}/"
    current.flush()
    return unit.id


def _batches(current: Session, inspection: int, count: int) -> list[int]:
    moments = dict.fromkeys(("window_from", "window_to", "closed_at", "handed_over_at", "signed_at"), clock.now())
    rows = [
        moments | {"inspection_id": inspection, "ordinal": number, "sub": 0, "manifest": [], "manifest_hash": ""}
        for number in range(1, count + 1)
    ]
    current.execute(insert(Batch), rows)
    return list(current.scalars(select(Batch.id).order_by(Batch.ordinal)))


def _county(current: Session, made: Bench, name: str, count: int) -> None:
    """A unit with so many of the newest cases, and its officer."""
    taken = select(Unit.id).where(Unit.code.in_(UNITS))
    free = Case.lead_unit_id.is_not(None), Case.lead_unit_id.not_in(taken)
    ids = current.scalars(select(Case.id).where(*free).order_by(Case.id.desc()).limit(count)).all()
    unit = _unit(current, made.cast.units["city"], name, CITY)
    current.execute(update(Case).where(Case.id.in_(ids)).values(lead_unit_id=unit))
    role = PersonRole(role=str(Role.OFFICER), inspection_id=made.cast.ours, unit_id=unit)
    officer = Person(login=name, name=name, password_hash="unset", roles=[role])
    current.add(officer)
    current.flush()
    made.cast.people[name] = officer.id


def deep(one: Filled) -> str:
    """The cursor of page 1,000 of all, or of the last page but one where there are fewer."""
    every = select(DocketLine.case_id).where(DocketLine.inspection_id == one.made.cast.ours, DocketLine.heading == "")
    with one.made.app.app_context():
        count = session().scalar(select(func.count()).select_from(every.subquery())) or 0
        newest = every.order_by(DocketLine.handed_at.desc(), DocketLine.case_id.desc())
        found = session().scalar(newest.offset(min(DEEP, count * 9 // 10) - 1).limit(1))
        db.session.remove()
    return str(found or "")


def asked_pairs(one: Filled) -> list[dict[str, str]]:
    """Every pair of filters, each set to what is common, of all states and of what is open."""
    pairs = pairs_of(COMMON | {"area": one.area, "begins": one.begins})
    still = [
        {"state": "ongoing"} | {k: v for k, v in pair.items() if k != "state"}
        for pair in pairs
        if pair["state"] == "all" and "verdict" not in pair  # which only what is published has here
    ]
    return [*pairs, *still, {"mine": "yes"}, {"mine": "yes", "area": one.area}, {"state": "team_review", "late": "yes"}]


def measure_cases(database: str, say: Callable[[str], None], large: int = LARGE) -> None:
    """Print every page at both sizes with their ratio; the aims stand beside the worst of each."""
    with ExitStack() as stack:
        few, *_counties = stack.enter_context(filled(database, SMALL))
        began = time.perf_counter()
        many, of_many, of_few = stack.enter_context(filled(database, large))
        took = time.perf_counter() - began
        say(f"\ncases, {database}, of {SMALL} and {large} reports ({took:.0f} s to fill), an inspector")
        pages: Pages = {
            "open, first page": ({}, {}),
            "all, first page": ({"state": "all"}, {"state": "all"}),
            "all, page 1,000": ({"state": "all", "page": deep(few)}, {"state": "all", "page": deep(many)}),
        }
        pages |= {named(a): (a, b) for a, b in zip(asked_pairs(few), asked_pairs(many), strict=True)}
        compare(few, many, pages, say)
        say(f"statements: {statements_of(many.made, many.page(state='all'))} (aim: at most {AIM_STATEMENTS})")
        say(f"\na county's officer, {FEW} cases and {MANY}, both among those of {large} reports")
        own: list[dict[str, str]] = [{}, {"state": "all"}, {"mine": "yes"}, {"late": "yes"}]
        own += [{"state": "all", "type": "air"}, {"state": "all", "key": "yes", "area": many.area}]
        compare(of_few, of_many, {named(one) or one.get("state", "open"): (one, one) for one in own}, say)
        say(f"statements: {statements_of(of_many.made, of_many.page(state='all'))} (aim: at most {AIM_STATEMENTS})")
