"""Messages go out at least once, under one name; what fails is tried again, then listed for a person."""

import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from socket import AF_INET, SOCK_STREAM, socket

import pytest
import time_machine
from sqlalchemy import select

from app.db import session
from app.domain.message import Delivery, Hook, Sending, Wish
from app.kernel import clock
from app.kernel.errors import NotAllowed, Refused
from app.messages import services
from app.messages.commands import AddHook, TellMe
from app.messages.queries.reading import failures
from app.messages.services import sending
from app.messages.services.telling import tell_waiting, when
from tests.casework.office import the
from tests.support.mailing import Gateway

MAIL = TellMe("officer@example.cn", "each", "08:00", "13800138000", "00:00", "00:00")


def deliveries():
    session().rollback()
    session().expire_all()
    return list(session().scalars(select(Delivery).order_by(Delivery.id)))


@contextmanager
def later(**time):
    with time_machine.travel(clock.now() + timedelta(**time), tick=False):
        yield


@pytest.fixture
def mailing(installation, post_office):
    """With a mail server, and an officer who wants each message by mail."""
    settings = replace(
        installation.settings, smtp=post_office[1], mail_from="hotline@example.cn", address="https://hotline.example.cn"
    )
    return replace(installation, settings=settings)


@pytest.fixture
def assigned(office, cast):
    services.tell_me(cast["officer"], MAIL)
    case = office.brought_to("assign")
    tell_waiting()
    return case


def test_a_mail_says_the_number_and_what_happened_and_where(mailing, post_office, assigned):
    assert services.send_waiting(mailing) == 1
    (mail,) = post_office[0].taken
    number = the(assigned).number
    assert (mail["To"], mail["Subject"]) == ("officer@example.cn", f"{number} 分办")
    body = mail.get_content()
    assert number in body
    assert "https://hotline.example.cn/staff/messages/" in body
    assert "烟气" not in body, "no word of what was reported leaves the house"
    assert services.send_waiting(mailing) == 0


def test_what_waits_for_one_person_goes_in_one_mail(mailing, post_office, office, cast):
    services.tell_me(cast["officer"], MAIL)
    cases = [office.brought_to("assign", key=str(at)) for at in range(3)]
    tell_waiting()
    assert services.send_waiting(mailing) == 3
    (mail,) = post_office[0].taken
    assert all(the(case).number in mail.get_content() for case in cases)
    assert mail["Subject"].startswith("3条消息")


def test_who_died_between_sending_and_noting_is_followed_under_the_same_name(
    mailing, post_office, assigned, monkeypatch
):
    monkeypatch.setattr(sending, "note", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.send_waiting(mailing)
    monkeypatch.undo()
    assert services.send_waiting(mailing) == 0, "it is still in that worker's hands"
    with later(minutes=6):
        assert services.send_waiting(mailing) == 1
    first, second = post_office[0].taken
    assert first["Message-ID"] == second["Message-ID"]


def test_a_server_that_refuses_is_asked_again_and_then_it_is_given_up_and_listed(mailing, post_office, assigned, cast):
    post_office[0].answer = "451 come back later"
    waited = timedelta()
    for pause in (*sending.AGAIN, None):
        with time_machine.travel(clock.now() + waited + timedelta(seconds=1), tick=False):
            assert services.send_waiting(mailing) == 0
            assert services.send_waiting(mailing) == 0, "not before its time"
        waited += (pause or timedelta()) + timedelta(seconds=2)
    (given_up,) = deliveries()
    assert (given_up.stage, given_up.tries) == (Sending.GIVEN_UP, len(sending.AGAIN) + 1)
    (listed,) = failures().rows
    assert ("451" in listed.problem, listed.person) == (True, "某officer")
    with pytest.raises(NotAllowed):
        services.try_again(cast["officer"], given_up.id)
    services.try_again(cast["administrator"], given_up.id)
    post_office[0].answer = ""
    with time_machine.travel(clock.now() + timedelta(days=3), tick=False):
        assert services.send_waiting(mailing) == 1
    assert deliveries()[0].stage == Sending.SENT


def test_no_server_and_no_setting_lose_nothing(mailing, installation, assigned):
    nobody = replace(mailing, settings=replace(mailing.settings, smtp="smtp://127.0.0.1:1"))
    assert services.send_waiting(nobody) == 0
    with later(minutes=2):
        assert services.send_waiting(installation) == 0
    (waiting,) = deliveries()
    assert (waiting.stage, waiting.tries) == (Sending.WAITING, 2)
    assert "HOTLINE_SMTP" in waiting.problem


def test_a_server_that_does_not_answer_is_waited_for_once(mailing, office, cast, monkeypatch):
    services.tell_me(cast["officer"], MAIL)
    services.tell_me(cast["coordinator"], replace(MAIL, mail="city@example.cn"))
    office.brought_to("sign_reply")
    tell_waiting()
    monkeypatch.setattr(sending, "PATIENCE", 0.2)
    with socket(AF_INET, SOCK_STREAM) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        slow = replace(mailing, settings=replace(mailing.settings, smtp=f"smtp://127.0.0.1:{silent.getsockname()[1]}"))
        assert services.send_waiting(slow) == 0
    tries = {one.tries for one in deliveries()}
    assert tries == {0, 1}, "whose turn came after the silence was put off, and has lost no try"
    assert all(one.next_at > clock.now() for one in deliveries())


def test_a_slow_round_does_not_outlast_its_claim(installation, gateway, office, cast, monkeypatch):
    services.tell_me(cast["officer"], replace(MAIL, mailing="never"))
    for at in range(sending.AT_A_TIME):
        office.brought_to("assign", key=str(at))
    tell_waiting()
    sent = list[str]()
    with time_machine.travel(clock.now(), tick=False) as now:

        def slow(house, parcel):
            sent.append(parcel.name)
            now.shift(30)
            if len(sent) == 15:
                assert services.send_waiting(house) == 5, "another worker takes up what this one has not come to"

        monkeypatch.setattr(sending, "_post", slow)
        assert services.send_waiting(installation) == 15
    assert len(sent) == len(set(sent)) == sending.AT_A_TIME


def test_a_message_that_cannot_be_sent_at_all_holds_up_no_other(mailing, post_office, office, cast, monkeypatch):
    services.tell_me(cast["officer"], MAIL)
    services.tell_me(cast["coordinator"], replace(MAIL, mail="city@example.cn"))
    office.brought_to("sign_reply")
    tell_waiting()
    send, broken = sending._mail, cast.people["officer"]
    monkeypatch.setattr(
        sending, "_mail", lambda house, some: 1 / 0 if some[0].person.id == broken else send(house, some)
    )
    assert services.send_waiting(mailing) >= 1
    assert {mail["To"] for mail in post_office[0].taken} == {"city@example.cn"}
    assert {one.problem for one in deliveries() if one.stage == Sending.WAITING} == {"ZeroDivisionError"}


@pytest.fixture
def gateway(cast):
    made = Gateway()
    services.add_hook(cast["administrator"], AddHook("短信平台", f"http://127.0.0.1:{made.port}/sms", only_mobile=True))
    yield made
    made.close()


def test_a_webhook_is_told_what_is_for_a_mobile_and_can_see_who_signed(installation, gateway, office, cast):
    services.tell_me(cast["officer"], replace(MAIL, mailing="never"))
    case = office.brought_to("assign")
    tell_waiting()
    assert services.send_waiting(installation) == 1, "the coordinator left no mobile"
    ((headers, body),) = gateway.taken
    told = json.loads(body)
    assert (told["event"], told["number"], told["to"]["mobile"]) == ("case.assign", the(case).number, "13800138000")
    secret = services.secret_of(installation, session().scalars(select(Hook)).one())
    assert headers[sending.SIGNATURE] == services.signature(secret, headers[sending.MOMENT], body)
    assert headers[sending.NAME] == told["id"]


@pytest.mark.parametrize("trouble", [{"status": 500}, {"status": 302}, {"raw": b"\x00\xff nonsense"}])
def test_a_webhook_that_fails_or_talks_nonsense_is_told_again(installation, gateway, office, cast, trouble):
    for name, value in trouble.items():
        setattr(gateway, name, value)
    services.tell_me(cast["officer"], replace(MAIL, mailing="never"))
    office.brought_to("assign")
    tell_waiting()
    assert services.send_waiting(installation) == 0
    assert deliveries()[0].tries == 1
    gateway.status, gateway.raw = 200, b""
    with later(minutes=2):
        assert services.send_waiting(installation) == 1
    names = {headers[sending.NAME] for headers, _ in gateway.taken}
    assert len(names) == 1


def test_a_webhook_that_was_ended_is_told_nothing_more(installation, gateway, office, cast):
    services.tell_me(cast["officer"], replace(MAIL, mailing="never"))
    office.brought_to("assign")
    tell_waiting()
    hook = session().scalars(select(Hook)).one()
    services.end_hook(cast["administrator"], hook.id)
    assert services.send_waiting(installation) == 0
    assert [one.stage for one in deliveries()] == [Sending.DROPPED]
    with pytest.raises(NotAllowed):
        services.end_hook(cast["leader"], hook.id)
    with pytest.raises(Refused):
        services.add_hook(cast["administrator"], AddHook("别处", "file:///etc/passwd", only_mobile=False))


def at(hour, minute=0):
    return clock.at_local(clock.today(), clock.local(clock.now()).time().replace(hour, minute, 0, 0))


@pytest.mark.parametrize(
    ("wish", "now", "hours"),
    [
        ({"mailing": "each"}, 12, 0), ({"mailing": "each"}, 23, 8), ({"mailing": "each"}, 3, 4),
        ({"mailing": "daily"}, 7, 1), ({"mailing": "daily"}, 9, 23),
        ({"mailing": "each", "quiet_from": "12:00", "quiet_to": "14:00"}, 13, 1),
        ({"mailing": "each", "quiet_from": "00:00", "quiet_to": "00:00"}, 3, 0),
    ],
)  # fmt: skip
def test_nothing_is_sent_in_quiet_hours_and_a_days_mail_at_its_hour(wish, now, hours):
    person = Wish(person_id=1, **({"daily_at": "08:00", "quiet_from": "22:00", "quiet_to": "07:00"} | wish))
    assert when(person, at(now)) - at(now) == timedelta(hours=hours)
