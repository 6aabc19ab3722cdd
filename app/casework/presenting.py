"""Saying a case in the reader's language: its row in the list, its figures, the lines of its timeline."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.casework.queries.history import HistoryEntry
from app.casework.queries.listing import CaseRow
from app.casework.queries.versions import ShownMeasure, ShownRemark, ShownSource, ShownSpot, Version
from app.casework.weighing import Remark
from app.domain.case import FIGURES
from app.domain.reply import MeasureKind
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


def figure_name(name: str) -> str:
    zh, en = FIGURES[name]
    return zh if in_chinese() else en


def remark_line(remark: Remark | ShownRemark) -> str:
    """What does not fit together, with the figure it is about and what the text says of it."""
    told = term(remark.code)
    if not remark.about:
        return told
    said = _(" The text says %(number)s.", number=remark.stated) if remark.stated else ""
    return f"{figure_name(remark.about)}{_(': ')}{told}{said}"


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


def source_line(source: ShownSource) -> str:
    """Where a figure comes from."""
    return f"{source.unit} {source.document} {local_date(source.dated)}"


def measure_line(measure: ShownMeasure) -> str:
    parts = (measure.text, measure.unit, local_date(measure.day))
    return str(_("; ")).join(part for part in parts if part)


def version_rows(versions: Sequence[Version]) -> list[tuple[str, list[str]]]:
    """Every part of a reply with what each version said there, in the order of the form."""
    rows = [
        (_("Overall verdict"), [term(one.verdict) for one in versions]),
        (_("Completion"), [term(one.completion) for one in versions]),
    ]
    most = max((len(one.points) for one in versions), default=0)
    rows += [(_("Point %(number)s", number=n + 1), [_point_of(one, n) for one in versions]) for n in range(most)]
    rows += [(name, [getattr(one, part) for one in versions]) for name, part in text_parts()]
    rows.append((_("Enforcement figures"), [_together(_figure_lines(one)) for one in versions]))
    rows += [
        (term(kind), ["\n".join(map(measure_line, one.measures_of(kind))) for one in versions]) for kind in MeasureKind
    ]
    rows.append((_("Spots before and after"), ["\n".join(map(_spot_line, one.spots)) for one in versions]))
    told = ["\n".join(f"{remark_line(remark)} {remark.answer}" for remark in one.remarks) for one in versions]
    rows.append((_("What does not fit together, and why it stands"), told))
    return [(name, texts) for name, texts in rows if any(texts)]


def text_parts() -> list[tuple[str, str]]:
    """The texts of a reply: what each is called, and its field."""
    return [
        (_("Report upward"), "report_upward"),
        (_("Draft of the findings for publication"), "publication_draft"),
        (_("Handling and rectification"), "handling"),
        (_("Target of completion"), "target"),
        (_("Accountability"), "accountability"),
        (_("Answer to the reporter"), "answer"),
    ]


def _point_of(version: Version, n: int) -> str:
    if n >= len(version.points):
        return ""
    point = version.points[n]
    return f"{term(point.verdict)}{_(': ')}{point.finding}"


def _figure_lines(version: Version) -> list[str]:
    sources = {source.figure: source_line(source) for source in version.sources}
    lines = []
    for name, value in version.figures.items():
        amount = money(value) if isinstance(value, Decimal) else str(value)
        lines.append(" ".join(part for part in (figure_name(name), amount, sources.get(name, "")) if part))
    return lines


def _spot_line(spot: ShownSpot) -> str:
    shown = [_("before") if spot.before else "", _("after") if spot.after else ""]
    return f"{spot.place}{_(': ')}{_together(one for one in shown if one)}"


def _together(parts: Iterable[str]) -> str:
    return str(_("; ")).join(parts)
