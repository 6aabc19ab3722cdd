"""The list of a spot check as a table to be printed: 抽查名单."""

from collections.abc import Iterator

from app.domain.catalogue import printed_types
from app.domain.tables.table import Column, Line, PrintedTable
from app.kernel import clock
from app.triage.spots.queries import ListPage

COLUMNS = (
    Column("序号", 6, number=True),
    Column("受理编号", 22),
    Column("行政区域", 12),
    Column("污染类型", 16),
    Column("问题概述", 50),
    Column("是否属实", 12),
    Column("抽取权重", 10, number=True),
    Column("加权原因", 20),
    Column("核查结果", 18),
    Column("核查说明", 40),
    Column("核查人", 10),
    Column("核查时间", 18),
)


def spot_table(found: ListPage) -> PrintedTable:
    drawn = found.drawn
    weights = "、".join(f"{reason.zh}加{weight}" for reason, weight in found.weights)
    area = found.area.zh if found.area else "全部区域"
    return PrintedTable(
        name="spot",
        title="抽查名单",
        subtitle=drawn.inspection.title,
        columns=COLUMNS,
        rows=lambda: _lines(found),
        total=len(found.lines),
        moment=clock.now(),
        notes=(
            f"{clock.local(drawn.drawn_at):%Y-%m-%d %H:%M}由{found.drawn_by}抽取，范围：{area}。",
            f"从已审核通过的{drawn.frame_size}件中抽取{len(found.lines)}件；每件基数1，{weights}。",
            f"随机种子：{drawn.seed}；抽取范围校验值（SHA-256）：{drawn.frame_digest}。内部资料，不得外传。",
        ),
    )


def _lines(found: ListPage) -> Iterator[Line]:
    for line in found.lines:
        yield (
            line.position,
            line.number,
            line.area.zh if line.area else line.area_printed,
            printed_types(line.types),
            line.problem,
            line.verdict.zh if line.verdict else "",
            line.weight,
            "、".join(reason.zh for reason in line.drawn_for),
            line.found.zh if line.found else "",
            line.note,
            line.checked_by,
            f"{clock.local(line.checked_at):%Y-%m-%d %H:%M}" if line.checked_at else "",
        )
