"""A reporter's name and telephone, typed on every intake path, are found nowhere: not in the database's bytes, not in
its WAL, the files, the log, the exported sheets, nor on any page of any role.
"""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import inspect, select, text

from app.db import db, session, transaction
from app.domain.opening import open_identity, opener
from app.domain.report import Report
from app.domain.reporter import Identity
from tests.conftest import PASSPHRASE
from tests.support.browsing import browse
from tests.support.crawling import reachable
from tests.support.filing import looks_through, reports

NAME, PHONE, ADDRESS, CAMERA = "欧阳金丝雀", "13977755531", "金丝雀路七十七号", "Canary-Camera-X1"
CANARIES = (NAME, PHONE, ADDRESS, CAMERA, "139 7775 5531", "139-7775-5531")
SPOKEN = "夜里十点以后厂区有刺激性气味"
EVERYBODY = (
    *("clerk", "inspector", "leader", "custodian", "coordinator", "officer", "unit_leader", "acceptor"),
    *("supervisor", "auditor", "administrator", "other_officer", "foreign_inspector"),
)
DESK = ("call", "letter", "visit", "passed-on")


def photograph():
    exif = Image.Exif()
    exif[0x0110] = CAMERA
    out = BytesIO()
    Image.new("RGB", (80, 60), (90, 120, 80)).save(out, "JPEG", exif=exif)
    out.seek(0)
    return out


def report_on_the_web(app):
    browser = browse(app)
    browser.get("/report")
    told = {"description": SPOKEN, "name": NAME, "phone": PHONE, "anonymous": "n", "wants_answer": "y"}
    reports(browser, **told, files=(photograph(), f"{NAME}.jpg"))


def report_with_a_mistake_first(app):
    """What is typed into a form that comes back must not stay behind either."""
    browser = browse(app)
    browser.get("/report")
    looks_through(browser, 422, name=NAME, phone=PHONE, anonymous="n", files=(photograph(), f"{PHONE}.jpg"))
    reports(browser, description=SPOKEN, name=NAME, phone=PHONE, anonymous="n")


def report_at_the_desk(app, cast, kind):
    browser = browse(app).as_(cast, "clerk").in_(cast.ours)
    browser.get(f"/staff/desk/new/{kind}")
    begun = browser.page.form(f"/staff/desk/new/{kind}").values
    told = {**begun, "description": SPOKEN, "name": NAME, "phone": PHONE, "address": ADDRESS, "others": NAME}
    told |= {"foreign_number": "12369-1"} if kind == "passed-on" else {}
    browser.post(f"/staff/desk/draft/{kind}", told, 200)
    browser.post(f"/staff/desk/beside/{kind}", told, 200)
    browser.post(f"/staff/desk/new/{kind}", {**told, "lookup": "1"}, 200)
    browser.post(f"/staff/desk/new/{kind}", told, 200)


@pytest.fixture
def told_everywhere(app, cast):
    report_on_the_web(app)
    report_with_a_mistake_first(app)
    for kind in DESK:
        report_at_the_desk(app, cast, kind)
    assert len(session().scalars(select(Report)).all()) == 2 + len(DESK)
    session().rollback()


def found_in(content: bytes) -> list[str]:
    return [canary for canary in CANARIES if canary.encode() in content or canary.encode("utf-16-le") in content]


def test_every_path_sealed_what_was_said(app, told_everywhere, installation):
    key = opener(installation.locked_key(), PASSPHRASE)
    opened = [open_identity(key, identity) for identity in session().scalars(select(Identity))]
    assert len(opened) == 2 + len(DESK)
    assert {(one.name, one.phone) for one in opened} == {(NAME, PHONE)}


def test_no_byte_of_the_database_or_the_files_holds_them(app, told_everywhere, settings, laid):
    for file in Path(settings.files).rglob("*"):
        assert file.is_dir() or found_in(file.read_bytes()) == [], file.name
    if db.engine.dialect.name == "sqlite":
        for suffix in ("", "-wal"):
            assert found_in(Path(f"{laid.file}{suffix}").read_bytes()) == []
        return
    for table in inspect(db.engine).get_table_names():
        for row in session().execute(text(f"SELECT t::text FROM {table} t")):
            assert found_in(row[0].encode()) == [], table


def test_no_page_and_no_export_shows_them(app, cast, told_everywhere, capfd):
    fetched = 0
    for login in (None, *EVERYBODY):
        browser = browse(app) if login is None else browse(app).as_(cast, login)
        for page in reachable(browser, "/", "/track", "/public", *(["/staff"] if login else [])):
            fetched += 1
            assert found_in(page.body) == [], (login, page.path)
            assert found_in(str(page.headers).encode()) == [], (login, page.path)
            assert page.status < 500, (login, page.path)
    assert fetched > 100
    written = "".join(capfd.readouterr())
    assert found_in(written.encode()) == []


def test_the_log_of_a_crash_holds_none_of_it_either(app, cast, capfd, monkeypatch):
    app.config.update(PROPAGATE_EXCEPTIONS=False)
    monkeypatch.setattr("app.domain.receiving.next_number", lambda *_: 1 / 0)
    browser = browse(app)
    browser.get("/report")
    looks_through(browser, description=SPOKEN, name=NAME, phone=PHONE, anonymous="n")
    browser.submit({}, "/report", 500)
    assert found_in("".join(capfd.readouterr()).encode()) == []
    with transaction() as s:
        assert s.scalars(select(Identity)).all() == []
