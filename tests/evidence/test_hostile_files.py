"""Files that mean harm: every report is taken, nothing active is handed out, no position is left anywhere."""

from io import BytesIO

import pytest
from sqlalchemy import select

from app.db import db, session
from app.domain.attachment import Attachment
from app.domain.evidence.names import shown
from app.domain.report import Report
from tests.support import evidence
from tests.support.browsing import browse
from tests.support.crawling import reachable

WORDS = "夜里十点以后厂区有刺激性气味"


def report_with(app, *files):
    """Send the form as a browser without scripts does; gives the receipt."""
    browser = browse(app)
    browser.get("/report")
    sent = [(BytesIO(content), name) for name, content in files]
    checked = browser.submit({"description": WORDS, "files": sent}, "/report/check", 200)
    return checked, browser.submit({}, "/report", 200)


@pytest.mark.parametrize("case", evidence.HOSTILE)
def test_the_report_is_taken_whatever_comes_with_it(app, cast, case):
    name, make, taken = evidence.HOSTILE[case]
    report_with(app, (name, make()))
    assert len(session().scalars(select(Report)).all()) == 1
    assert len(session().scalars(select(Attachment)).all()) == int(taken)


@pytest.mark.parametrize("case", [case for case, (_, _, taken) in evidence.HOSTILE.items() if not taken])
def test_a_file_that_is_not_taken_is_named_to_its_sender(app, cast, case):
    name, make, _ = evidence.HOSTILE[case]
    checked, _ = report_with(app, (name, make()))
    assert "以下文件没能收下" in checked.words
    assert shown(name) in checked.words


@pytest.mark.parametrize("case", [case for case, (_, _, taken) in evidence.HOSTILE.items() if taken])
def test_what_is_handed_out_is_a_picture_and_nothing_else(app, cast, case):
    name, make, _ = evidence.HOSTILE[case]
    report_with(app, (name, make()))
    one = session().scalar(select(Attachment))
    answer = browse(app).as_(cast, "inspector").get(f"/staff/triage/report/{one.noun_id}/file/{one.token}")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{one.token[:8]}.jpg"'
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert evidence.found_in(answer.body) == []
    for active in (b"<script", b"<html", b"PK\x03\x04"):
        assert active not in answer.body


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("../../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\windows\\a.jpg", "a.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\r\nb.jpg", "a b.jpg"),
        ("\u202e\u200b\u200f", ""),
        ("长" * 3000 + ".jpg", "…" + "长" * 55 + ".jpg"),
    ],
)
def test_a_name_is_told_without_folders_and_tricks(name, told):
    assert shown(name) == told


def everything(app, cast):
    """A report with every picture, a document and every hostile file that is taken, seen by everybody."""
    sent = [(f"{kind}.{kind}", make()) for kind, make in evidence.PICTURES.items()]
    sent += [("letter.docx", evidence.word()), ("letter.pdf", evidence.pdf())]
    sent += [(name, make()) for name, make, taken in list(evidence.HOSTILE.values())[-13:-8] if taken]
    report_with(app, *sent)
    assert len(session().scalars(select(Attachment)).all()) >= 6
    session().rollback()


def test_no_byte_that_is_served_or_kept_in_clear_holds_a_position(app, cast, settings, laid, capfd):
    everything(app, cast)
    for login in (None, "clerk", "inspector", "leader", "supervisor", "coordinator", "officer", "administrator"):
        browser = browse(app) if login is None else browse(app).as_(cast, login)
        for page in reachable(browser, "/", "/track", "/public", *(["/staff"] if login else [])):
            assert evidence.found_in(page.body) == [], (login, page.path)
    for file in settings.files.rglob("*"):
        assert file.is_dir() or evidence.found_in(file.read_bytes()) == [], file.name
    if db.engine.dialect.name == "sqlite":
        for suffix in ("", "-wal"):
            file = laid.file.with_name(laid.file.name + suffix)
            assert not file.exists() or evidence.found_in(file.read_bytes()) == []
    assert evidence.found_in("".join(capfd.readouterr()).encode()) == []


def test_a_document_goes_to_the_team_as_it_came_and_to_nobody_else(app, cast):
    letter = evidence.word()
    report_with(app, ("letter.docx", letter))
    one = session().scalar(select(Attachment))
    address = f"/staff/triage/report/{one.noun_id}/file/{one.token}"
    answer = browse(app).as_(cast, "inspector").get(address)
    assert answer.body == letter
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert browse(app).as_(cast, "coordinator").get(address, None).status == 403
    assert browse(app).as_(cast, "foreign_inspector").get(address, None).status == 404


def test_more_files_than_are_taken_are_named_and_the_others_kept(app, cast):
    checked, _ = report_with(app, *[(f"{n}.jpg", evidence.encoded("JPEG", quality=10 + 7 * n)) for n in range(12)])
    assert len(session().scalars(select(Attachment)).all()) == 9
    assert checked.words.count("最多只能收9张照片") == 3
