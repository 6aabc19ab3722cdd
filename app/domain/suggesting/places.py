"""The areas a text names: by a county's name, by a street's or town's, in full or as everybody says it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.changes import Remembered
from app.domain.region import Region, areas_of
from app.domain.suggesting.kinds import Ground, Voice

OF_A_COUNTY, OF_A_TOWN, IN_SHORT, HINT = 2.6, 2.2, 1.0, 0.5
"""A town's name of two characters in short (水口) stands in many a word: a hint, not shown alone."""
LEAST = 2
LARGER = "省市区县镇乡街道村路"
"""After a short name: what says that it is none, or a longer one (天元路 is a road of any town)."""


@dataclass(frozen=True)
class Name:
    """A name, the area it speaks for, and how much it weighs (log-odds)."""

    words: str
    area: str
    weight: float
    short: bool


NAMES: Remembered[list[Name]] = Remembered()


def names(session: Session, locality: str) -> list[Name]:
    """The names of a locality's areas and of their towns, the longest first; one borne by two areas tells nothing."""
    return NAMES.get(locality, lambda: _names(session, locality))


def _names(session: Session, locality: str) -> list[Name]:
    areas = areas_of(session, locality)
    codes = [area.code for area in areas]
    towns = session.scalars(select(Region).where(Region.parent_code.in_(codes)))
    found = [Name(area.zh, area.code, OF_A_COUNTY, short=False) for area in areas]
    found += [Name(area.short, area.code, IN_SHORT, short=True) for area in areas if area.short != area.zh]
    for town in towns:
        found.append(Name(town.zh, str(town.parent_code), OF_A_TOWN, short=False))
        if town.short != town.zh:
            weight = IN_SHORT if len(town.short) > LEAST else HINT
            found.append(Name(town.short, str(town.parent_code), weight, short=True))
    of: dict[str, set[str]] = {}
    for name in found:
        of.setdefault(name.words, set()).add(name.area)
    single = [name for name in found if len(name.words) >= LEAST and len(of[name.words]) == 1]
    return sorted(single, key=lambda name: -len(name.words))


def areas_in(text: str, known: list[Name]) -> dict[str, list[Ground]]:
    """For each area that a folded text names: by which names. A name inside a longer one is not heard twice."""
    heard: dict[str, list[Ground]] = {}
    for name in known:
        at = text.find(name.words)
        if at < 0 or (name.short and text[at + len(name.words) :][:1] in tuple(LARGER)):
            continue
        text = text.replace(name.words, " " * len(name.words))
        heard.setdefault(name.area, []).append(Ground(Voice.PLACE, "", name.weight, (name.words,)))
    return heard
