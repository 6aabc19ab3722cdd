"""Which reports may be repeats 「重复件」 of one that is being written or judged: suggested with grounds, never merged.

Rare tokens find candidates through the index, the map's cell and a telephone find more; each is then weighed by how
much of what was said it holds, and by polluter, area, type and nearness (ADR 0014). A wording that both have is a
ground and weighs nothing by itself: it is too often the name of a town.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import geography
from app.domain.region import Region
from app.domain.report import Report
from app.domain.search import candidates
from app.domain.search.marking import Pieces, cut, joined
from app.domain.search.report_index import ReportText
from app.domain.search.weighing import LONG_WORDING, longest, share, weights
from app.domain.search.words import is_han, plain, tokens
from app.domain.workflow.vocabulary import ReportState
from app.kernel import clock
from app.kernel.errors import N_
from app.kernel.text import letters_alone, one_line

MOST_READ = 400  # characters of the words; a token of every character costs a look-up
WEIGHED = 120
LEAST = 0.3
"""Below this score nothing is suggested: less than a third of what tells in common, or one name. See ADR 0014."""
NEAR = 1000.0  # metres
LONG_AGO = timedelta(days=180)
SAME_NAME = 88  # of 100: names of polluters that differ by a slip or by 有限公司
SHORTEST_NAME = 3
TELLING_PART = 20  # of 100
ORDINARY = 0.3  # of the heaviest token's weight: below it, what both say is what everybody says


@dataclass(frozen=True)
class Ground:
    """Why a report is suggested: a msgid and what stands in it."""

    message: str
    params: dict[str, Any]


@dataclass(frozen=True)
class Repeat:
    """A report that may say the same. `pieces`: a stretch of it, True where it is alike. `score` orders, no more."""

    report_id: int
    number: str
    pieces: Pieces
    received_on: date
    area: Region | None
    state: ReportState
    score: float
    grounds: list[Ground]


@dataclass(frozen=True)
class Said:
    """What is known of the report that is being written."""

    text: str
    weights: dict[str, float]
    area_code: str | None
    types: frozenset[str]
    point: tuple[float, float] | None
    polluter: str
    same_phone: frozenset[int]
    now: datetime


def repeats(  # noqa: PLR0913  (whatever is known of a report)
    session: Session,
    inspection_id: int,
    words: str,
    *,
    area_code: str | None = None,
    types: Iterable[str] = (),
    point: tuple[float, float] | None = None,
    polluter: str = "",
    phone_index: int | None = None,
    besides: int | None = None,
    taken_by: int | None = None,
    most: int = 5,
) -> list[Repeat]:
    """The reports of this inspection most like what is said, the likeliest first; often none.

    The caller answers for who reads it: `taken_by` keeps to what one clerk took down, and `phone_index` is given only
    for those who may know that two reports have one telephone. `besides` is the report itself.
    """
    read = f"{words[:MOST_READ]}\n{polluter}"
    asked = candidates.Asked(inspection_id, area_code, point, phone_index, taken_by, besides)
    found = candidates.look(session, [token for token in dict.fromkeys(tokens(read)) if len(token) > 1], asked)
    said = Said(
        plain(read), weights([*found.said], found.known, found.every), area_code, frozenset(types), point,
        letters_alone(polluter), frozenset(found.same_phone), clock.now(),
    )  # fmt: skip
    rows = session.execute(_columns().where(Report.id.in_(found.likeliest(WEIGHED))))
    scored = [(_score(said, row), row) for row in rows]
    likely = sorted(((score, row) for score, row in scored if score >= LEAST), key=lambda one: (-one[0], -one[1].id))
    return _told(session, said, likely[:most])


def named_repeats(session: Session, report_ids: Iterable[int], words: str) -> list[Repeat]:
    """Reports whose numbers the reporter gave: nothing has to be weighed."""
    read = words[:MOST_READ]
    even = dict.fromkeys((token for token in tokens(read) if len(token) > 1), 1.0)
    said = Said(plain(read), even, None, frozenset(), None, "", frozenset(), clock.now())
    rows = session.execute(_columns().where(Report.id.in_(list(report_ids))).order_by(Report.id))
    named = [Ground(N_("the reporter gives its number"), {})]
    return [replace(one, grounds=named) for one in _told(session, said, [(1.0, row) for row in rows])]


def _columns() -> Any:
    return select(
        Report.id, Report.number, Report.polluter, Report.area_code, Report.types, Report.received_at, Report.state,
        Report.latitude, Report.longitude, ReportText.text,
    ).join(ReportText, ReportText.report_id == Report.id)  # fmt: skip


def _score(said: Said, row: Any) -> float:
    """The share of the weight of what was said that the text has, and what else speaks for it."""
    score = share(said.weights, row.text)
    if said.area_code and row.area_code:
        score *= 1.25 if said.area_code == row.area_code else 0.8
    if said.types & frozenset(row.types):
        score *= 1.1
    if abs(said.now - row.received_at) > LONG_AGO:
        score *= 0.9
    if _same_polluter(said, row):
        score += 0.3
    if row.id in said.same_phone:
        score += 0.2
    away = _metres(said, row)
    return score if away is None else score + 0.5 * max(0.0, 1 - away / NEAR)


def _same_polluter(said: Said, row: Any) -> bool:
    theirs = letters_alone(row.polluter)
    if len(theirs) >= SHORTEST_NAME and theirs in said.text.replace(" ", ""):
        return True
    if len(said.polluter) < SHORTEST_NAME:
        return False
    if len(theirs) < SHORTEST_NAME:
        return said.polluter in row.text
    return fuzz.ratio(said.polluter, theirs) >= SAME_NAME


def _metres(said: Said, row: Any) -> float | None:
    if said.point is None or row.latitude is None or row.longitude is None:
        return None
    return geography.metres(said.point, (row.latitude, row.longitude))


def _grounds(said: Said, row: Any) -> list[Ground]:
    """In words, the strongest first."""
    found: list[Ground] = []
    if _same_polluter(said, row):
        found.append(Ground(N_("same polluter"), {}))
    away = _metres(said, row)
    if away is not None and away <= NEAR:
        found.append(Ground(N_("%(metres)s m away"), {"metres": max(10, int(round(away, -1)))}))
    if row.id in said.same_phone:
        found.append(Ground(N_("perhaps the same telephone"), {}))
    both = longest(said.text, row.text)
    if len(both) >= LONG_WORDING:
        found.append(Ground(N_("both say “%(words)s”"), {"words": both}))
    part = round(100 * share(said.weights, row.text))
    if part >= TELLING_PART:
        found.append(Ground(N_("%(part)s %% of the telling words in common"), {"part": part}))
    if said.area_code and said.area_code == row.area_code:
        found.append(Ground(N_("same area"), {}))
    return found


def _told(session: Session, said: Said, likely: Sequence[tuple[float, Any]]) -> list[Repeat]:
    query = select(Report.id, Report.description, Region).outerjoin(Region, Region.code == Report.area_code)
    known = {row.id: row for row in session.execute(query.where(Report.id.in_([row.id for _, row in likely])))}
    return [
        Repeat(
            report_id=row.id,
            number=row.number,
            pieces=alike_pieces(known[row.id].description, said.weights),
            received_on=clock.local_date(row.received_at),
            area=known[row.id].Region,
            state=ReportState(row.state),
            score=round(score, 3),
            grounds=_grounds(said, row),
        )
        for score, row in likely
    ]


def alike_pieces(description: str, weighed: dict[str, float]) -> Pieces:
    """A stretch of a text around the longest that both say, with all of that marked; what everybody says is not."""
    line = one_line(description)
    telling = max(weighed.values(), default=0.0) * ORDINARY
    spans = joined(
        (at, at + 2)
        for at in range(len(line) - 1)
        if is_han(line[at]) and weighed.get(line[at : at + 2], 0.0) >= telling
    )
    longest = max(spans, key=lambda span: span[1] - span[0], default=(0, 0))
    return cut(line, spans, around=longest[0])
