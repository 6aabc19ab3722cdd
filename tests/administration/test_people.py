"""People: who may be given which role, and what happens to their sessions."""

import pytest
from click.testing import CliRunner

from app.administration.commands import Appointing, NewPerson, PersonChange
from app.administration.services import people as services
from app.db import session
from app.domain.doings import Doing
from app.domain.ledger import SYSTEM_CHAIN, LedgerEntry
from app.domain.people import SYSTEM, Person
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import NotAllowed, NotFound, Refused
from app.kernel.passwords import fits
from tests.support.browsing import browse

HOME = "/staff/administration"


@pytest.fixture
def new(app, cast):
    return services.create_person(cast["administrator"], NewPerson("newcomer", "某人"))


def entries():
    found = session().query(LedgerEntry).filter_by(chain=SYSTEM_CHAIN).order_by(LedgerEntry.seq)
    return [(entry.action, entry.noun, entry.noun_id, entry.facts) for entry in found]


def fields_of(caught):
    return set(caught.value.fields)


def test_a_new_person_gets_a_password_that_is_shown_once(app, cast):
    browser = browse(app).as_(cast, "administrator")
    browser.get(f"{HOME}/people/new")
    page = browser.post(f"{HOME}/people/new", {"login": "Newcomer", "name": "某人"}, 200)
    person = session().query(Person).filter_by(login="newcomer").one()
    shown = [text for text in " ".join(page.find("main").itertext()).split() if fits(person.password_hash, text)]
    assert len(shown) == 1
    assert shown[0] not in browser.get(f"{HOME}/people/{person.id}")


@pytest.mark.parametrize("login", ["", "x", "某人", "with space", "inspector"])
def test_a_login_is_plain_and_unique(app, cast, login):
    with pytest.raises(Refused) as caught:
        services.create_person(cast["administrator"], NewPerson(login, "某人"))
    assert fields_of(caught) == {"login"}


def test_only_administrators_administer(app, cast, new):
    for login in ("leader", "auditor", "coordinator", "supervisor", "custodian"):
        with pytest.raises(NotAllowed):
            services.create_person(cast[login], NewPerson("another", "某人"))
        with pytest.raises(NotAllowed):
            services.reset_password(cast[login], new.person_id)


def test_the_system_may_administer_while_it_sets_itself_up(app, cast):
    assert (
        services.create_person(SYSTEM, NewPerson("first", "某人"), "chosen by the demo").password
        == "chosen by the demo"
    )


def test_every_change_is_ledgered_with_names_of_fields_only(app, cast, new):
    services.change_person(cast["administrator"], PersonChange(new.person_id, "某人改名", active=False))
    appointed = Appointing(new.person_id, R.OFFICER, cast.ours, cast.units["lusong"])
    services.end_appointment(cast["administrator"], new.person_id, services.appoint(cast["administrator"], appointed))
    place = {"role": "officer", "inspection_id": cast.ours, "unit_id": cast.units["lusong"]}
    assert entries() == [
        (Doing.ADD_PERSON, "person", new.person_id, {}),
        (Doing.CHANGE_PERSON, "person", new.person_id, {"fields": ["name", "active"]}),
        (Doing.APPOINT, "person", new.person_id, place),
        (Doing.END_APPOINTMENT, "person", new.person_id, place),
    ]


def test_what_changes_nothing_is_not_ledgered(app, cast, new):
    services.change_person(cast["administrator"], PersonChange(new.person_id, "某人", active=True))
    assert len(entries()) == 1


@pytest.mark.parametrize(
    ("role", "ours", "unit", "field"),
    [
        (R.CITIZEN, True, None, "role"),
        (R.HISTORIAN, True, None, "role"),
        (R.CLERK, False, None, "inspection"),
        (R.ADMINISTRATOR, True, None, "inspection"),
        (R.OFFICER, True, None, "unit"),
        (R.COORDINATOR, True, None, "unit"),
        (R.INSPECTOR, True, "lusong", "unit"),
    ],
)
def test_a_role_is_held_where_it_belongs(app, cast, new, role, ours, unit, field):
    words = Appointing(new.person_id, role, cast.ours if ours else None, cast.units[unit] if unit else None)
    with pytest.raises(Refused) as caught:
        services.appoint(cast["administrator"], words)
    assert fields_of(caught) == {field}


@pytest.mark.parametrize("alone", [R.ADMINISTRATOR, R.AUDITOR])
def test_administrators_and_auditors_hold_no_other_role(app, cast, alone):
    for first, second in (((alone, None), (R.LEADER, cast.ours)), ((R.LEADER, cast.ours), (alone, None))):
        account = services.create_person(SYSTEM, NewPerson(f"{alone}-{first[0]}", "某人"))
        services.appoint(SYSTEM, Appointing(account.person_id, *first))
        with pytest.raises(Refused):
            services.appoint(SYSTEM, Appointing(account.person_id, *second))


def test_nobody_appoints_or_deactivates_themselves(app, cast):
    own = cast.people["administrator"]
    with pytest.raises(Refused):
        services.appoint(cast["administrator"], Appointing(own, R.LEADER, cast.ours))
    with pytest.raises(Refused):
        services.change_person(cast["administrator"], PersonChange(own, "某人", active=False))
    appointment = session().get_one(Person, own).roles[0].id
    with pytest.raises(Refused):
        services.end_appointment(cast["administrator"], own, appointment)


def test_the_same_appointment_is_not_made_twice(app, cast):
    words = Appointing(cast.people["clerk"], R.CLERK, cast.ours)
    with pytest.raises(Refused):
        services.appoint(cast["administrator"], words)


def test_an_appointment_of_somebody_else_is_not_ended_through_this_person(app, cast, new):
    foreign = session().get_one(Person, cast.people["clerk"]).roles[0].id
    with pytest.raises(NotFound):
        services.end_appointment(cast["administrator"], new.person_id, foreign)


def test_a_reset_ends_the_persons_sessions_and_forgets_wrong_tries(app, cast):
    person = session().get_one(Person, cast.people["clerk"])
    person.failures = 9
    session().commit()
    browser = browse(app).as_(cast, "clerk")
    browser.get("/staff")
    services.reset_password(cast["administrator"], person.id)
    assert session().get_one(Person, person.id).failures == 0
    browser.get("/staff", 302)


def test_an_appointment_counts_at_once(app, cast, new):
    browser = browse(app).as_(cast, "administrator")
    browser.get(f"{HOME}/people/{new.person_id}/appoint")
    page = browser.submit({"role": "auditor"})
    assert "审计" in page
    browse(app).signed_in(f"{new.person_id}:1").get("/staff/ledger")


def test_people_are_found_by_name(app, cast, new):
    page = browse(app).as_(cast, "administrator").get(f"{HOME}?q=NEWC")
    assert "newcomer" in page
    assert "foreign_clerk" not in page
    assert "没有这个人" in browse(app).as_(cast, "administrator").get(f"{HOME}?q=%25")


def test_a_refused_form_keeps_what_was_typed(app, cast):
    browser = browse(app).as_(cast, "administrator")
    browser.get(f"{HOME}/people/new")
    page = browser.post(f"{HOME}/people/new", {"login": "clerk", "name": "某新人"}, 422)
    assert "某新人" in page
    assert "登录名已被使用" in page


def test_the_first_administrator_is_made_by_a_command(app, cast, monkeypatch):
    from app.administration import cli

    monkeypatch.setattr(cli, "create_app", lambda: app)
    told = CliRunner().invoke(cli.administrator, ["first.one", "某管理员"], catch_exceptions=False).output
    browser = browse(app)
    browser.get("/staff/sign-in")
    page = browser.post("/staff/sign-in", {"login": "first.one", "password": told.split()[-1]})
    assert "某管理员" in page
    browser.get(HOME)
