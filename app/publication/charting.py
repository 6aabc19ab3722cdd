"""The charts of an inspection: which figures, in what words; each with the rows of its table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.domain.inspection import Inspection
from app.domain.report import Channel
from app.domain.tables.figures import CaseFigure as C
from app.domain.tables.figures import ReportFigure as R
from app.publication.queries.figures import Charted
from app.web.charts import Chart, Row, chart
from app.web.language import brief_date, term
from app.web.named import named

COMPLETIONS = (C.DONE, C.STAGED, C.OPEN, C.UNSTATED)
BY_AREA = (R.RECEIVED, C.HANDED_OVER, C.PUBLISHED)


@dataclass(frozen=True)
class Shown:
    """A chart with its words and its table: headings, and lines of the same figures."""

    code: str
    title: str
    note: str
    chart: Chart
    headings: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def charts(inspection: Inspection, told: Charted) -> list[Shown]:
    return [
        _days(told),
        _areas(inspection, told),
        _kinds(told),
        _verdicts(inspection, told),
        _completion(told),
        _progress(told),
    ]


def _days(told: Charted) -> Shown:
    channels = [one for one in Channel if any(day.counts.get(one) for day in told.days)]
    rows = [
        Row(brief_date(day.on) if day.on else _("Other days"), tuple(day.counts.get(one, 0) for one in channels))
        for day in told.days
    ]
    note = _(
        "Reports by the day they were received. Other days: letters before or after the stay, and earlier records."
    )
    return _shown("days", _("Reports per day"), note, [term(one) for one in channels], rows, _("Day"))


def _areas(inspection: Inspection, told: Charted) -> Shown:
    rows = [
        Row(named(one.area), (one.counts[C.HANDED_OVER],), href=_cases(inspection, area=one.area.code))
        for one in told.figures.areas
    ]
    lines = [(named(one.area), *(str(one.counts[figure]) for figure in BY_AREA)) for one in told.figures.areas]
    total = (_("Total"), *(str(told.figures.counts[figure]) for figure in BY_AREA))
    return Shown(
        "areas",
        _("By county or district"),
        _("The bars count the cases handed over; a report that was split counts in each area that got a part of it."),
        chart([term(C.HANDED_OVER)], rows),
        (_("County or district"), *(term(figure) for figure in BY_AREA)),
        (*lines, total),
    )


def _kinds(told: Charted) -> Shown:
    rows = [Row(named(one.entry), (one.percent,), f"{one.percent}%") for one in told.kinds]
    lines = [(named(one.entry), str(one.count), f"{one.percent}%") for one in told.kinds]
    return Shown(
        "kinds",
        _("By pollution type"),
        _("Shares of types named, not of reports: one report may name several types."),
        chart([_("Share of types named")], rows),
        (_("Pollution type"), _("Times named"), _("Share of types named")),
        tuple(lines),
    )


def _verdicts(inspection: Inspection, told: Charted) -> Shown:
    rows = [
        Row(term(one) or _("Not stated"), (count,), href=_cases(inspection, verdict=str(one)) if one else "")
        for one, count in told.verdicts.items()
    ]
    note = _("Of the published cases: whether what was reported was found on the spot.")
    return _shown("verdicts", _("What was found"), note, [term(C.PUBLISHED)], rows, _("Verdict"))


def _completion(told: Charted) -> Shown:
    counts = told.figures.counts
    rows = [Row(term(figure), (counts[figure],)) for figure in COMPLETIONS if figure != C.UNSTATED or counts[figure]]
    note = _("Of the cases handed over. Completed for now: facts checked, law applied, a dated plan still running.")
    return _shown("completion", _("How far the cases are"), note, [term(C.HANDED_OVER)], rows, _("Completion"))


def _progress(told: Charted) -> Shown:
    rows = [Row(term(state), (count,)) for state, count in told.figures.progress.items()]
    note = _(
        "Of the published cases with something to put right. Completed is not signed off: that comes months later."
    )
    return _shown("progress", _("Putting right"), note, [_("Cases")], rows, _("State"))


def _shown(code: str, title: str, note: str, series: Sequence[str], rows: list[Row], first: str) -> Shown:
    """A chart whose table has its figures, each series in a column, and a sum where there are several."""
    several = len(series) > 1
    lines = [
        (row.label, *(str(value) for value in row.values), *((str(sum(row.values)),) if several else ()))
        for row in rows
    ]
    sums = [sum(row.values[at] for row in rows) for at in range(len(series))]
    total = (_("Total"), *(str(one) for one in sums), *((str(sum(sums)),) if several else ()))
    headings = (first, *series, *((_("Total"),) if several else ()))
    return Shown(code, title, note, chart(series, rows), headings, (*lines, total))


def _cases(inspection: Inspection, **wanted: Any) -> str:
    return url_for("publication.cases", inspection=inspection.code, **wanted)
