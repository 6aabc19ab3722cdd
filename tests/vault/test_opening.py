"""The vault's rules: asked with a reason, allowed by another, opened by a third, once, and written down before."""

import pytest
from sqlalchemy import select

from app.db import session, transaction
from app.domain import ledger
from app.domain.doings import Doing
from app.domain.inspection import Inspection
from app.domain.ledger import LedgerEntry
from app.domain.people import PersonRole
from app.domain.receiving import Statement, receive
from app.domain.report import Channel
from app.domain.reporter import Opening, Reporter
from app.kernel.errors import NotAllowed, NotFound, Refused, Stale
from app.vault import services
from app.vault.commands import AskOpening, OpenIdentity, RefuseOpening
from tests.conftest import PASSPHRASE
from tests.support.browsing import browse

WHO = Reporter(name="辛弃疾", phone="13912345678", address="铅山县瓢泉路8号", network_address="203.0.113.7")
SECRETS = (WHO.name, WHO.phone, WHO.address, WHO.network_address)


def keep(app, cast, reporter, key, where=None):
    with transaction() as current:
        inspection = current.get_one(Inspection, where or cast.ours)
        clerk = cast["clerk"] if where is None else cast["foreign_clerk"]
        said = Statement(Channel.CALL, "夜里有异味")
        received = receive(current, app.extensions["installation"], inspection, clerk, said, reporter, key)
        return received.report.number


@pytest.fixture
def number(app, cast):
    return keep(app, cast, WHO, "first")


@pytest.fixture
def asked(app, cast, number):
    return services.ask_opening(cast["inspector"], AskOpening(cast.ours, number, "须上门取样"))


@pytest.fixture
def allowed(cast, asked):
    services.allow_opening(cast["leader"], asked)
    return asked


def opening_words(opening_id, passphrase=PASSPHRASE):
    return OpenIdentity(opening_id, passphrase, "上门取样")


def doings():
    return [entry.action for entry in session().scalars(select(LedgerEntry).where(LedgerEntry.noun == "identity"))]


def test_the_custodian_opens_what_a_leader_allowed(installation, cast, allowed, number):
    opened = services.open_once(installation, cast["custodian"], opening_words(allowed))
    assert (opened.number, opened.reporter) == (number, WHO)
    assert doings() == [Doing.ASK_OPENING, Doing.ALLOW_OPENING, Doing.OPEN_IDENTITY]


def test_the_entry_is_committed_before_anything_is_decrypted(installation, cast, allowed, monkeypatch):
    def crash(key, identity):
        session().rollback()
        assert doings()[-1] == Doing.OPEN_IDENTITY
        raise RuntimeError

    monkeypatch.setattr(services, "open_identity", crash)
    with pytest.raises(RuntimeError):
        services.open_once(installation, cast["custodian"], opening_words(allowed))
    assert session().get_one(Opening, allowed).opened_at is not None


def test_without_its_entry_nothing_is_decrypted(installation, cast, allowed, monkeypatch):
    def full(*_args, **_more):
        raise OSError

    monkeypatch.setattr(ledger, "append", full)
    monkeypatch.setattr(services, "open_identity", lambda key, identity: pytest.fail("decrypted"))
    with pytest.raises(OSError):
        services.open_once(installation, cast["custodian"], opening_words(allowed))


def test_an_identity_is_opened_once(installation, cast, allowed, number):
    services.open_once(installation, cast["custodian"], opening_words(allowed))
    with pytest.raises(Stale):
        services.open_once(installation, cast["custodian"], opening_words(allowed))
    again = services.ask_opening(cast["inspector"], AskOpening(cast.ours, number, "再次上门"))
    with pytest.raises(NotAllowed):
        services.open_once(installation, cast["custodian"], opening_words(again))


def test_a_wrong_passphrase_opens_nothing_and_is_ledgered(installation, cast, allowed):
    with pytest.raises(Refused):
        services.open_once(installation, cast["custodian"], opening_words(allowed, "guessed"))
    assert doings()[-1] == Doing.OPENING_FAILED
    assert session().get_one(Opening, allowed).opened_at is None


@pytest.mark.parametrize(
    "login", ["inspector", "leader", "supervisor", "administrator", "auditor", "clerk", "coordinator"]
)
def test_nobody_but_the_custodian_opens(installation, cast, allowed, login):
    with pytest.raises((NotAllowed, NotFound)):
        services.open_once(installation, cast[login], opening_words(allowed))


def test_nobody_decides_on_what_they_asked_for(cast, asked):
    both = session().get_one(Opening, asked)
    both.asked_by_id = cast.people["leader"]
    session().commit()
    with pytest.raises(NotAllowed):
        services.allow_opening(cast["leader"], asked)


def test_nobody_opens_what_they_allowed(app, installation, cast, allowed):
    session().add(PersonRole(person_id=cast.people["leader"], role="custodian", inspection_id=cast.ours))
    session().commit()
    both = session().get_one(Opening, allowed)
    assert both.allowed_by_id == cast.people["leader"]
    browse(app).as_(cast, "leader").get(f"/staff/vault/{allowed}/open")
    from app.accounts.queries import person

    leader = person(cast.people["leader"])
    assert leader is not None
    with pytest.raises(NotAllowed):
        services.open_once(installation, leader.actor(), opening_words(allowed))


def test_a_refusal_gives_its_reason_and_ends_the_request(installation, cast, asked):
    services.refuse_opening(cast["leader"], RefuseOpening(asked, "可以夜间巡查"))
    assert doings()[-1] == Doing.REFUSE_OPENING
    with pytest.raises(Stale):
        services.allow_opening(cast["leader"], asked)
    with pytest.raises(NotAllowed):
        services.open_once(installation, cast["custodian"], opening_words(asked))


def test_the_same_identity_is_not_asked_for_twice_at_a_time(cast, asked, number):
    with pytest.raises(Refused):
        services.ask_opening(cast["inspector2"], AskOpening(cast.ours, number, "同样的理由"))


def test_where_nothing_was_left_nothing_is_asked_for(app, cast):
    blank = keep(app, cast, Reporter(), "blank")
    with pytest.raises(Refused):
        services.ask_opening(cast["inspector"], AskOpening(cast.ours, blank, "想知道"))


def test_a_foreign_report_is_as_good_as_none(app, cast, asked):
    foreign = keep(app, cast, WHO, "theirs", cast.theirs)
    told = set()
    for unknown in (foreign, "D2ZZ209901010001"):
        with pytest.raises(Refused) as caught:
            services.ask_opening(cast["inspector"], AskOpening(cast.ours, unknown, "想知道"))
        told.add(caught.value.message)
    assert len(told) == 1
    for login in ("foreign_leader", "foreign_custodian"):
        browse(app).as_(cast, login).get(f"/staff/vault/{asked}/{'refuse' if 'leader' in login else 'open'}", 404)


def test_an_inspector_sees_their_own_requests_only(app, cast, asked):
    assert "须上门取样" in browse(app).as_(cast, "inspector").get("/staff/vault")
    assert "须上门取样" not in browse(app).as_(cast, "inspector2").get("/staff/vault")
    assert "须上门取样" in browse(app).as_(cast, "leader").get("/staff/vault")


def test_the_whole_way_through_its_pages(app, cast, number):
    inspector, leader, custodian = (browse(app).as_(cast, who) for who in ("inspector", "leader", "custodian"))
    inspector.get(f"/staff/vault/ask?report={number}")
    assert number in inspector.submit({"reason": "须上门取样"})
    assert "查看身份的申请" in leader.get("/staff")
    leader.get("/staff/vault")
    opening = session().scalars(select(Opening.id)).one()
    leader.post(f"/staff/vault/{opening}/allow")
    assert "待打开的举报人身份" in custodian.get("/staff")
    page = custodian.get(f"/staff/vault/{opening}/open")
    page = custodian.submit({"reason": "上门取样", "passphrase": "wrong"}, status=422)
    assert "上门取样" in page
    page = custodian.submit({"reason": "上门取样", "passphrase": PASSPHRASE}, status=200)
    assert WHO.name in page
    assert WHO.phone in page
    assert WHO.network_address not in page
    assert page.headers["Cache-Control"] == "no-store"
    custodian.post(f"/staff/vault/{opening}/open", {"reason": "上门取样", "passphrase": PASSPHRASE}, 409)
    for browser in (inspector, leader, custodian):
        listed = browser.get("/staff/vault")
        assert "某custodian" in listed
        assert not [secret for secret in SECRETS if secret in listed]


def test_only_those_of_the_vault_come_near_it(app, cast):
    for login in ("clerk", "supervisor", "coordinator", "officer", "auditor", "administrator"):
        browse(app).as_(cast, login).get("/staff/vault", 403)
