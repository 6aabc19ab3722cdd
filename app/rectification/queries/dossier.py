"""What a dossier says: everything of a case that its taker may see, section by section. Nothing of the report.

The case is read by the allow-list of its page (queries.rows.CaseView), the replies as they were written, every cycle
as its page shows it to this actor: who may not read an objection's words gets none here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.db import session
from app.domain.attachment import Attachment
from app.domain.case import FIGURES, Case, Completion, Reply, Verdict
from app.domain.catalogue import printed_types
from app.domain.people import Actor, Person
from app.domain.rectification import CHECKLIST, Rectification
from app.domain.scope import load
from app.domain.workflow.terms import Term
from app.kernel import clock
from app.rectification.queries.cycle import view
from app.rectification.queries.history import Happened
from app.rectification.queries.pictures import CYCLE, EVIDENCE, STEP
from app.rectification.queries.rows import NoticeView, StepView, View

REPLY = "reply"
MONTHS = ("月份", "措施", "进展", "说明", "报送时间")
HAPPENED = ("时间", "事项", "经办", "内容")
STEPS = ("步骤", "结果", "时间", "签署人", "意见")


@dataclass(frozen=True)
class Section:
    """A heading, pairs of name and text, and a table: its headings, widths and lines."""

    title: str
    rows: tuple[tuple[str, str], ...] = ()
    headings: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()

    def kept(self) -> dict[str, Any]:
        names = ("title", "rows", "headings", "widths", "lines")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Picture:
    """A file with a safe copy. `told`: what it belongs to."""

    told: str
    safe_name: str
    media_type: str


@dataclass(frozen=True)
class Dossier:
    """`left_out`: how many files have no safe copy and so do not leave the house."""

    inspection_id: int
    case_id: int
    number: str
    team: str
    sections: tuple[Section, ...]
    pictures: tuple[Picture, ...]
    left_out: int


def dossier_of(actor: Actor, rectification_id: int) -> Dossier:
    """Everything of the case of this cycle. Raises NotFound for one this actor may not see."""
    record = load(session(), actor, Rectification, rectification_id)
    case = record.case
    views = [view(actor, one.id) for one in case.rectifications]
    names = {one.id: one.name for one in session().scalars(select(Person).where(Person.id.in_(_writers(case))))}
    sections = [_case(case, views[0]), *(_reply(reply, names) for reply in case.replies)]
    for cycle in views:
        sections += _cycle(cycle)
    pictures, left_out = _pictures(case)
    return Dossier(
        case.inspection_id, case.id, case.number, case.inspection.title, tuple(sections), tuple(pictures), left_out
    )


def _writers(case: Case) -> set[int]:
    return {who for reply in case.replies for who in (reply.written_by_id, reply.signed_by_id) if who}


def _case(case: Case, seen: View) -> Section:
    about = seen.case
    return _section(
        "一、转办件",
        ("受理编号", about.number),
        ("交办内容", about.text),
        ("问题要点", _numbered(about.points)),
        ("行政区域", about.area.zh if about.area else about.area_printed),
        ("污染类型", printed_types(case.types)),
        ("责任单位", "、".join([about.unit, *about.supporting])),
        ("交办时间", _day(about.handed_over_on)),
        ("是否属实", about.verdict.zh if about.verdict else ""),
        ("是否办结", about.completion.zh if about.completion else ""),
        ("公开的问题概述", case.publication_problem),
        ("公开的调查核实情况", about.published_text),
        ("公开的处理和整改情况", about.published_handling),
        ("问责情况", about.accountability),
    )


def _reply(reply: Reply, names: dict[int, str]) -> Section:
    figures = "；".join(f"{zh} {getattr(reply, code)}" for code, (zh, _en) in FIGURES.items() if getattr(reply, code))
    return _section(
        f"二、办理情况反馈（第{reply.number}稿）",
        ("提交", f"{_time(reply.written_at)} {names.get(reply.written_by_id or 0, '')}"),
        ("签发", f"{_time(reply.signed_at)} {names.get(reply.signed_by_id or 0, '')}" if reply.signed_at else ""),
        ("是否属实", Verdict(reply.verdict).zh),
        ("是否办结", Completion(reply.completion).zh),
        *((f"要点{one.position}", f"{one.text}\n{one.finding}（{Verdict(one.verdict).zh}）") for one in reply.points),
        ("办理情况", reply.report_upward),
        ("公开内容", reply.publication_draft),
        ("处理和整改情况", reply.handling),
        ("办结目标", reply.target),
        ("答复意见", reply.answer),
        ("问责情况", reply.accountability),
        ("执法情况", figures),
    )


def _cycle(cycle: View) -> Iterator[Section]:
    which = f"第{cycle.cycle}轮整改"
    for version in reversed(cycle.plan.versions):
        yield _section(
            f"{which}·整改方案（第{version.number}版）",
            ("确定", f"{_time(version.at)} {version.by}"),
            ("调整理由", version.reason),
            ("整改目标", version.text.target),
            ("整改期限", _day(version.text.target_on)),
            *((f"措施{one.position}", _measure(one)) for one in version.text.lines),
        )
    yield _table(f"{which}·按月进展", MONTHS, (2, 1, 2, 5, 3), _months(cycle))
    yield _checked(cycle, which)
    for climb, steps in reversed(cycle.climbs):
        yield _table(f"{which}·验收销号（第{climb}次）", STEPS, (2, 2, 3, 3, 6), map(_step, filter(_acted, steps)))
    for notice in reversed(cycle.notices):
        yield _notice(notice, which, reads=cycle.reads_objections)
    yield _table(f"{which}·办理经过", HAPPENED, (3, 3, 3, 7), map(_happened, reversed(cycle.history)))


def _measure(line: Any) -> str:
    cost = f"投入{line.cost:,.2f}元" if line.cost is not None else ""
    return "，".join(filter(None, (line.text, line.unit, f"{_day(line.due_on)}前完成", cost)))


def _months(cycle: View) -> Iterator[tuple[str, ...]]:
    for measure in cycle.measures:
        for one in reversed(measure.months):
            late = "（逾期补报）" if one.late else ""
            yield (_month(one.month), str(measure.position), one.progress.zh, one.note, _time(one.told_at) + late)
        yield from ((_month(month), str(measure.position), "未报送", "", "") for month in measure.missed)


def _checked(cycle: View, which: str) -> Section:
    rows = []
    for line in cycle.checklist:
        found = [
            f"{one.words} {one.document}".strip() + (f"（附件{len(one.photos)}份）" if one.photos else "")
            for one in line.kept
        ]
        rows.append((CHECKLIST[line.code][0], "\n".join(found) or "缺佐证材料"))
    for fault in cycle.faults:
        number = fault.number or "（其他辖区）"
        rows.append(("举一反三", f"{number} {'同类问题' if fault.confirmed else '不是同类问题'}：{fault.reason}"))
    return _section(f"{which}·销号条件佐证", *rows)


def _acted(step: StepView) -> bool:
    return step.at is not None


def _step(step: StepView) -> tuple[str, ...]:
    done = "通过" if step.standing == "done" else "不通过"
    by = " ".join(filter(None, (step.role.zh if step.role else "", step.name)))
    lines = [f"{CHECKLIST[code][0]}：{words}" for code, words in step.checklist.items() if code in CHECKLIST]
    return step.kind.zh, done, _time(step.at), by, "\n".join([step.said, *lines])


def _notice(notice: NoticeView, which: str, *, reads: bool) -> Section:
    rows = [("公示时间", f"{_day(notice.starts_on)}至{_day(notice.ends_on)}"), ("办结", _time(notice.closed_at))]
    for at, one in enumerate(notice.objections, 1):
        said = one.words if reads else "（异议内容不在本卷）"
        answered = {True: "成立", False: "不成立", None: "待答复"}[one.upheld]
        rows.append((f"异议{at}", f"{_day(clock.local_date(one.made_at))}　{said}\n{answered}　{one.answer}"))
    return _section(f"{which}·公示（第{notice.climb}次）", *rows)


def _happened(one: Happened) -> tuple[str, ...]:
    """Whoever objected is somebody, on some day."""
    at = _time(one.at) if one.name else _day(clock.local_date(one.at))
    by = " ".join(filter(None, (one.role.zh if one.name else "", one.name)))
    said = "\n".join(text.zh if isinstance(text, Term) else text for _need, text in one.said)
    return at, one.action.zh, by, said


def _pictures(case: Case) -> tuple[list[Picture], int]:
    """Of the unit's replies and of every cycle; never what came with the report."""
    owners = [(REPLY, one.id, f"反馈第{one.number}稿") for one in case.replies]
    for cycle in case.rectifications:
        owners.append((CYCLE, cycle.id, f"第{cycle.cycle}轮整改申请验收"))
        owners += [(STEP, step.id, f"第{cycle.cycle}轮第{step.climb}次{step.term.zh}") for step in cycle.all_steps]
        owners += [(EVIDENCE, one.id, f"第{cycle.cycle}轮{CHECKLIST[one.line][0][:8]}") for one in cycle.evidence]
    found, left_out = list[Picture](), 0
    for noun, noun_id, told in owners:
        query = select(Attachment).where(Attachment.noun == noun, Attachment.noun_id == noun_id)
        for one in session().scalars(query.order_by(Attachment.position, Attachment.id)):
            if one.safe_name is None:
                left_out += 1
            else:
                side = {"before": "（整改前）", "after": "（整改后）"}.get(one.kind, "")
                found.append(Picture(told + side, one.safe_name, one.media_type))
    return found, left_out


def _section(title: str, *rows: tuple[str, str]) -> Section:
    return Section(title, tuple((name, text) for name, text in rows if text and text.strip()))


def _table(title: str, headings: tuple[str, ...], widths: tuple[int, ...], lines: Iterable[tuple[str, ...]]) -> Section:
    return Section(title, (), headings, widths, tuple(lines))


def _numbered(texts: Iterable[str]) -> str:
    return "\n".join(f"{at}. {text}" for at, text in enumerate(texts, 1))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _month(month: date) -> str:
    return f"{month:%Y-%m}"


def _time(moment: datetime | None) -> str:
    return f"{clock.local(moment):%Y-%m-%d %H:%M}" if moment else ""
