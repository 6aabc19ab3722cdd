"""The rules of the door: one sentence for every refusal, a new session each time, sessions that end when they must."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.accounts import services
from app.accounts.commands import SignIn
from app.db import session
from app.domain.doings import Doing
from app.domain.ledger import SYSTEM_CHAIN, LedgerEntry
from app.domain.people import SYSTEM, Person
from app.kernel import clock
from app.kernel.errors import Refused
from app.web.home import Work
from tests.support.browsing import browse

PASSWORD = "horse battery staple"


@pytest.fixture
def inspector(app, cast):
    return services.set_password(SYSTEM, cast.people["inspector"], PASSWORD)


def try_in(app, login, password, status=None, **more):
    browser = browse(app)
    browser.get("/staff/sign-in")
    return browser, browser.post("/staff/sign-in", {"login": login, "password": password, **more}, status, follow=False)


def told(page):
    return " ".join(next(iter(page.all("main"))).itertext()).replace("\n", " ")


def test_the_right_password_opens_the_first_page(app, cast, inspector):
    browser, page = try_in(app, "Inspector", PASSWORD)
    assert page.location == "/staff"
    assert "某inspector" in browser.get("/staff")


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(app, cast, inspector):
    _, wrong = try_in(app, "inspector", "not the password", 422)
    _, unknown = try_in(app, "inspectress", "not the password", 422)
    _, unset = try_in(app, "leader", "unset", 422)
    assert (
        wrong.text.replace("inspector", "X").split("csrf")[0]
        == unknown.text.replace("inspectress", "X").split("csrf")[0]
    )
    assert "登录名与密码不符" in wrong
    assert told(wrong) == told(unknown) == told(unset)


def test_every_refusal_costs_one_hash(app, cast, inspector, monkeypatch):
    asked = []
    monkeypatch.setattr("app.accounts.services.fits", lambda kept, typed: asked.append(kept))
    for login in ("inspector", "nobody", "leader"):
        with pytest.raises(Refused):
            services.sign_in(SignIn(login, "wrong"))
    assert len(asked) == 3


def test_after_five_wrong_tries_even_the_right_password_waits(app, cast, inspector):
    with time_machine.travel(clock.now(), tick=False) as hands:
        for _ in range(services.FREE_TRIES):
            with pytest.raises(Refused):
                services.sign_in(SignIn("inspector", "wrong"))
        with pytest.raises(Refused):
            services.sign_in(SignIn("inspector", PASSWORD))
        hands.shift(timedelta(seconds=61))
        assert services.sign_in(SignIn("inspector", PASSWORD)).failures == 0


def test_the_wait_grows_and_has_an_end(app, cast, inspector):
    waits = []
    with time_machine.travel(clock.now(), tick=False) as hands:
        for _ in range(20):
            with pytest.raises(Refused):
                services.sign_in(SignIn("inspector", "wrong"))
            person = session().get_one(Person, inspector.id)
            if person.locked_until:
                waits.append(person.locked_until - clock.now())
                hands.move_to(person.locked_until)
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert waits[-1] == services.LONGEST_WAIT


def test_signing_in_and_failing_to_are_ledgered_without_what_was_typed(app, cast, inspector):
    try_in(app, "inspector", PASSWORD)
    try_in(app, "inspector", "wrong", 422)
    try_in(app, "my secret typed as a name", "x", 422)
    entries = session().scalars(select(LedgerEntry).where(LedgerEntry.chain == SYSTEM_CHAIN).order_by(LedgerEntry.seq))
    kept = [(e.action, e.person_id, e.noun_id, e.facts) for e in entries][1:]
    assert kept == [
        (Doing.SIGN_IN, inspector.id, inspector.id, {}),
        (Doing.SIGN_IN_REFUSED, inspector.id, inspector.id, {}),
        (Doing.SIGN_IN_REFUSED, None, 0, {}),
    ]


def test_nothing_of_the_session_before_survives_signing_in(app, cast, inspector):
    browser = browse(app).in_(cast.theirs)
    before = browser.get("/staff/sign-in").token()
    browser.post("/staff/sign-in", {"login": "inspector", "password": PASSWORD})
    browser.post("/staff/sign-out-everywhere", {"csrf_token": before}, 400)


def test_the_way_onward_never_leaves_the_house(app, cast, inspector):
    for wish in ("https://elsewhere.cn/", "//elsewhere.cn", "/staff\\@elsewhere.cn", "/", "/staffroom"):
        assert try_in(app, "inspector", PASSWORD, next=wish)[1].location == "/staff"
    assert try_in(app, "inspector", PASSWORD, next="/staff/password?x=1&y=2")[1].location == "/staff/password?x=1&y=2"


def test_whoever_is_deactivated_is_out_at_once(app, cast, inspector):
    browser = browse(app).signed_in(f"{inspector.id}:{inspector.epoch}")
    browser.get("/staff")
    session().get_one(Person, inspector.id).active = False
    session().commit()
    assert browser.get("/staff", 302).location.startswith("/staff/sign-in")
    _, page = try_in(app, "inspector", PASSWORD, 422)
    assert "登录名与密码不符" in page


def test_a_session_ends_after_eight_idle_hours(app, cast, inspector):
    with time_machine.travel(clock.now(), tick=False) as hands:
        browser, _ = try_in(app, "inspector", PASSWORD)
        hands.shift(timedelta(hours=7))
        browser.get("/staff")
        hands.shift(timedelta(hours=7))
        browser.get("/staff")
        hands.shift(timedelta(hours=9))
        browser.get("/staff", 302)


def test_signing_out_ends_the_session(app, cast, inspector):
    browser, _ = try_in(app, "inspector", PASSWORD)
    browser.get("/staff")
    assert "您已退出" in browser.post("/staff/sign-out")
    browser.get("/staff", 302)


def test_a_new_password_ends_every_other_session(app, cast, inspector):
    here, _ = try_in(app, "inspector", PASSWORD)
    there, _ = try_in(app, "inspector", PASSWORD)
    here.get("/staff/password")
    new = {"present": PASSWORD, "new": "a longer new one", "again": "a longer new one"}
    assert "密码已修改" in here.post("/staff/password", new)
    here.get("/staff")
    there.get("/staff", 302)
    try_in(app, "inspector", PASSWORD, 422)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"present": "wrong"}, "与现在的密码不符"),
        ({"new": "short", "again": "short"}, "至少十个字符"),
        ({"new": "inspector 2024", "again": "inspector 2024"}, "登录名"),
        ({"again": "another"}, "不一致"),
        ({"new": PASSWORD, "again": PASSWORD}, "与原来不同"),
    ],
)
def test_a_bad_new_password_is_told_beside_its_field(app, cast, inspector, words, told):
    browser, _ = try_in(app, "inspector", PASSWORD)
    browser.get("/staff/password")
    sent = {"present": PASSWORD, "new": "a longer new one", "again": "a longer new one"} | words
    assert told in browser.post("/staff/password", sent, 422)


def test_leaving_everywhere_ends_every_session(app, cast, inspector):
    here, _ = try_in(app, "inspector", PASSWORD)
    there, _ = try_in(app, "inspector", PASSWORD)
    here.get("/staff/password")
    here.post("/staff/sign-out-everywhere")
    here.get("/staff", 302)
    there.get("/staff", 302)


def test_the_first_page_shows_what_waits_and_where_the_stay_stands(app, cast, monkeypatch):
    waiting = [Work("Sign in", "/staff/password", 12, 3)]
    monkeypatch.setattr("app.accounts.routes.next_work", lambda actor, inspection: waiting)
    page = browse(app).as_(cast, "inspector").get("/staff")
    assert "12" in page
    assert "逾期3件" in page
    assert "进驻第10天，共20天" in page


def test_the_first_page_is_calm_when_nothing_waits(app, cast, monkeypatch):
    monkeypatch.setattr("app.accounts.routes.next_work", lambda actor, inspection: [])
    assert "目前没有待办" in browse(app).as_(cast, "clerk").get("/staff")


def test_another_inspection_is_chosen_only_among_ones_own(app, cast):
    browser = browse(app).as_(cast, "inspector")
    browser.get("/staff")
    browser.post("/staff/choose", {"inspection": cast.theirs}, 404)
    assert "ours督察组" in browser.post("/staff/choose", {"inspection": cast.ours})
    auditor = browse(app).as_(cast, "auditor")
    auditor.get("/staff")
    assert "theirs督察组" in auditor.post("/staff/choose", {"inspection": cast.theirs}).words.split("今日工作")[1]


def test_the_pulse_tells_whether_the_database_answers(app, cast, monkeypatch):
    assert browse(app).get("/healthz").text == "ok\n"
    monkeypatch.setattr("app.accounts.queries.database_answers", lambda: False)
    browse(app).get("/healthz", 503)
