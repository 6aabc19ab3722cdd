"""The pages of messages: one's own and nobody else's, in the office's words."""

import pytest
from sqlalchemy import event

from app.db import db, session
from app.domain.ledger import LedgerEntry
from app.domain.message import Message, Wish
from app.kernel.errors import Refused
from app.messages.queries.wording import events, look_over
from tests.casework.office import the
from tests.support.browsing import browse

HOME = "/staff/messages/"


@pytest.fixture
def assigned(office, told):
    case = office.brought_to("assign")
    told("officer")
    return case


def mine(cast, login):
    return session().query(Message).filter_by(person_id=cast.people[login]).order_by(Message.id.desc()).first()


def test_the_bell_counts_and_a_message_leads_to_its_case_once_read(app, cast, assigned):
    officer = browse(app).as_(cast, "officer")
    page = officer.get(HOME)
    assert f"{the(assigned).number} 分办" in page.words
    assert page.words.count("新") >= 1
    led = officer.get(f"{HOME}{mine(cast, 'officer').id}", follow=True)
    assert led.path == f"/staff/casework/{assigned}"
    assert mine(cast, "officer").read_at is not None
    assert "全部标为已读" not in officer.get(HOME).words


def test_a_page_of_many_costs_no_more_statements_than_a_page_of_one(app, cast, office, told):
    counted = []

    def count(*said):
        counted.append(said[2])

    def statements():
        officer.get(HOME)  # what is remembered for a moment is
        event.listen(db.engine, "before_cursor_execute", count)
        try:
            counted.clear()
            officer.get(HOME)
        finally:
            event.remove(db.engine, "before_cursor_execute", count)
        return len(counted)

    officer = browse(app).as_(cast, "officer")
    office.brought_to("assign", key="first")
    told("officer")
    one = statements()
    for at in range(5):
        office.brought_to("assign", key=str(at))
    told("officer")
    assert statements() == one <= 8


def test_all_can_be_marked_as_read(app, cast, assigned):
    officer = browse(app).as_(cast, "officer")
    officer.get(HOME)
    assert "全部标为已读" not in officer.post(f"{HOME}read").words


def test_somebody_elses_message_is_not_there(app, cast, assigned):
    message = mine(cast, "officer")
    browse(app).as_(cast, "other_officer").get(f"{HOME}{message.id}", status=404)
    session().rollback()
    assert mine(cast, "officer").read_at is None


def test_how_one_wants_to_be_told_is_kept_and_bad_input_is_said(app, cast):
    officer = browse(app).as_(cast, "officer")
    officer.get(f"{HOME}wishes")
    refused = officer.submit({"mailing": "each", "mail": "niemand", "daily_at": "8 Uhr"}, status=422)
    assert "请填写完整的邮箱地址" in refused.words
    assert "请按 08:00 的格式填写时间" in refused.words
    officer.submit({"mailing": "daily", "mail": "a@example.cn", "daily_at": "07:30", "mobile": "139 1234 5678"})
    kept = session().get_one(Wish, cast.people["officer"])
    assert (kept.mail, kept.mailing, kept.daily_at, kept.mobile) == ("a@example.cn", "daily", "07:30", "13912345678")


def test_words_are_looked_at_before_they_are_used_and_given_up_again(app, cast, assigned):
    leader = browse(app).as_(cast, "leader")
    leader.get(f"{HOME}wordings/case.assign")
    words = {"subject": "请办理{number}", "body": "{inspection}请办理{number}。{due}"}
    assert "请办理D2ZZ202403150001-1" in leader.submit({**words, "look": "1"}, status=200).words
    leader.get(f"{HOME}wordings/case.assign")
    assert "没有“{name}”这个字段" in leader.submit({"subject": "{name}", "body": "x"}, status=422).words
    leader.get(f"{HOME}wordings/case.assign")
    leader.submit(words)
    assert f"请办理{the(assigned).number}" in browse(app).as_(cast, "officer").get(HOME).words
    leader.get(f"{HOME}wordings/case.assign")
    leader.submit({"subject": "", "body": ""})
    assert f"{the(assigned).number} 分办" in browse(app).as_(cast, "officer").get(HOME).words
    assert session().query(LedgerEntry).filter_by(action="word_message").count() == 2
    leader.get(f"{HOME}wordings/case.nothing", status=404)


def test_ways_out_are_the_administrators(app, cast):
    administrator = browse(app).as_(cast, "administrator")
    administrator.get(f"{HOME}ways")
    assert "没有发送失败的消息" in administrator.page.words
    assert (
        "请填写以 https:// 或 http:// 开头的地址"
        in administrator.submit({"name": "短信平台", "address": "ftp://x"}, status=422).words
    )
    administrator.get(f"{HOME}ways")
    page = administrator.submit({"name": "短信平台", "address": "https://sms.example.cn/in"})
    assert "短信平台" in page.words
    browse(app).as_(cast, "leader").get(f"{HOME}ways", status=403)


def test_every_event_that_is_told_has_words_in_both_languages():
    from app.messages.queries.wording import LANGUAGES, MADE_UP, filled, shipped

    for key in events():
        for language in LANGUAGES:
            look_over(key, *shipped(key, language))
            words = filled(key, language, *shipped(key, language), MADE_UP)
            assert "{" not in words.subject + words.body
    with pytest.raises(Refused):
        look_over("case.assign", "{举报人}", "x")
