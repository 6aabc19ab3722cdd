"""Saying a case in the reader's language: its row in the list, its figures, the lines of its timeline."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.casework.queries.history import HistoryEntry
from app.casework.queries.listing import CaseRow
from app.domain.case import FIGURES
from app.web.language import brief_date, in_chinese, local_date, money, term
from app.web.named import named, named_types
from app.web.tones import tone_of

UNSURE = "†"
"""Beside a day that was counted over a year whose working days nobody knew yet; the page says so in words."""


@dataclass(frozen=True)
class Line:
    """One entry of the timeline component."""

    title: str
    at: datetime | None
    by: str
    text: str


def row_cells(shown: Collection[str]) -> Callable[[CaseRow], Mapping[str, Any]]:
    """A function of one row, for the columns that are shown; what is the same in every row is looked up once."""
    address, choose = url_for("casework.case", case_id=0).removesuffix("0"), _("Choose")
    told: dict[str, Callable[[CaseRow], Any]] = {
        "area": lambda row: named(row.area),
        "types": lambda row: named_types(row.types),
        "unit": lambda row: row.lead_unit or "—",
        "due": lambda row: (brief_date(row.due_on) or "—") + ("" if row.due_announced else UNSURE),
        "verdict": lambda row: term(row.verdict),
        "batch": lambda row: row.batch,
        "handed": lambda row: brief_date(row.handed_on),
        "state": lambda row: term(row.state),
    }
    asked = [(code, cell) for code, cell in told.items() if code in shown]

    def cells(row: CaseRow) -> Mapping[str, Any]:
        found = {code: cell(row) for code, cell in asked}
        return found | {
            "href": f"{address}{row.id}", "choose": f"{choose} {row.number}", "tone": tone_of(row.state),
            "near": tone_of(row.nearness),
        }  # fmt: skip

    return cells


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
