"""A reporter who asked for it is told that there is news: by their way, in words that tell nothing, and no longer than wished."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import inspect, select, text

from app.db import session, transaction
from app.domain.message import Hook, Sending
from app.domain.news import KEPT_FOR, NEWS, News, NewsWish, tidy
from app.domain.people import CITIZEN
from app.domain.report import Report
from app.domain.workflow.vocabulary import Need, ReportAction
from app.kernel import clock
from app.messages import services
from app.messages.commands import AddHook
from app.messages.services import sending
from app.messages.services.telling import tell_waiting
from tests.support.browsing import browse
from tests.support.mailing import Gateway
from tests.tracking import story
from tests.tracking.test_code import opened

PHONE, MAIL = "13911118888", "reporter@example.cn"
WORDS = "您查询的事项有新进展"


@pytest.fixture
def report(cast, installation):
    return story.reported(installation, cast)


@pytest.fixture
def noon():
    with time_machine.travel(clock.at_local(clock.today(), clock.local(clock.now()).time().replace(12, 0)), tick=False):
        yield


@pytest.fixture
def gateways(cast):
    """One for text messages, and an office system that is told of everything else."""
    mobile, office = Gateway(), Gateway()
    for made, only_mobile in ((mobile, True), (office, False)):
        words = AddHook("系统", f"http://127.0.0.1:{made.port}/in", only_mobile=only_mobile)
        services.add_hook(cast["administrator"], words)
    yield mobile, office
    for made in (mobile, office):
        made.server.shutdown()
        made.server.server_close()


def ask(app, code, way, to, status=None):
    browser = opened(app, code)
    page = browser.get("/track/report/news")
    assert WORDS in page, "what will come is seen before it is asked for"
    browser.submit({"way": way, "to": to}, status=status)
    return browser


def asked_again(cast, report):
    with transaction() as writing:
        writing.get_one(Report, report[0]).perform(ReportAction.ANSWER, CITIZEN, {Need.ANSWER: "泰山路"})
    story.asked(cast, report[0], "几点钟？")


def everything():
    """Every cell of every table, as text."""
    tables = inspect(session().connection()).get_table_names()
    rows = (row for name in tables for row in session().execute(text(f'SELECT * FROM "{name}"')))
    return " ".join(str(cell) for row in rows for cell in row)


@pytest.mark.usefixtures("noon")
def test_a_text_message_goes_to_the_gateway_alone_and_tells_nothing_of_the_matter(
    app, cast, installation, report, gateways
):
    mobile, office = gateways
    ask(app, report[1], "mobile", "139 1111 8888")
    assert PHONE not in everything(), "what was left is locked"
    story.asked(cast, report[0])
    tell_waiting()
    assert services.send_news(installation) == 1
    ((headers, body),) = mobile.taken
    told = json.loads(body)
    assert (told["event"], told["to"], told["subject"]) == (NEWS, {"mobile": PHONE}, WORDS)
    assert set(told) == {"id", "event", "at", "to", "subject", "body"}
    assert headers[sending.NAME] == told["id"]
    assert office.taken == [], "no office system learns of a reporter's number"
    assert services.send_news(installation) == 0
    assert tell_waiting() == 0


@pytest.mark.usefixtures("noon")
def test_a_mail_is_sent_until_it_is_wanted_no_longer(app, cast, installation, report, post_office):
    mailing = replace(installation, settings=replace(
        installation.settings, smtp=post_office[1], mail_from="hotline@example.cn", address="https://hotline.example.cn"
    ))  # fmt: skip
    browser = ask(app, report[1], "mail", MAIL)
    story.asked(cast, report[0])
    tell_waiting()
    assert services.send_news(mailing) == 1
    (mail,) = post_office[0].taken
    assert (mail["To"], mail["Subject"]) == (MAIL, WORDS)
    assert "https://hotline.example.cn/track" in mail.get_content()
    number = browser.get("/track/report")
    assert MAIL not in number
    browser.get("/track/report/news")
    browser.submit({}, "/track/report/news/stop")
    assert session().scalars(select(NewsWish)).all() == []
    asked_again(cast, report)
    tell_waiting()
    assert services.send_news(mailing) == 0


@pytest.mark.usefixtures("noon")
def test_what_waits_is_dropped_with_the_wish_and_a_wish_lasts_a_year(app, cast, installation, report):
    ask(app, report[1], "mail", MAIL)
    story.asked(cast, report[0])
    tell_waiting()
    with time_machine.travel(clock.now() + KEPT_FOR + timedelta(days=1), tick=False):
        tidy(installation)
    assert [one.stage for one in session().scalars(select(News))] == [Sending.DROPPED]
    assert session().scalars(select(NewsWish)).all() == []


def test_at_night_nobody_is_told_and_who_did_not_ask_never(app, cast, installation, report):
    story.asked(cast, report[0])
    tell_waiting()
    assert session().scalars(select(News)).all() == []
    ask(app, report[1], "mail", MAIL)
    night = clock.at_local(clock.today() + timedelta(days=1), clock.local(clock.now()).time().replace(23, 30))
    with time_machine.travel(night, tick=False):
        asked_again(cast, report)
        tell_waiting()
    (waiting,) = session().scalars(select(News))
    assert clock.local(waiting.next_at).hour == 7


@pytest.mark.parametrize(("way", "to"), [("mobile", "12"), ("mobile", MAIL), ("mail", "nobody")])
def test_what_is_no_number_and_no_address_is_said_so(app, report, way, to):
    ask(app, report[1], way, to, status=422)
    assert session().scalars(select(NewsWish)).all() == []


def test_words_for_reporters_are_used_only_after_they_were_looked_at(app, cast):
    browser = browse(app).as_(cast, "leader").in_(cast.ours)
    address = f"/staff/messages/wordings/{NEWS}"
    browser.get(address)
    given = {"subject": "有消息", "body": "请查询。{address}"}
    page = browser.submit(given, status=200)
    assert "请查询。https://" in page, "not kept: shown as it will read"
    browser.submit(given)
    assert "有消息" in browser.get(address)
    browser.submit({"body": "{number}有消息"}, status=422)


def test_a_gateway_that_fails_is_asked_again_under_the_same_name(app, cast, installation, report, gateways, noon):
    ask(app, report[1], "mobile", PHONE)
    story.asked(cast, report[0])
    tell_waiting()
    gateways[0].status = 500
    assert services.send_news(installation) == 0
    gateways[0].status = 200
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        assert services.send_news(installation) == 1
    assert len({headers[sending.NAME] for headers, _ in gateways[0].taken}) == 1
    assert session().scalars(select(Hook)).first() is not None
