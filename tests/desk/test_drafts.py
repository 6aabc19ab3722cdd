"""What is typed is kept while it is typed: for its writer alone, readable in no file, and gone when it is done with."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from app.db import db, session, transaction
from app.domain.draft import HOURS, Draft, drafts_of, keep_draft, tidy
from app.domain.report import Report
from app.kernel import clock
from tests.support.browsing import browse
from tests.support.reports import CALLER

NEW, SAVE = "/staff/desk/new/call", "/staff/desk/draft/call"
TYPED = {"points": "夜里有黄烟", "place": "无名巷口", "phone": CALLER.phone, "name": CALLER.name}


@pytest.fixture
def clerk(app, cast):
    return browse(app).as_(cast, "clerk")


@pytest.fixture
def begun(clerk):
    """A call's form of which something was typed; its own key."""
    clerk.get(NEW)
    form = clerk.page.form(NEW).values
    clerk.post(SAVE, {**form, **TYPED}, 200)
    return form


def the_draft():
    session().rollback()
    return session().scalars(select(Draft)).one_or_none()


def test_what_was_typed_comes_back_to_its_writer(clerk, begun):
    page = clerk.get(f"{NEW}?draft={the_draft().id}")
    values = page.form(NEW).values
    assert {name: values[name] for name in TYPED} == TYPED
    assert values["key"] == begun["key"]
    assert "夜里有黄烟" in clerk.get("/staff/desk/")
    assert CALLER.phone not in clerk.page


def test_typing_on_changes_the_same_draft(clerk, begun):
    clerk.post(SAVE, {**begun, **TYPED, "points": "夜里有黄烟\n车辆漏料"}, 200)
    assert "车辆漏料" in clerk.get(f"{NEW}?draft={the_draft().id}")


def test_nobody_else_gets_it(app, cast, begun):
    draft = the_draft().id
    for login in ("clerk2", "foreign_clerk"):
        other = browse(app).as_(cast, login)
        for path in (f"{NEW}?draft={draft}", f"/staff/desk/draft/{draft}/scans", f"{NEW}?draft=999"):
            other.get(path, 404)
        other.post(f"/staff/desk/draft/{draft}/discard", status=404)
    browse(app).as_(cast, "leader").get(f"{NEW}?draft={draft}", 403)
    other = browse(app).as_(cast, "clerk2")
    other.get(NEW)
    other.post(SAVE, {"key": begun["key"], "points": "别的"}, 404)


def test_a_row_that_is_moved_to_another_person_cannot_be_read(cast, installation, begun):
    with transaction() as writing:
        writing.get_one(Draft, the_draft().id).person_id = cast.people["clerk2"]
    assert drafts_of(session(), installation, cast["clerk2"], cast.ours) == []


def test_no_byte_on_the_disk_says_what_was_typed(begun, laid, settings):
    words = [one.encode() for one in TYPED.values()]
    if db.engine.dialect.name == "sqlite":
        held = b"".join(Path(f"{laid.file}{suffix}").read_bytes() for suffix in ("", "-wal"))
    else:
        held = b"".join(row[0].encode() for row in session().execute(text("SELECT d::text FROM drafts d")))
    assert [one for one in words if one in held] == []


def test_it_is_gone_when_the_report_is_kept_and_a_late_copy_brings_it_not_back(clerk, begun):
    clerk.post(NEW, {**begun, **TYPED}, 200)
    assert session().query(Report).count() == 1
    assert the_draft() is None
    assert '"draft":null' in clerk.post(SAVE, {**begun, **TYPED}, 200).text.replace(" ", "")
    assert the_draft() is None


def test_a_refused_form_is_kept_too(clerk):
    clerk.get(NEW)
    clerk.submit({"place": "嵩山路"}, NEW, 422)
    assert the_draft() is not None


def test_it_is_discarded_with_its_files(clerk, begun):
    clerk.get("/staff/desk/")
    clerk.post(f"/staff/desk/draft/{the_draft().id}/discard")
    assert the_draft() is None


def test_what_nobody_came_back_for_is_tidied_away(cast, installation):
    for key, hours in (("a" * 40, HOURS + 1), ("b" * 40, HOURS - 1)):
        with transaction() as writing:
            clerk = cast["clerk"].at(clock.now() - timedelta(hours=hours))
            keep_draft(writing, installation, clerk, cast.ours, "call", key, (("points", "黄烟"),))
    tidy(installation)
    assert [one.key for one in drafts_of(session(), installation, cast["clerk"], cast.ours)] == ["b" * 40]
