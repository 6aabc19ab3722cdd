"""One report from a citizen's browser to the look-back, and the table that is printed of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import select, update

from app.db import session, transaction
from app.domain.ledger import verify
from app.domain.people import Person
from app.domain.rectification import Notice, Rectification
from app.domain.workflow.vocabulary import CaseAction
from app.domain.workflow.vocabulary import RectificationAction as A
from app.kernel import clock
from app.kernel.passwords import hash_password
from tests.journeys import story_office as on_duty
from tests.journeys import story_public as citizens
from tests.journeys.story_browser import DESK, PHONE, Visitor

HANDED_OVER = "反映：嵩山路某沥青拌和站夜间生产，烟气刺鼻；运输车辆夜间扰民。"
PROBLEM = "嵩山路某沥青拌和站夜间生产，异味和噪声扰民。"
REPLY = {
    "report_upward": "经查属实，已责令停产整改并立案。",
    "publication_draft": "该站夜间生产，沥青烟收集不全，情况属实。",
    "handling": "责令停产整改，立案处罚5万元。",
    "target": "更换收集罩，夜间不生产。",
    "answer": "您反映的问题属实，已责令整改。",
}

pytestmark = pytest.mark.browser


@pytest.fixture
def address(address):
    """Everybody of the cast signs in with a password that the story knows."""
    with transaction() as writing:
        writing.execute(update(Person).values(password_hash=hash_password(on_duty.PASSWORD)))
    return address


@pytest.fixture
def visitors(chromium, address):
    """`visitors()` opens a browser of one's own; at the end none of them may have complained."""
    opened: list[Visitor] = []

    def open_one(**how: Any) -> Visitor:
        opened.append(Visitor(chromium, address, **how))
        return opened[-1]

    yield open_one
    for visitor in opened:
        visitor.close()
    complaints = "\n".join(said for visitor in opened for said in visitor.complaints)
    assert not complaints, complaints


class Days:
    """The calendar on the office's wall. It only ever goes on: cookies and signatures know the hour, too."""

    def __init__(self, traveller: Any) -> None:
        self.traveller, self.today = traveller, clock.today()

    def pass_to(self, days: int, hour: int) -> None:
        self.come_to(self.today + timedelta(days=days), hour)

    def come_to(self, day: date, hour: int) -> None:
        self.today = day
        self.traveller.move_to(clock.at_local(day, time(hour)))


@pytest.fixture
def days(app):
    """The server's clock is the only thing here that is not real; it runs on from wherever it was put."""
    with time_machine.travel(clock.now(), tick=True) as traveller:
        yield Days(traveller)


def photograph(*colour: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (640, 480), colour or (90, 120, 80)).save(out, "JPEG")
    return out.getvalue()


@dataclass
class Stage:
    """The citizen's own browser, the one machine that everybody on duty sits down at, and what the day is."""

    citizen: Visitor
    office: Visitor
    days: Days
    receipt: citizens.Receipt = field(init=False)

    @property
    def number(self) -> str:
        return self.receipt.number

    @contextmanager
    def on_duty(self, login: str) -> Iterator[Visitor]:
        with on_duty.signed_in(self.office, login) as person:
            yield person

    @contextmanager
    def at_the_rectification(self, login: str) -> Iterator[Visitor]:
        with self.on_duty(login) as person:
            on_duty.goes_to_the_rectification(person, self.number)
            yield person

    @contextmanager
    def at_the_case(self, login: str) -> Iterator[Visitor]:
        with self.on_duty(login) as person:
            on_duty.goes_to_the_case(person, self.number)
            yield person


def it_is_reported(stage: Stage) -> None:
    """On a morning; it is judged the same day."""
    stage.days.pass_to(1, 10)
    stage.receipt = citizens.states_a_report(stage.citizen, photograph())
    with stage.on_duty("inspector") as inspector:
        on_duty.accepts(inspector, stage.number, "夜间生产，烟气刺鼻", "运输车辆夜间扰民")
        on_duty.approves(inspector, HANDED_OVER)


def it_is_handed_over(stage: Stage) -> None:
    """The next morning: a batch takes what came before the last cut-off."""
    stage.days.pass_to(1, 8)
    with stage.on_duty("inspector2") as another:
        on_duty.approves_as_the_second(another, stage.number)
    with stage.on_duty("inspector") as inspector:
        on_duty.closes_the_day(inspector, stage.number)
    with stage.on_duty("leader") as leader:
        on_duty.hands_over(leader, stage.number)
    with stage.on_duty("coordinator") as coordinator:
        on_duty.signs_for_the_batch(coordinator, stage.number)
        on_duty.goes_to_the_case(coordinator, stage.number)
        on_duty.assigns(coordinator)


def it_is_answered(stage: Stage) -> None:
    stage.days.pass_to(2, 9)
    with stage.at_the_case("officer") as officer:
        officer.press(CaseAction.INVESTIGATE)
        officer.reads(HANDED_OVER)
        officer.reads_not(citizens.SPOKEN, citizens.NAME, citizens.PHONE)
        on_duty.replies(officer, stage.number, photograph(60, 60, 60), photograph(60, 160, 60), **REPLY)
    with stage.at_the_case("unit_leader") as unit_leader:
        unit_leader.press(CaseAction.SIGN_REPLY)
    with stage.at_the_case("coordinator") as coordinator:
        coordinator.press(CaseAction.CITY_PASS)
    with stage.at_the_case("inspector") as inspector:
        inspector.press(CaseAction.PASS)
        on_duty.publishes(inspector, PROBLEM)

    stage.days.pass_to(1, 12)
    citizens.reads_the_results(stage.citizen, stage.number)
    stage.citizen.reads(PROBLEM, REPLY["publication_draft"])
    stage.citizen.reads_not(citizens.SPOKEN, citizens.NAME, citizens.PHONE)
    citizens.follows(stage.citizen, stage.receipt)
    stage.citizen.reads(REPLY["answer"])
    citizens.rates(stage.citizen, "satisfied")


def it_is_put_right(stage: Stage) -> None:
    with stage.on_duty("coordinator") as coordinator:
        on_duty.opens_the_rectification(coordinator, stage.number)
    with stage.at_the_rectification("officer") as officer:
        until = stage.days.today + timedelta(days=30)
        on_duty.plans(officer, "厂界无异味，夜间不生产。", until, "更换收集罩", "夜间停产")
        on_duty.reports_progress(officer, 2)
        on_duty.gathers_evidence(officer)
        on_duty.submits(officer, photograph(60, 160, 60))


def it_climbs_the_ladder(stage: Stage) -> None:
    """Somebody else at every step; the notice takes its working days, with nobody objecting."""
    for login, step in (("unit_leader", A.SELF_CHECK), ("acceptor", A.COUNTY_ACCEPT), ("city_acceptor", A.CITY_ACCEPT)):
        with stage.at_the_rectification(login) as person:
            on_duty.signs(person, step, evidence="现场查看，措施已落实。")
    with stage.at_the_rectification("coordinator") as coordinator:
        on_duty.opens_the_notice(coordinator)
    stage.citizen.visit("/notices")
    stage.citizen.reads(stage.number, PROBLEM)

    stage.days.come_to(day_of(Notice.ends_on) + timedelta(days=1), 9)
    with stage.at_the_rectification("coordinator") as coordinator:
        on_duty.signs(coordinator, A.CLOSE_NOTICE, note="公示期满，未收到异议。")
    with stage.at_the_rectification("city_leader") as city_leader:
        on_duty.signs(city_leader, A.LEADER_SIGN, note="同意申报销号。")
    with stage.at_the_rectification("leader") as leader:
        on_duty.signs_off(leader)
    with stage.at_the_rectification("inspector2") as inspector2:
        on_duty.signs(inspector2, A.FILE, note="已归档。")


def it_is_looked_at_again(stage: Stage) -> None:
    stage.days.come_to(day_of(Rectification.look_back_on), 22)
    with stage.at_the_rectification("inspector") as inspector:
        on_duty.looks_back(inspector)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_from_the_form_to_the_look_back(visitors, days, tmp_path, screen):
    """Everybody's part of it, on a desk and on a telephone."""
    stage = Stage(visitors(screen=screen), visitors(screen=screen), days)
    it_is_reported(stage)
    it_is_handed_over(stage)
    it_is_answered(stage)
    it_is_put_right(stage)
    it_climbs_the_ladder(stage)
    it_is_looked_at_again(stage)

    with stage.on_duty("supervisor") as supervisor:
        file = on_duty.exports_the_disclosure(supervisor, stage.number, tmp_path)
    assert holds_the_case(file, stage.number)
    assert tells_nothing_of_the_reporter(file)
    assert verify(session()).sound


def day_of(column: Any) -> date:
    """A day of the story's one rectification, which the pages of staff show and the calendar made."""
    session().rollback()
    found: date = session().scalars(select(column)).one()
    return found


def holds_the_case(file: Path, number: str) -> bool:
    """Under the printed headings there is one row, with the number of the citizen's receipt."""
    lines = [[str(cell or "") for cell in line] for line in load_workbook(file).active.iter_rows(values_only=True)]
    start = next(place for place, line in enumerate(lines) if "受理编号" in line)
    rows = [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]
    found = [row for row in rows if row["受理编号"]]
    return [(row["受理编号"], row["交办问题基本情况"], row["是否属实"]) for row in found] == [(number, PROBLEM, "属实")]


def tells_nothing_of_the_reporter(file: Path) -> bool:
    with ZipFile(file) as parts:
        content = b"".join(parts.read(name) for name in parts.namelist()).decode("utf-8", "replace")
    return not any(words in content for words in (citizens.NAME, citizens.PHONE, citizens.SPOKEN))


def test_a_citizen_needs_no_script(visitors):
    citizen = visitors(scripts=False)
    first = citizens.states_a_report(citizen, photograph())
    citizen.press("查看这件举报的进度")
    citizen.reads(first.number, citizens.SPOKEN)
    citizen.press("在本设备上退出查询")

    second = citizens.states_a_report(citizen, photograph(1, 2, 3), "泰山路工地夜间施工。")
    assert second.number != first.number
    citizens.follows(citizen, first)
    citizens.adds(citizen, "昨天夜里又排了一次。")
    citizens.follows(citizen, second)
    citizens.withdraws(citizen, "已经和工地说好了。")

    citizens.follows(citizen, first)
    citizen.reads(citizens.SPOKEN, "昨天夜里又排了一次。")
    citizen.reads_not("您已撤回举报")


def test_a_visitor_hears_what_a_page_complains_of(chromium, address):
    visitor = Visitor(chromium, address)
    visitor.visit("/")
    assert visitor.complaints == []
    with visitor.page.expect_console_message():
        visitor.page.evaluate("document.body.innerHTML = '<img src=\"https://elsewhere.test/\" alt>'")
    assert "elsewhere.test" in "".join(visitor.complaints)
    visitor.close()
