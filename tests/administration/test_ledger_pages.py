"""The auditor reads who, when and what kind, never what was said; and verifies the chain."""

import pytest
from sqlalchemy import text

from app.db import session
from app.domain.doings import Doing, write_down
from app.domain.ledger import LedgerEntry
from app.domain.workflow.vocabulary import Need, Role
from tests.support.browsing import browse


@pytest.fixture
def told(app, cast):
    for number in range(120):
        write_down(
            session(), cast["custodian"], Role.CUSTODIAN, Doing.OPEN_IDENTITY, "identity", number,
            chain=cast.ours, said={Need.REASON: "因为要核实一件很具体的事"}, facts={"phone_tail": 99},
        )  # fmt: skip
    session().commit()


def test_the_auditor_sees_no_words(app, cast, told):
    page = browse(app).as_(cast, "auditor").get("/staff/ledger")
    assert "打开举报人身份" in page
    assert "某custodian" in page
    assert "因为要核实" not in page
    assert "phone_tail" not in page


def test_the_ledger_is_read_page_by_page(app, cast, told):
    browser = browse(app).as_(cast, "auditor")
    page = browser.get(f"/staff/ledger?chain={cast.ours}&noun=identity")
    assert f"{cast.ours}-120" in page
    later = next(link.get("href") for link in page.all("a") if link.get("rel") == "next")
    page = browser.get(f"/staff/ledger{later}")
    assert f"{cast.ours}-70" in page
    assert "noun=identity" in page


def test_an_object_is_followed_through_the_ledger(app, cast, told):
    page = browse(app).as_(cast, "auditor").get("/staff/ledger?noun=identity&id=77")
    assert f"{cast.ours}-78" in page
    assert f"{cast.ours}-79" not in page


def test_verifying_names_the_first_bad_entry(app, cast, told):
    browser = browse(app).as_(cast, "auditor")
    browser.get("/staff/ledger")
    assert "完好" in browser.post("/staff/ledger/verify", status=200)
    victim = session().query(LedgerEntry).filter_by(noun_id=50).one().id
    for statement in unlocked():
        session().execute(text(statement))
    session().execute(text("UPDATE ledger_entries SET person_id = 1 WHERE id = :id"), {"id": victim})
    session().commit()
    page = browser.post("/staff/ledger/verify", status=200)
    assert "被改动" in page
    assert str(victim) in page


def unlocked():
    if session().get_bind().dialect.name == "sqlite":
        return ["DROP TRIGGER ledger_entries_no_update"]
    return ["DROP TRIGGER ledger_entries_unchangeable ON ledger_entries"]


def test_only_auditors_read_the_ledger(app, cast):
    for login in ("administrator", "leader", "custodian", "supervisor", "officer"):
        browse(app).as_(cast, login).get("/staff/ledger", 403)


def test_administration_shows_nothing_of_reports_and_is_only_for_administrators(app, cast):
    for login in ("auditor", "leader", "inspector", "custodian", "coordinator"):
        browse(app).as_(cast, login).get("/staff/administration", 403)
