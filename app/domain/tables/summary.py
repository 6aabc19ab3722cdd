"""边督边改情况汇总表: one row for each area and 合计; every figure has one definition (figures, enforcement)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.inspection import Inspection
from app.domain.report import Channel
from app.domain.tables.areas import Area, Areas, Elsewhere, areas_of
from app.domain.tables.enforcement import Enforcement, enforcement, summed
from app.domain.tables.figures import CaseFigure as C
from app.domain.tables.figures import ReportFigure as R
from app.domain.tables.figures import Tally, added, tally_cases, tally_reports
from app.domain.tables.money import in_ten_thousands, is_exact
from app.domain.tables.table import Column, Line, PrintedTable
from app.domain.workflow.terms import Term
from app.kernel import clock

TITLE = "边督边改情况汇总表"
COLUMNS = (
    Column("行政区域", 14),
    Column("收到举报(来电)", 14, number=True),
    Column("收到举报(来信)", 14, number=True),
    Column("收到举报(网络)", 14, number=True),
    Column("收到举报(合计)", 14, number=True),
    Column("受理", 8, number=True),
    Column("交办", 8, number=True),
    Column("已办结", 8, number=True),
    Column("阶段性办结", 11, number=True),
    Column("未办结", 8, number=True),
    Column("责令整改(家)", 12, number=True),
    Column("立案处罚(家)", 12, number=True),
    Column("罚款(万元)", 12, number=True, shown="0.00##"),
    Column("立案侦查(件)", 12, number=True),
    Column("行政拘留(人)", 12, number=True),
    Column("刑事拘留(人)", 12, number=True),
    Column("约谈(人)", 10, number=True),
    Column("问责(人)", 10, number=True),
)
IN_COLUMNS = (Channel.CALL, Channel.LETTER, Channel.WEB)
BEFORE_FINES = ("rectify_orders", "penalty_cases")
AFTER_FINES = ("criminal_cases", "admin_detained", "criminal_detained", "interviewed", "held_accountable")
TOTAL = "合计"


@dataclass(frozen=True)
class Figures:
    """What one row prints: received by channel, the report and case figures, and what was enforced."""

    channels: Mapping[Channel, int]
    reports: Mapping[Term, int]
    cases: Mapping[Term, int]
    enforced: Enforcement

    @property
    def is_blank(self) -> bool:
        return not self.reports[R.RECEIVED] and not self.cases[C.CASES]

    def line(self, name: str) -> Line:
        enforced = self.enforced.counts
        return (
            name,
            *(self.channels.get(channel, 0) for channel in IN_COLUMNS),
            self.reports[R.RECEIVED],
            self.reports[R.ACCEPTED],
            *(self.cases[figure] for figure in (C.HANDED_OVER, C.DONE, C.STAGED, C.OPEN)),
            *(enforced[field] for field in BEFORE_FINES),
            in_ten_thousands(self.enforced.fines),
            *(enforced[field] for field in AFTER_FINES),
        )


def summary(session: Session, inspection: Inspection) -> PrintedTable:
    """Every area of the locality, also those without a report; what lies in none has a row only when there is some."""
    moment = clock.now()
    areas = areas_of(session, inspection)
    reports = tally_reports(session, inspection)
    cases = tally_cases(session, inspection, clock.local_date(moment))
    enforced = enforcement(session, inspection)
    every = [(area, _of(areas, area, reports, cases, enforced)) for area in areas.rows()]
    shown = [(area, row) for area, row in every if not (row.is_blank and area.code in set(Elsewhere))]
    total = _row(reports, cases, enforced)
    lines = [row.line(area.zh) for area, row in shown] + [total.line(TOTAL)]
    return PrintedTable(
        name="summary",
        title=TITLE,
        subtitle=inspection.title,
        columns=COLUMNS,
        rows=lambda: iter(lines),
        total=len(lines),
        moment=moment,
        notes=tuple(_notes(total)),
    )


def _of(areas: Areas, area: Area, reports: list[Tally], cases: list[Tally], enforced: list[Enforcement]) -> Figures:
    """The figures of one area."""
    return _row(
        [tally for tally in reports if areas.of(tally.keys[0]) == area.code],
        [tally for tally in cases if areas.of(tally.keys[0]) == area.code],
        [part for part in enforced if areas.of(part.area_code) == area.code],
    )


def _row(reports: list[Tally], cases: list[Tally], enforced: list[Enforcement]) -> Figures:
    channels = {
        channel: sum(tally.counts[R.RECEIVED] for tally in reports if tally.keys[1] == channel) for channel in Channel
    }
    return Figures(channels, added(reports, R), added(cases, C), summed(enforced))


def _notes(total: Figures) -> Iterable[str]:
    """Whatever a reader needs to add the columns up."""
    rest = [f"{c.zh} {total.channels[c]} 件" for c in Channel if c not in IN_COLUMNS and total.channels[c]]
    if rest:
        yield f"收到举报合计含{'、'.join(rest)}，本表不单列。"
    if total.cases[C.UNSTATED]:
        yield f"交办数含历史导入件中未载明办结情况的 {total.cases[C.UNSTATED]} 件，不计入办结三栏。"
    yield "办结和执法数字以督察组审核通过并公开的办理结果为准；罚款以元汇总，换算为万元。"
    if not is_exact(total.enforced.fines):
        yield "罚款换算保留四位小数，合计由元直接换算，与分项之和可能有尾差。"
