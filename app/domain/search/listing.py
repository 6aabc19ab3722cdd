"""A page of what was found: each report with the stretch of it in which the words stand, marked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.people import Actor
from app.domain.region import Region
from app.domain.report import Channel, Report
from app.domain.scope import within
from app.domain.search.finding import MOST, Found, find
from app.domain.search.marking import Pieces, excerpt
from app.domain.search.report_index import later_words
from app.domain.search.words import Term, terms
from app.domain.workflow.vocabulary import ReportState
from app.kernel import clock

R = TypeVar("R")
SIZE = 20
LONGEST = 200
"""Characters of a question; what comes after is left out, and the page says so."""
SHOWN = ("description", "place", "address", "polluter", "foreign_number", "earlier")


@dataclass(frozen=True)
class Sought:
    """What was typed and chosen, as it was."""

    words: str = ""
    area: str = ""
    page: str = ""

    @property
    def asked(self) -> str:
        return self.words[:LONGEST]


@dataclass(frozen=True)
class Row:
    """One report that was found. `number` and `pieces` are cut where the words stand; `beside`: place and polluter."""

    id: int
    number: Pieces
    pieces: Pieces
    beside: list[Pieces]
    channel: Channel
    state: ReportState
    key: bool
    received_on: date
    area: Region | None
    area_printed: str


@dataclass(frozen=True)
class Results(Generic[R]):
    """`searchable`: there was something to search for. `page` of `pages`, from 1. `more`: than `total`."""

    rows: list[R]
    total: int
    more: bool
    searchable: bool
    page: int
    pages: int

    @property
    def earlier(self) -> str:
        return str(self.page - 1) if self.page > 1 else ""

    @property
    def later(self) -> str:
        return str(self.page + 1) if self.page < self.pages else ""


def look_up(session: Session, actor: Actor, inspection_id: int, sought: Sought, *, own: bool = False) -> Results[Row]:
    """What this actor finds of reports, and one page of it."""
    found = find(session, actor, inspection_id, sought.asked, area=sought.area, own=own)
    return paged(sought, found, lambda ids, wanted: _rows(session, actor, ids, wanted))


def paged(sought: Sought, found: Found, rows: Callable[[list[int], list[Term]], list[R]]) -> Results[R]:
    """One page of what was found. A page that is none is the first, one beyond the end the last."""
    wanted, pages = terms(sought.asked), max(1, -(-len(found.ids) // SIZE))
    page = _page(sought.page, pages)
    shown = rows(found.ids[(page - 1) * SIZE : page * SIZE], wanted)
    return Results(shown, min(len(found.ids), MOST), found.more, bool(wanted), page, pages)


def _page(typed: str, pages: int) -> int:
    if not (typed.isascii() and typed.isdecimal()):
        return 1
    return max(1, min(int(typed[:9]), pages))


def _rows(session: Session, actor: Actor, ids: list[int], wanted: list[Term]) -> list[Row]:
    """The reports themselves are read within the actor's scope: an index is no permission."""
    if not ids:
        return []
    query = select(
        Report.id, Report.number, Report.channel, Report.state, Report.key, Report.received_at, Report.area_printed,
        *(getattr(Report, name) for name in SHOWN), Region,
    ).outerjoin(Region, Region.code == Report.area_code)  # fmt: skip
    known = {row.id: row for row in session.execute(query.where(Report.id.in_(ids), within(actor, Report)))}
    later = later_words(session, ids)
    return [_row(known[one], wanted, later.get(one, [])) for one in ids if one in known]


def _row(row: Any, wanted: list[Term], later: list[str]) -> Row:
    beside = [excerpt([said], wanted) for said in (row.place, row.polluter) if said]
    return Row(
        id=row.id,
        number=excerpt([row.number], wanted),
        pieces=excerpt([*(getattr(row, name) for name in SHOWN), *later], wanted),
        beside=beside,
        channel=Channel(row.channel),
        state=ReportState(row.state),
        key=row.key,
        received_on=clock.local_date(row.received_at),
        area=row.Region,
        area_printed=row.area_printed,
    )
