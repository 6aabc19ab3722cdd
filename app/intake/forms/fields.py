"""Fields of the citizen's form alone: its menus of places, its point on the map, the questions of an inspection."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from app.domain.catalogue import Question
from app.domain.changes import Remembered
from app.intake.queries import Area
from app.web.choosing import MenuField
from app.web.fields import LineField
from app.web.language import in_chinese
from app.web.named import named

ASKED = "q_"
"""What the fields of an inspection's own questions begin with."""


class AreaField(MenuField):
    """A menu whose blank choice says what it means."""

    blank = (SelectChoice("", _l("Not sure")),)


@dataclass(frozen=True)
class Group:
    """The towns of one county."""

    code: str
    label: str
    towns: list[tuple[str, str]]


GROUPS: Remembered[tuple[Group, ...]] = Remembered()


def _grouped(areas: Iterable[Area], towns: dict[str, list[Area]]) -> tuple[Group, ...]:
    groups = [Group(a.code, named(a), [(t.code, named(t)) for t in towns.get(a.code, ())]) for a in areas]
    return tuple(group for group in groups if group.towns)


class TownField(AreaField):
    """One menu of all towns, grouped by county; a script leaves those of the chosen county alone."""

    groups: tuple[Group, ...] = ()

    def offer_towns(self, locality: str, areas: Iterable[Area], towns: dict[str, list[Area]]) -> None:
        self.groups = GROUPS.get((locality, in_chinese()), lambda: _grouped(areas, towns))
        self.offer([town for group in self.groups for town in group.towns])

    @property
    def county(self) -> str | None:
        """The county of the chosen town."""
        return next((group.code for group in self.groups if self.data in dict(group.towns)), None)


def asked_field(question: Question) -> Field:
    """The field of an inspection's own question: a menu where it offers choices, else a line."""
    label = LazyString(named, question)
    if question.choices:
        return MenuField(label, partial(_offered, question), required=False)
    return LineField(label, required=False, most=200)


def _offered(question: Question) -> list[tuple[Any, str]]:
    return [(one.zh, named(one)) for one in question.choices]
