"""The figures of an inspection for its front page and its charts: each counted where the tables count it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.db import session
from app.domain.case import Verdict
from app.domain.inspection import Inspection
from app.domain.tables.areas import Area, Elsewhere, areas_of
from app.domain.tables.days import Day, reports_by_day
from app.domain.tables.figures import CaseFigure as C
from app.domain.tables.figures import ReportFigure as R
from app.domain.tables.figures import added, tally_cases, tally_reports
from app.domain.tables.outcomes import OFF_THE_LIST, rectifications, verdicts
from app.domain.tables.shares import Share, shares
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import RectificationState
from app.kernel import clock


@dataclass(frozen=True)
class AreaFigures:
    area: Area
    counts: Mapping[Term, int]


@dataclass(frozen=True)
class InFigures:
    """`counts` of the whole inspection; `progress` of putting right, by the latest cycle of each case."""

    counts: Mapping[Term, int]
    areas: list[AreaFigures]
    progress: Mapping[RectificationState, int]

    @property
    def signed_off(self) -> int:
        return sum(self.progress[state] for state in OFF_THE_LIST)


@dataclass(frozen=True)
class Charted:
    """What the charts show beside the figures."""

    figures: InFigures
    days: list[Day]
    kinds: list[Share]
    verdicts: Mapping[Verdict | None, int]


def in_figures(inspection: Inspection) -> InFigures:
    reports = tally_reports(session(), inspection)
    cases = tally_cases(session(), inspection, clock.today())
    areas = areas_of(session(), inspection)
    by_area = [
        AreaFigures(
            area,
            added([one for one in reports if areas.of(one.keys[0]) == area.code], R)
            | added([one for one in cases if areas.of(one.keys[0]) == area.code], C),
        )
        for area in areas.rows()
    ]
    shown = [one for one in by_area if one.area.code not in set(Elsewhere) or any(one.counts.values())]
    return InFigures(added(reports, R) | added(cases, C), shown, rectifications(session(), inspection))


def charted(inspection: Inspection) -> Charted:
    return Charted(
        in_figures(inspection),
        reports_by_day(session(), inspection),
        shares(session(), inspection),
        verdicts(session(), inspection),
    )
