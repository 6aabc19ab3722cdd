"""What a reporter is mostly asked (seeds/asking.toml): time, place, polluter, by type; and how an answer is taken."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.people import Actor
from app.domain.report import Report
from app.domain.workflow.vocabulary import Need, ReportAction

FILE = Path(__file__).parent / "seeds" / "asking.toml"
PLACE = ("place", "address", "latitude")


@dataclass(frozen=True)
class Asking:
    """One standard question. `about`: the fact of a report that answers it; `type`: asked of that class alone."""

    code: str
    zh: str
    en: str
    about: str = ""
    type: str = ""


@cache
def every() -> tuple[Asking, ...]:
    return tuple(Asking(**raw) for raw in tomllib.loads(FILE.read_text(encoding="utf-8"))["question"])


def fitting(types: Iterable[str]) -> list[Asking]:
    """The questions for a report of these types; of all types where none was named."""
    named = set(types)
    return [one for one in every() if not one.type or not named or one.type in named]


def missing(report: object) -> list[str]:
    """The codes of the questions whose answer the report does not have yet."""

    def said(about: str) -> bool:
        names = PLACE if about == "place" else (about,)
        return any(getattr(report, name) not in (None, "") for name in names)

    return [one.code for one in every() if one.about and not said(one.about)]


def take_answer(report: Report, actor: Actor, words: str, facts: Mapping[str, Any] | None = None) -> None:
    """The reporter answered, on their page or on the telephone; in the caller's transaction.

    Who answers while the time for it ends loses nothing: what they said is then added to the report. Raises Refused
    when nothing was said, NotAllowed when the report takes no more words.
    """
    if report.may(ReportAction.ANSWER, actor):
        report.perform(ReportAction.ANSWER, actor, {Need.ANSWER: words}, facts)
    else:
        report.perform(ReportAction.ADD, actor, {Need.ADDITION: words}, facts)
