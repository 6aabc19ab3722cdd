"""Every door says whom it admits, keeps to it, tells nobody of foreign records, and takes no form without its token."""

import re

import pytest

from app.factory import ROOMS
from app.web.guards import SIGN_IN, entry_of, permission_table
from tests.support.browsing import browse
from tests.support.cast import OURS, PEOPLE
from tests.support.parameters import foreign_ways, own_ways, values_of

LOGINS = [login for login, _, where, _ in PEOPLE if where in {OURS, None}]
TWINS = {"clerk2", "inspector2"}
"""They hold what another holds; only what is one's own tells them apart."""
KINDS = [login for login in LOGINS if login not in TWINS]
ENDS_THE_SESSION = {"accounts.sign_out", "accounts.leave_everywhere"}
NEEDS_A_QUESTION = {404, 302, 303}
"""What a page without an object answers to those it admits, besides 200, when it was asked for nothing."""
NUMBERS = re.compile(r'(?<=value=")[^"]*|(?<=\?next=)[^"]*')


def rules(app, method, *, objects):
    """The addresses that take a method, with or without parameters, in their order."""
    found = [rule for rule in app.url_map.iter_rules() if method in rule.methods and rule.endpoint != "static"]
    return sorted((rule for rule in found if bool(rule.arguments) is objects), key=lambda rule: rule.rule)


def admits(app, rule, actor):
    entry = entry_of(app, rule.endpoint)
    return entry is not None and entry.admits(actor)


def address(app, rule, values):
    with app.test_request_context():
        return app.url_map.bind("localhost").build(
            rule.endpoint, values, method="GET" if "GET" in rule.methods else "POST"
        )


def try_each(tries):
    """Run every (what, try) and fail once, with all that went wrong."""
    wrong = []
    for what, attempt in tries:
        try:
            answer = attempt()
        except Exception as error:  # noqa: BLE001  (any way of breaking is a broken door)
            answer = f"{type(error).__name__}: {str(error)[:400]}"
        if answer:
            wrong.append(f"{what}: {answer}")
    assert not wrong, f"{len(wrong)} doors:\n" + "\n".join(wrong[:40])


def test_every_room_of_the_house_opens(app):
    assert set(app.blueprints) == set(ROOMS)


def test_every_door_says_whom_it_admits(app):
    assert [door.path for door in permission_table(app) if door.entry is None] == []


def test_every_view_of_the_staff_side_asks_for_somebody(app):
    allowed = {SIGN_IN, "/staff/sign-out"}
    public = [d.path for d in permission_table(app) if d.entry and d.entry.public and d.path.startswith("/staff")]
    assert set(public) == allowed


def test_nobody_who_is_not_signed_in_sees_a_page_of_the_staff(app, world):
    def attempt(rule, values):
        page = browse(app).get(address(app, rule, values), None)
        led = page.status == 302 and page.location.startswith(SIGN_IN)
        return "" if admits(app, rule, None) or led else f"answers {page.status}"

    every = [
        (rule, next(own_ways(values_of(world, rule))))
        for objects in (False, True)
        for rule in rules(app, "GET", objects=objects)
    ]
    try_each((f"GET {rule.rule}", lambda rule=rule, values=values: attempt(rule, values)) for rule, values in every)


@pytest.mark.parametrize("login", [None, *LOGINS])
def test_a_page_without_an_object_opens_to_those_its_entry_admits(app, cast, world, login):
    browser = browse(app).as_(cast, login) if login else browse(app)

    def attempt(rule):
        page = browser.get(rule.rule, None)
        if admits(app, rule, cast[login] if login else None):
            return "" if page.status == 200 or page.status in NEEDS_A_QUESTION else f"answers {page.status}"
        return "" if page.status == (403 if login else 302) else f"answers {page.status} to a role it does not admit"

    try_each((f"GET {rule.rule}", lambda rule=rule: attempt(rule)) for rule in rules(app, "GET", objects=False))


@pytest.mark.parametrize("login", KINDS)
def test_a_page_of_a_record_answers_in_every_state(app, cast, world, login):
    browser = browse(app).as_(cast, login)

    def attempt(rule, values):
        page = browser.get(address(app, rule, values), None)
        if not admits(app, rule, cast[login]):
            return "" if page.status == 403 else f"answers {page.status} to a role it does not admit"
        return "" if page.status < 500 else f"answers {page.status}"

    every = []
    for rule in rules(app, "GET", objects=True):
        ways = list(own_ways(values_of(world, rule)))
        every += [(rule, values) for values in (ways if admits(app, rule, cast[login]) else ways[:1])]
    try_each(
        (f"GET {rule.rule} {values}", lambda rule=rule, values=values: attempt(rule, values)) for rule, values in every
    )


@pytest.mark.parametrize("login", LOGINS)
def test_a_foreign_record_looks_like_a_missing_one(app, cast, world, login):
    browser = browse(app).as_(cast, login)
    token = browser.get("/staff").token()

    def seen(method, rule, values):
        more = {"data": {"csrf_token": token}} if method == "POST" else {}
        page = browser._go(method, address(app, rule, values), None, follow=False, **more)
        return page.status, NUMBERS.sub("", page.text)

    def attempt(method, rule, foreign, missing):
        one, other = seen(method, rule, foreign), seen(method, rule, missing)
        if one != other:
            return f"foreign {one[0]}, missing {other[0]}"
        return "" if one[0] == 404 else f"answers {one[0]}"

    every = []
    for method in ("GET", "POST"):
        for rule in rules(app, method, objects=True):
            entry = entry_of(app, rule.endpoint)
            if entry is not None and not entry.public and entry.admits(cast[login]):
                every += [(method, rule, *pair) for pair in foreign_ways(values_of(world, rule), login)]
    try_each((f"{m} {rule.rule} {f}", lambda m=m, r=rule, f=f, n=n: attempt(m, r, f, n)) for m, rule, f, n in every)


def test_no_form_is_taken_without_its_token(app, cast, world):
    def attempt(rule, values):
        entry = entry_of(app, rule.endpoint)
        login = next((one for one in LOGINS if entry and entry.admits(cast[one])), "inspector")
        browser = browse(app).as_(cast, login)
        answers = []
        for token in ({}, {"csrf_token": ""}, {"csrf_token": "made up"}):
            page = browser._go("POST", address(app, rule, values), None, follow=False, data=token)
            answers.append(page.status)
        return "" if answers == [400, 400, 400] else f"answers {answers}"

    every = [
        (rule, next(own_ways(values_of(world, rule))))
        for objects in (False, True)
        for rule in rules(app, "POST", objects=objects)
    ]
    try_each((f"POST {rule.rule}", lambda rule=rule, values=values: attempt(rule, values)) for rule, values in every)


@pytest.mark.parametrize("login", KINDS)
def test_an_empty_form_breaks_nothing(app, cast, world, login):
    browser = browse(app).as_(cast, login)
    token = browser.get("/staff").token()

    def attempt(rule, values):
        page = browser._go("POST", address(app, rule, values), None, follow=False, data={"csrf_token": token})
        return "" if page.status < 500 else f"answers {page.status}"

    every = []
    for rule in [*rules(app, "POST", objects=False), *rules(app, "POST", objects=True)]:
        if admits(app, rule, cast[login]) and rule.endpoint not in ENDS_THE_SESSION:
            every += [(rule, values) for values in own_ways(values_of(world, rule))]
    try_each(
        (f"POST {rule.rule} {values}", lambda rule=rule, values=values: attempt(rule, values)) for rule, values in every
    )


@pytest.mark.parametrize(
    "strange", ["page=zzz", f"page=-{'9' * 30}", f"page={'9' * 30}", "q=%00", "lang=xx", "inspection=nowhere"]
)
def test_a_strange_question_breaks_no_list(app, cast, world, strange):
    def attempt(rule):
        login = next((one for one in LOGINS if admits(app, rule, cast[one])), None)
        browser = browse(app).as_(cast, login) if login else browse(app)
        status = browser.get(f"{rule.rule}?{strange}", None).status
        return "" if status < 500 else f"answers {status}"

    try_each((f"GET {rule.rule}", lambda rule=rule: attempt(rule)) for rule in rules(app, "GET", objects=False))


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_a_number_no_record_can_have_is_missing(app, cast, world, number):
    def attempt(rule, values):
        login = next((one for one in LOGINS if admits(app, rule, cast[one])), "inspector")
        page = browse(app).as_(cast, login).get(address(app, rule, values), None)
        return "" if page.status == 404 else f"answers {page.status}"

    every = []
    for rule in rules(app, "GET", objects=True):
        values = next(own_ways(values_of(world, rule)))
        numbers = [name for name, value in values.items() if isinstance(value, int) and name != "year"]
        every += [(rule, {**values, name: number}) for name in numbers]
    try_each(
        (f"GET {rule.rule} {values}", lambda rule=rule, values=values: attempt(rule, values)) for rule, values in every
    )
