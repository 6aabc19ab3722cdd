"""What the team, the city and the unit do in the story, each signed in by name and password for their own step."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from app.domain.rectification import CHECKLIST
from app.domain.workflow.vocabulary import CaseAction, ReportAction
from app.domain.workflow.vocabulary import RectificationAction as A
from tests.journeys.story_browser import Visitor
from tests.support.reports import TIANYUAN

PASSWORD = "嵩山路上 三棵樟树 九月桂花"
UNIT = "天元区人民政府"


@contextmanager
def signed_in(office: Visitor, login: str) -> Iterator[Visitor]:
    """Sign in by the page, work, sign out: the next one sits down at the same machine."""
    office.visit("/staff")
    office.write(login=login, password=PASSWORD)
    office.send()
    office.reads(f"某{login}，您好")
    yield office
    office.press("退出登录")
    office.reads("您已退出")


# ── the team ──


def accepts(inspector: Visitor, number: str, *points: str) -> None:
    inspector.follow("研判")
    inspector.follow(number)
    inspector.press(ReportAction.ACCEPT)
    inspector.write_at("parts-0-points", "\n".join(points))
    inspector.choose_at("parts-0-area", TIANYUAN)
    inspector.choose(types="air")
    inspector.send()


def approves(inspector: Visitor, text: str) -> None:
    """The text that the locality will read; accepting leads to it."""
    inspector.write(text=text)
    inspector.press("审定文本")


def approves_as_the_second(person: Visitor, number: str) -> None:
    """A reporter who gave a name is safe when two have read what the locality will read."""
    person.follow("编批转办")
    person.press("当日编批")
    person.follow(number)
    person.press(CaseAction.SECOND_APPROVE)
    person.reads("转办文本已复核。")


def closes_the_day(inspector: Visitor, number: str) -> None:
    inspector.follow("编批转办")
    inspector.press("当日编批")
    inspector.reads(number)
    inspector.press("确认编批")


def hands_over(leader: Visitor, number: str) -> None:
    leader.follow("编批转办")
    leader.follow("第1批")
    leader.reads(number)
    leader.press(CaseAction.HAND_OVER)


def publishes(inspector: Visitor, problem: str) -> None:
    inspector.press(CaseAction.PUBLISH)
    inspector.write(publication_problem=problem)
    inspector.send()
    inspector.reads("已公开")


# ── the city and the unit ──


def signs_for_the_batch(coordinator: Visitor, number: str) -> None:
    coordinator.follow("编批转办")
    coordinator.follow("第1批")
    coordinator.reads(number)
    coordinator.press(CaseAction.SIGN_FOR)


def goes_to_the_case(person: Visitor, number: str) -> None:
    person.follow("转办件")
    person.follow(number)


def assigns(coordinator: Visitor) -> None:
    coordinator.press(CaseAction.ASSIGN)
    coordinator.choose(lead=UNIT)
    coordinator.send()


def replies(officer: Visitor, number: str, before: bytes, after: bytes, **texts: str) -> None:
    """A finding and a verdict for each point, the texts, the figures, pictures before and after.

    The next step is the leader's: the officer is back at the list, and looks at what was sent.
    """
    officer.press(CaseAction.REPLY)
    for point, (finding, verdict) in enumerate(
        (("经查，该站夜间生产，沥青烟收集不全。", "true"), ("运输车辆经过居民区，夜间噪声超标。", "true")), 1
    ):
        officer.write_at(f"finding_{point}", finding)
        officer.choose_at(f"verdict_{point}", verdict)
    officer.choose(completion="staged")
    officer.write(rectify_orders="1", penalty_cases="1", fines="50000.00", **texts)
    for figure in ("rectify_orders", "penalty_cases", "fines"):
        officer.unfold(f"{figure}_unit")
        document = {"unit": UNIT, "document": "株天环罚〔2026〕12号", "dated": "2026-01-05"}
        officer.write(**{f"{figure}_{part}": said for part, said in document.items()})
        officer.attach(f"{figure}_file", ("decision.jpg", before))
    officer.write(planned_text_1="更换收集罩", planned_unit_1=UNIT, planned_day_1="2026-12-31", place_1="拌和站东门外")
    officer.attach("before_1", ("before.jpg", before))
    officer.attach("after_1", ("after.jpg", after))
    officer.send()
    officer.reads("已办理：提交办理情况", "待领导签发")
    officer.follow(number)
    officer.reads("第1稿")


# ── putting right ──


def opens_the_rectification(coordinator: Visitor, number: str) -> None:
    coordinator.follow("整改销号")
    coordinator.press("开始整改")
    coordinator.reads(number)
    coordinator.press("开始整改")


def goes_to_the_rectification(person: Visitor, number: str) -> None:
    person.follow("整改销号")
    person.follow(number)


def plans(officer: Visitor, target: str, until: date, *measures: str) -> None:
    for measure in measures:
        officer.press(A.ADD_MEASURE)
        officer.write(measure=measure, due_on=until.isoformat())
        officer.choose(unit=UNIT)
        officer.send()
        officer.reads(measure)
    officer.press(A.ADOPT_PLAN)
    officer.write(target=target, due_on=until.isoformat())
    officer.send()
    officer.reads("整改中")


def reports_progress(officer: Visitor, measures: int) -> None:
    for measure in range(1, measures + 1):
        officer.follow("更新进展", nth=measure - 1)
        officer.choose(progress="done")
        officer.write(note="已完成，见现场照片。")
        officer.send()
        officer.reads("进展已保存")


def submits(officer: Visitor, photograph: bytes) -> None:
    officer.press(A.SUBMIT)
    officer.write(evidence="两条措施均已完成，监测报告和照片附后。")
    officer.attach("pictures", ("after.jpg", photograph))
    officer.send()
    officer.reads("验收销号中")


def gathers_evidence(officer: Visitor) -> None:
    """A document for each of the five conditions; they stand on the page of the rectification."""
    here = officer.page.url.partition("?")[0]
    for code, (condition, _) in CHECKLIST.items():
        officer.visit(f"{here}/checklist/{code}")
        officer.write(evidence=condition, document="天整改〔2026〕7号")
        officer.send()
        officer.reads("佐证材料已保存。")


def signs(person: Visitor, step: A, **words: str) -> None:
    """Sign the step whose turn it is; its form stands on the page of the rectification."""
    person.write(**words)
    person.press(step)
    person.reads(f"已办理：{step.zh}")


def opens_the_notice(coordinator: Visitor) -> None:
    coordinator.press(A.OPEN_NOTICE)
    coordinator.reads("公示自今日起")
    coordinator.write(office="株洲市整改办", phone="0731-28680231", address="天元区某路1号")
    coordinator.send()
    coordinator.reads("公示中")


def signs_off(leader: Visitor) -> None:
    """The five conditions, each with its evidence."""
    for code, (condition, _) in CHECKLIST.items():
        leader.write_at(f"checklist_{code}", f"{condition}，有佐证。")
    signs(leader, A.SIGN_OFF, note="同意销号。")


def looks_back(inspector: Visitor) -> None:
    inspector.press(A.FIND_CONSOLIDATED)
    inspector.write(note="夜间到场，没有生产，没有异味。")
    inspector.send()
    inspector.reads("已巩固")


# ── watching ──


def exports_the_disclosure(supervisor: Visitor, number: str, folder: Path) -> Path:
    """The table that is printed, as a workbook, from its own page."""
    supervisor.follow("督导")
    supervisor.press("公开情况一览表")
    supervisor.reads(number)
    return supervisor.download("下载 XLSX", folder)
