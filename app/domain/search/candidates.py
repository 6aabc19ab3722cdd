"""Where to look for a repeat: the reports that share rare tokens, a cell of the map, or perhaps a telephone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.domain.reporter import Identity
from app.domain.search import marks
from app.domain.search.finding import any_of, planned
from app.domain.search.rarity import known_rarity
from app.domain.search.report_index import SHELF

RAREST = 40  # tokens that are looked for, by what the sample says of them
UNCOUNTED = 120  # where nothing was counted yet
DEEP = 200  # newest reports of each token; one that has more tells little
NEARBY = 100
FURTHER_BACK = 4
"""An area holds a part of what all hold: so many times as many reports are looked through for as many."""

GIN_EACH = text(
    "SELECT asked.place - 1, held.report_id "
    "FROM unnest(CAST(:lexemes AS text[])) WITH ORDINALITY AS asked(lexemes, place) CROSS JOIN LATERAL ("
    "SELECT report_id FROM (SELECT report_id FROM report_index WHERE words @@ CAST(asked.lexemes AS tsquery) OFFSET 0) "
    "AS every ORDER BY report_id DESC LIMIT :deep) AS held"
)


@dataclass(frozen=True)
class Asked:
    """Within what is looked, and what else is known of the report."""

    inspection_id: int
    area_code: str | None
    point: tuple[float, float] | None
    phone_index: int | None
    taken_by: int | None
    besides: int | None

    def belongs(self, token: str, *more: str) -> list[str]:
        """The token, and the marks that keep it to where is looked."""
        taken = [] if self.taken_by is None else [marks.taken_by(self.inspection_id, self.taken_by)]
        return [token, *([*more, *taken] or [marks.inspection(self.inspection_id)])]


@dataclass
class Candidates:
    """`known`: in how many of `every` report each said token occurs, as far as is known; `evidence` by report."""

    said: Sequence[str]
    known: dict[str, float]
    every: float
    evidence: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    near: list[int] = field(default_factory=list)
    same_phone: list[int] = field(default_factory=list)

    def likeliest(self, most: int) -> list[int]:
        """Those with the most evidence, and all that are near or may be of the same telephone."""
        best = sorted(self.evidence, key=lambda one: (-self.evidence[one], -one))[:most]
        return [*dict.fromkeys([*best, *self.near, *self.same_phone])]


def look(session: Session, said: Sequence[str], asked: Asked) -> Candidates:
    """Tokens that are frequent everywhere are looked for in the same area only, where one is known."""
    sampled, size = known_rarity(session, said)
    every = float(session.scalar(text("SELECT max(report_id) FROM report_texts")) or 1)
    scale = every / size if size else 1.0
    found = Candidates(said, {token: texts * scale for token, texts in sampled.items()}, every)
    rare = sorted(said, key=lambda token: (found.known.get(token, 0.0), token))[: RAREST if size else UNCOUNTED]
    here = [marks.area(asked.inspection_id, asked.area_code)] if asked.area_code else []
    queries = [[token, *(here if found.known.get(token, 0.0) > DEEP else [])] for token in rare]
    expected = [found.known.get(token, 0.0) / (FURTHER_BACK if more else 1) for token, *more in queries]
    lists = _newest(session, [asked.belongs(*query) for query in queries], expected)
    for (token, *narrowed), ids in zip(queries, lists, strict=True):
        if not narrowed and len(ids) < DEEP:
            found.known[token] = float(len(ids))
        weight = log(1 + every / (found.known.get(token) or max(1, len(ids)))) ** 2
        for one in ids:
            found.evidence[one] += weight
    found.known = {token: texts for token, texts in found.known.items() if texts}
    found.near, found.same_phone = _near(session, asked), _same_phone(session, asked)
    found.evidence.pop(asked.besides or 0, None)
    return found


def _newest(session: Session, every: Sequence[Sequence[str]], expected: Sequence[float]) -> list[list[int]]:
    """For each list of tokens the newest reports that hold all of them; `expected`: about how many do."""
    found: list[list[int]] = [[] for _ in every]
    if not every:
        return found
    for place, report_id in _all(session, every, expected):
        found[place].append(report_id)
    return found


def _all(session: Session, every: Sequence[Sequence[str]], expected: Sequence[float]) -> Iterable[Any]:
    if session.get_bind().dialect.name == "sqlite":
        one = (
            "SELECT {0}, rowid FROM (SELECT rowid FROM report_index WHERE report_index MATCH :t{0} "
            "ORDER BY rowid DESC LIMIT :deep)"
        )
        asked = {f"t{at}": " AND ".join(f'"{token}"' for token in held) for at, held in enumerate(every)}
        statement = " UNION ALL ".join(one.format(at) for at in range(len(every)))
        return session.execute(text(statement), asked | {"deep": DEEP}).all()
    top = session.scalar(SHELF.top) or 0
    lexemes = [_among_the_newest(top, held, many) for held, many in zip(every, expected, strict=True)]
    with planned(session):
        return session.execute(GIN_EACH, {"lexemes": lexemes, "deep": DEEP}).all()


def _among_the_newest(top: int, held: Sequence[str], many: float) -> str:
    """As far back as `DEEP` of them are expected; `held` is a token and marks, of which the first narrows the most."""
    said, mark, *others = held
    back = int(2 * top * DEEP / many) if many > DEEP else top
    near = any_of(marks.newest(mark, top + 1, back)[0] or [mark])
    return near + " & ".join(f"'{token}'" for token in (said, *others))


def _near(session: Session, asked: Asked) -> list[int]:
    if asked.point is None:
        return []
    around = [asked.belongs(cell) for cell in marks.cells_around(asked.inspection_id, *asked.point)]
    near = {one for ids in _newest(session, around, [0.0] * len(around)) for one in ids} - {asked.besides}
    return sorted(near, reverse=True)[:NEARBY]


def _same_phone(session: Session, asked: Asked) -> list[int]:
    """By the blind index, which thirteen bits make a guess."""
    if asked.phone_index is None:
        return []
    query = select(Identity.noun_id).where(
        Identity.noun == "report",
        Identity.phone_index == asked.phone_index,
        Identity.inspection_id == asked.inspection_id,
        Identity.noun_id != (asked.besides or 0),
    )
    return list(session.scalars(query.order_by(Identity.noun_id.desc()).limit(NEARBY)))
