"""The officer at the gate: pictures first, the words last, the record once, and read by whoever reads the case."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from app import storage
from app.casework import services
from app.casework.commands import KeepFieldPictures, KeepFieldRecord, TakeOver
from app.casework.queries.gate import seen
from app.db import session
from app.domain.attachment import Attachment, attachments_of, waiting
from app.domain.field_record import FIELD, FieldRecord
from app.domain.ledger import LedgerEntry
from app.kernel import clock
from app.kernel.errors import NotFound, Refused
from tests.casework.office import HANDED, SPOKEN, a_photograph
from tests.support.browsing import browse

KEY = "0123456789abcdef0123"
FIRST, SECOND = "first-picture-of-mine", "second-picture-of-mine"


def gate(key, more=""):
    return f"/staff/casework/gate/{key}{more}"


def a_record(case, **changes):
    given = {"seen_at": clock.now(), "place": "拌和站大门", "finding": "烟囱未加罩，烟气外逸。", "marks": (FIRST,)}
    return KeepFieldRecord(case, KEY, **(given | changes))


@pytest.fixture
def case(office):
    return office.brought_to("investigate")


@pytest.fixture
def sent(case, cast, installation):
    """Two pictures, one of them sent twice because its answer was lost."""
    for mark in (FIRST, SECOND, FIRST):
        words = KeepFieldPictures(case, KEY, ((mark, a_photograph()),))
        assert services.keep_field_pictures(cast["officer"], installation, words) == []
    return case


def count(noun):
    return session().scalar(select(func.count()).select_from(noun))


def test_pictures_come_first_and_the_words_make_the_record_once(sent, cast):
    words = a_record(sent)
    first = services.keep_field_record(cast["officer"], words)
    assert services.keep_field_record(cast["officer"], words) == first
    (one,) = seen(cast["unit_leader"], sent)
    assert (one.finding, len(one.pictures), count(FieldRecord), count(Attachment)) == (words.finding, 2, 1, 2)
    (entry,) = session().scalars(select(LedgerEntry).where(LedgerEntry.action == "keep_field_record"))
    record = session().scalars(select(FieldRecord)).one()
    assert (entry.noun_id, entry.facts["sha256"], len(entry.facts["pictures"])) == (first, record.digest, 2)
    with pytest.raises(Refused, match="in other words"):
        services.keep_field_record(cast["officer"], a_record(sent, finding="另一种说法"))


def test_a_records_pictures_wait_for_the_reply_too_and_stay_its_own(sent, cast, installation):
    record = services.keep_field_record(cast["officer"], a_record(sent))
    key = services.waiting_key(cast["officer"], sent, "form", "before")
    for _ in range(2):
        services.take_over(cast["officer"], installation, TakeOver(sent, record, key))
    taken = waiting(session(), key)
    own = attachments_of(session(), FIELD, record)
    assert [one.sha256 for one in taken] == [one.sha256 for one in own]
    assert not {one.safe_name for one in taken} & {one.safe_name for one in own}
    for one in taken:
        storage.drop(installation.files, one.safe_name or "")
    assert all(storage.path_of(installation.files, one.safe_name or "") for one in own)
    with pytest.raises(NotFound):
        services.take_over(cast["other_officer"], installation, TakeOver(sent, record, key))


def test_without_all_of_its_pictures_there_is_no_record(sent, cast):
    with pytest.raises(Refused, match="pictures"):
        services.keep_field_record(cast["officer"], a_record(sent, marks=(FIRST, "one-that-never-came")))
    with pytest.raises(Refused, match="not come yet"):
        services.keep_field_record(cast["officer"], a_record(sent, seen_at=clock.now() + timedelta(days=1)))
    assert count(FieldRecord) == 0


def test_what_arrives_late_is_taken_in_any_state_and_said_to_be_late(sent, cast, office):
    office.reply(sent)
    services.keep_field_record(cast["officer"], a_record(sent, seen_at=clock.now() - timedelta(hours=5)))
    (one,) = seen(cast["inspector"], sent)
    assert one.late


@pytest.mark.parametrize("who", ["other_officer", "coordinator", "unit_leader"])
def test_nobody_but_an_officer_of_the_cases_units_writes_one(sent, cast, who):
    with pytest.raises(NotFound):
        services.keep_field_record(cast[who], a_record(sent))


def test_the_page_works_without_a_script_and_loses_nothing(app, case, cast):
    browser = browse(app).as_(cast, "officer")
    page = browser.get(gate(case))
    assert SPOKEN not in page
    assert HANDED not in page, "a telephone keeps the points alone"
    page = browser.submit({"place": "大门", "pictures": (BytesIO(a_photograph()), "a.jpg")}, gate(case), status=422)
    assert "1" in page
    browser.submit({"finding": "烟气外逸", "measures": "责令停产"}, gate(case))
    for who in ("officer", "coordinator", "inspector"):
        page = browse(app).as_(cast, who).get(f"/staff/casework/{case}")
        assert "烟气外逸" in page
    (one,) = seen(cast["officer"], case)
    picture = browse(app).as_(cast, "coordinator").get(f"/staff/casework/attachments/{one.pictures[0].token}")
    assert picture.status == 200
    browse(app).as_(cast, "other_officer").get(f"/staff/casework/attachments/{one.pictures[0].token}", 404)


def test_a_picture_is_taken_or_its_refusal_is_a_sentence(app, case, cast):
    browser = browse(app).as_(cast, "officer")
    browser.get(gate(case))
    given = {"key": KEY, "marks": FIRST}
    sent = browser.post(gate(case, "/picture"), given | {"pictures": (BytesIO(a_photograph()), "a")}, 204)
    assert sent.text == ""
    bad = browser.post(gate(case, "/picture"), given | {"marks": SECOND, "pictures": (BytesIO(b"x"), "a")}, 422)
    assert "照片" in bad.text


def test_what_was_seen_is_taken_over_in_the_reply_by_who_writes_it(app, sent, cast):
    record = services.keep_field_record(cast["officer"], a_record(sent, measures="责令停产"))
    browser = browse(app).as_(cast, "officer")
    browser.get(f"/staff/casework/{sent}/reply")
    browser.submit({"do": f"take:{record}"}, f"/staff/casework/{sent}/reply", status=200)
    page = browser.submit({"do": f"take:{record}"}, f"/staff/casework/{sent}/reply", status=200)
    form = page.form(f"/staff/casework/{sent}/reply").values
    assert (form["report_upward"], form["handling"]) == ("烟囱未加罩，烟气外逸。", "责令停产")
    key = services.waiting_key(cast["officer"], sent, form["form_key"], "before")
    assert len(waiting(session(), key)) == 2
