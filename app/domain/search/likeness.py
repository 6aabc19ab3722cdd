"""Which published matters may be the one that somebody is about to report: offered, never merged (docs: ADR 0011).

Rare tokens find candidates through the index, the place finds more; then each is weighed by how much of what was
said it holds, by the longest wording in common, by area, nearness and type. What is far below is not offered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.domain import geography
from app.domain.case import Case
from app.domain.region import Region
from app.domain.report import Report
from app.domain.search.indexing import PublishedText, PublishedToken
from app.domain.search.matching import has_lexemes, in_fts5
from app.domain.search.weighing import share, weights, wording
from app.domain.search.words import plain, tokens
from app.domain.tables.places import public_point
from app.domain.workflow.vocabulary import CaseState
from app.kernel import clock
from app.kernel.text import excerpt

RAREST = 12  # tokens that look for candidates
MOST_READ = 300  # characters of the words; a token of every character costs a look-up
MOST_CANDIDATES = 300
LEAST = 0.35
"""Below this score nothing is offered. Set on real texts; ADR 0011 gives the figures."""
NEAR = 1000.0  # metres
EXCERPT = 80


@dataclass(frozen=True)
class Alike:
    """A published case that may be the same matter. `score` orders them; it is no probability."""

    case_id: int
    number: str
    problem: str
    area: str
    area_en: str
    published_on: date
    score: float


@dataclass(frozen=True)
class Said:
    """What is known of the report that is being written."""

    text: str
    weights: dict[str, float]
    area_code: str | None
    types: frozenset[str]
    point: tuple[float, float] | None


def alike(
    session: Session,
    inspection_id: int,
    words: str,
    *,
    area_code: str | None = None,
    types: Iterable[str] = (),
    point: tuple[float, float] | None = None,
    most: int = 5,
) -> list[Alike]:
    """The published cases of this inspection most like what is being written, the likeliest first; often none.

    `words` is whatever was typed so far (the polluter's name with it); `point` latitude and longitude.
    """
    weighed, rare = _weights(session, words[:MOST_READ])
    said = Said(plain(words[:MOST_READ]), weighed, area_code, frozenset(types), point)
    found = [*_by_words(session, inspection_id, rare), *_by_place(session, inspection_id, point)]
    scored = {row.id: (_score(said, row), row) for row in found}
    likely = sorted(((score, row) for score, row in scored.values() if score >= LEAST), key=lambda one: -one[0])
    return [_offer(score, row) for score, row in likely[:most]]


def _weights(session: Session, words: str) -> tuple[dict[str, float], list[str]]:
    """Each token's weight, squared rarity; and the rarest tokens that occur at all."""
    said = list(dict.fromkeys(tokens(words)))
    said = [token for token in said if len(token) > 1]
    query = select(PublishedToken.token, PublishedToken.texts).where(PublishedToken.token.in_(said))
    known = {row.token: int(row.texts) for row in session.execute(query)}
    every = session.scalar(select(func.count()).select_from(PublishedText)) or 1
    return weights(said, known, every), sorted(known, key=lambda token: (known[token], token))[:RAREST]


def _candidates(inspection_id: int) -> Any:
    return (
        select(
            Case.id,
            Case.number,
            Case.publication_problem,
            Case.published_at,
            Case.area_code,
            Case.place_hidden,
            Case.area_printed,
            Case.types,
            Region.zh,
            Region.en,
            Report.latitude,
            Report.longitude,
            PublishedText.text,
        )
        .join(PublishedText, PublishedText.case_id == Case.id)
        .join(Report, Report.id == Case.report_id)
        .outerjoin(Region, Region.code == Case.area_code)
        .where(
            PublishedText.inspection_id == inspection_id,
            Case.published_at.is_not(None),
            Case.state != CaseState.CANCELLED,
        )
        .order_by(Case.id.desc())
        .limit(MOST_CANDIDATES)
    )


def _by_words(session: Session, inspection_id: int, rare: Sequence[str]) -> list[Any]:
    if not rare:
        return []
    if session.get_bind().dialect.name == "sqlite":
        held: Any = PublishedText.case_id.in_(in_fts5(" OR ".join(f'"{token}"' for token in rare)))
    else:
        held = has_lexemes(" | ".join(f"'{token}'" for token in rare))
    return list(session.execute(_candidates(inspection_id).where(held)))


def _by_place(session: Session, inspection_id: int, point: tuple[float, float] | None) -> list[Any]:
    if point is None:
        return []
    south, west, north, east = geography.around(point, NEAR)
    within = and_(
        Case.place_hidden.is_(False),
        Report.latitude.between(south, north),
        Report.longitude.between(west, east),
    )
    return list(session.execute(_candidates(inspection_id).where(within)))


def _score(said: Said, row: Any) -> float:
    """The share of the weight of what was said that the text has, more for wording in common, the same area and type;

    and nearness, which speaks for itself.
    """
    score = share(said.weights, row.text) + wording(said.text, row.text)
    if said.area_code and row.area_code:
        score *= 1.25 if said.area_code == row.area_code else 0.8
    if said.types & frozenset(row.types):
        score *= 1.1
    return score + _nearness(said.point, row)


def _nearness(point: tuple[float, float] | None, row: Any) -> float:
    """Measured to the point that everybody may see (ADR 0008): nobody finds the exact one by asking again and again."""
    known = public_point(row) if point else None
    if point is None or known is None:
        return 0.0
    return 0.6 * max(0.0, 1 - geography.metres(point, known) / NEAR)


def _offer(score: float, row: Any) -> Alike:
    return Alike(
        case_id=row.id,
        number=row.number,
        problem=excerpt(row.publication_problem, EXCERPT),
        area=row.area_printed or row.zh or "",
        area_en=row.en or row.area_printed or "",
        published_on=clock.local_date(row.published_at),
        score=round(score, 3),
    )
