"""Saying a case in the reader's language: its figures, the lines of its timeline."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from app.casework.queries.history import HistoryEntry
from app.domain.case import FIGURES
from app.web.language import in_chinese, local_date, money, term


@dataclass(frozen=True)
class Line:
    """One entry of the timeline component."""

    title: str
    at: datetime
    by: str
    text: str


def figures_of(stated: Mapping[str, int | Decimal]) -> list[tuple[str, str]]:
    """(what, how much) of the figures that are stated, in printed order."""
    return [
        ((zh if in_chinese() else en), money(value) if isinstance(value, Decimal) else str(value))
        for name, (zh, en) in FIGURES.items()
        if (value := stated.get(name))
    ]


def timeline_of(entries: Iterable[HistoryEntry]) -> list[Line]:
    return [
        Line(term(e.action), e.at, " ".join(part for part in (term(e.role), e.person) if part), _said(e))
        for e in entries
    ]


def _said(entry: HistoryEntry) -> str:
    colon = _(": ")
    lines = [f"{term(need)}{colon}{words}" for need, words in entry.words]
    if entry.extended_from:
        lines.append(_("The deadline was %(day)s.", day=local_date(entry.extended_from)))
    if entry.late_when_extended:
        late = entry.late_when_extended
        lines.append(ngettext("It was %(num)s day late then.", "It was %(num)s days late then.", late))
    return "\n".join(lines)
