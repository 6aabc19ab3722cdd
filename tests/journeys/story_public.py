"""What a citizen does in the story: states a report, keeps the receipt, follows it, says something to it."""

from dataclasses import dataclass

from tests.journeys.story_browser import Visitor
from tests.support.reports import TIANYUAN

NAME, PHONE = "欧阳访客", "13977712345"
SPOKEN = "嵩山路沥青拌和站夜里十点以后生产，烟气刺鼻，附近居民不敢开窗。"


@dataclass(frozen=True)
class Receipt:
    number: str
    code: str


def states_a_report(citizen: Visitor, photograph: bytes, words: str = SPOKEN) -> Receipt:
    """From the first page to the receipt; several teams are at work, so one is chosen first."""
    citizen.visit("/")
    citizen.page.locator("main").get_by_role("link", name="株洲").first.click()
    citizen.follow("我要举报")
    citizen.write(description=words, place="嵩山路与泰山路口", polluter="某沥青拌和站")
    citizen.choose(area=TIANYUAN, types="air", anonymous="n", wants_answer="y")
    citizen.write(name=NAME, phone=PHONE)
    citizen.attach("files", ("yan.jpg", photograph))
    citizen.send()
    citizen.reads("请核对", words, NAME)
    citizen.send()
    citizen.reads("您的举报已经收到")
    return Receipt(citizen.fact("受理编号"), citizen.fact("查询码"))


def follows(citizen: Visitor, receipt: Receipt) -> None:
    """By the query code, as on any other day and any other device."""
    citizen.visit("/track")
    citizen.write(query_code=receipt.code.lower().replace("-", " "))
    citizen.send()
    citizen.reads(receipt.number)


def adds(citizen: Visitor, words: str) -> None:
    citizen.press("补充情况")
    citizen.write(addition=words)
    citizen.send()
    citizen.reads("已补充到您的来件", words)


def withdraws(citizen: Visitor, why: str) -> None:
    citizen.press("撤回")
    citizen.write(reason=why)
    citizen.send()
    citizen.reads("您的举报已撤回", "不再办理")


def rates(citizen: Visitor, rating: str) -> None:
    citizen.press("评价")
    citizen.choose(rating=rating)
    citizen.send()
    citizen.reads("谢谢，已记录")


def reads_the_results(citizen: Visitor, number: str) -> None:
    """As anybody may: in the public table, and on the case's own page."""
    citizen.visit("/public/cases?inspection=ours")
    citizen.follow(number)
    citizen.reads(number)
