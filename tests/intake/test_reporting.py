"""A citizen states a report: taken once, whatever the network does; nothing kept of who stays anonymous."""

import threading
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select, text

from app.db import db, session
from app.domain.attachment import Attachment
from app.domain.inspection import Inspection
from app.domain.ledger import LedgerEntry
from app.domain.nouns import METADATA
from app.domain.opening import open_identity, opener
from app.domain.people import CITIZEN
from app.domain.report import Report
from app.domain.reporter import Identity
from app.intake import services
from app.intake.commands import SentFile, StateReport
from app.kernel import clock
from app.kernel.errors import NotFound
from tests.conftest import PASSPHRASE
from tests.support.browsing import browse
from tests.support.filing import looks_through, reports

KEY = "k" * 40
WORDS = "天元区某厂每天夜里排放黄烟，气味刺鼻。"


def photograph(colour="green", size=(40, 30)):
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def sent(*contents):
    return [(BytesIO(content), f"照片{place}.jpg") for place, content in enumerate(contents, 1)]


def words(cast, key=KEY, files=(), **more):
    return StateReport(cast.ours, key, WORDS, files=tuple(files), **more)


def count(noun):
    return session().scalar(select(func.count()).select_from(noun))


def files_on_disk(files):
    return [file for file in files.rglob("*") if file.is_file()]


def test_a_form_that_is_sent_twice_is_one_report_with_one_receipt(app, cast):
    browser = browse(app)
    browser.get("/report")
    sent_form = looks_through(browser, description=WORDS).form().values
    first = browser.post("/report", sent_form)
    again = browser.post("/report", sent_form)
    report = session().scalars(select(Report)).one()
    assert report.number in first
    assert report.number in again
    assert code_in(first) == code_in(again)
    assert "没有重复登记" in again
    assert count(Report) == 1


def code_in(page):
    return next("".join(e.itertext()) for e in page.all("strong") if "code" in (e.get("class") or ""))


def test_racing_copies_of_one_form_are_one_report_with_its_photographs_once(app, cast, installation, files):
    found, gate = [], threading.Barrier(4)
    said = words(cast, files=[SentFile("a.jpg", photograph())])

    def race():
        with app.app_context():
            gate.wait()
            found.append(services.state_report(installation, CITIZEN, said))
            db.session.remove()

    threads = [threading.Thread(target=race) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({(one.number, one.query_code) for one in found}) == 1
    assert sorted(one.fresh for one in found) == [False, False, False, True]
    assert (count(Report), count(Attachment)) == (1, 1)
    assert {one.files for one in found} == {1}
    assert len(files_on_disk(files)) == 2  # the safe copy and the sealed original


def test_a_bad_file_is_named_and_never_sinks_the_report(app, cast):
    browser = browse(app)
    browser.get("/report")
    page = looks_through(browser, description=WORDS, files=sent(photograph(), b"not a picture", b""))
    browser.submit({})
    assert count(Report) == 1
    assert "照片2.jpg" in page
    assert "照片3.jpg" in page
    assert "这个文件是空的。" in page
    assert session().scalar(select(Attachment.noun)) == "report"


def test_a_file_over_the_limit_in_size_or_number_is_named(cast, installation, files):
    large = SentFile("large.jpg", b"x" * (installation.settings.max_file_bytes + 1))
    many = [SentFile(f"{n}.jpg", photograph(size=(10 + n, 10))) for n in range(installation.settings.max_files + 2)]
    receipt = services.state_report(installation, CITIZEN, words(cast, files=[large, *many]))
    assert receipt.files == installation.settings.max_files
    assert [one.name for one in receipt.not_taken] == ["large.jpg", "9.jpg", "10.jpg"]
    assert len(files_on_disk(files)) == 2 * receipt.files


def test_good_photographs_of_a_form_with_an_error_need_not_be_sent_again(app, cast):
    browser = browse(app)
    browser.get("/report")
    page = browser.submit(
        {"description": "", "place": "天台路旁", "files": sent(photograph("red"), photograph("blue"), b"?")}, status=422
    )
    assert "已经收到2个文件" in page
    assert "照片3.jpg" in page
    assert page.form().values["place"] == "天台路旁"
    reports(browser, description=WORDS, files=sent(photograph("red")))
    assert count(Report) == 1
    assert count(Attachment) == 2
    assert set(session().scalars(select(Attachment.waiting_key))) == {None}


def test_words_ticks_and_key_stay_when_the_form_is_drawn_again(app, cast):
    browser = browse(app)
    key = browser.get("/report").form().values["key"]
    typed = {
        "description": WORDS,
        "area": "430211",
        "polluter": "某厂",
        "since": "去年",
        "types": ["air", "water"],
        "name": "某人",
        "phone": "12",
        "anonymous": ["n"],
    }
    again = browser.submit(typed, status=422).form().values
    assert {name: again[name] for name in typed} == typed
    assert again["key"] == key


def test_only_the_description_has_to_be_said(app, cast):
    browser = browse(app)
    browser.get("/report")
    browser.post("/report", {"description": WORDS})
    report = session().scalars(select(Report)).one()
    assert (report.description, report.area_code, report.types, report.taken_by_id) == (WORDS, None, [], None)


@pytest.mark.parametrize("key", ["", "short", "有 汉 字 的 钥 匙 不 能 算 数 的 一 串 文 字 而 已"])
def test_a_key_that_could_be_guessed_is_replaced(app, cast, key):
    browser = browse(app)
    browser.get("/report")
    reports(browser, description=WORDS, key=key)
    browser.get("/report")
    reports(browser, description=WORDS, key=key)
    assert count(Report) == 2


def test_who_stays_anonymous_leaves_neither_name_nor_telephone_anywhere(app, cast, installation):
    name, phone = "测试甲乙丙", "13911112222"
    browser = browse(app)
    browser.get("/report")
    page = reports(browser, description=WORDS, name=name, phone=phone, anonymous="y")
    assert page.status == 200
    identity = session().scalars(select(Identity)).one()
    assert (identity.anonymous, identity.has_name, identity.has_phone, identity.phone_tail) == (True, False, False, "")
    opened = open_identity(opener(installation.locked_key(), PASSPHRASE), identity)
    assert (opened.name, opened.phone, opened.network_address) == ("", "", "")
    assert not [row for row in everything() if name in row or phone in row]


def test_a_wrong_number_matters_to_nobody_who_stays_anonymous(app, cast):
    browser = browse(app)
    browser.get("/report")
    reports(browser, description=WORDS, phone="12", anonymous="y")
    assert count(Report) == 1


def test_a_name_that_is_left_is_sealed_and_stands_nowhere_else(app, cast, installation):
    browser = browse(app)
    browser.get("/report")
    reports(browser, description=WORDS, name="测试甲乙丙", phone="139 1111 2222", anonymous="n")
    identity = session().scalars(select(Identity)).one()
    opened = open_identity(opener(installation.locked_key(), PASSPHRASE), identity)
    assert (opened.name, opened.phone, opened.network_address) == ("测试甲乙丙", "13911112222", "")
    assert not [row for row in everything() if "测试甲乙丙" in row or "13911112222" in row or "127.0.0.1" in row]


def everything():
    """Every row of every table, as text."""
    for table in METADATA.tables:
        yield from (repr(tuple(row)) for row in session().execute(text(f'SELECT * FROM "{table}"')))


def test_the_receipt_is_made_after_the_commit(cast, installation, monkeypatch):
    def fail(*_):
        raise RuntimeError("the power went")

    monkeypatch.setattr(type(session()), "commit", fail)
    with pytest.raises(RuntimeError):
        services.state_report(installation, CITIZEN, words(cast))
    monkeypatch.undo()
    assert (count(Report), count(LedgerEntry)) == (0, 0)


def test_staff_who_report_here_do_so_as_citizens(app, cast):
    browser = browse(app).as_(cast, "clerk")
    browser.get("/report")
    reports(browser, description=WORDS)
    assert session().scalar(select(Report.taken_by_id)) is None
    assert session().scalar(select(LedgerEntry.role).where(LedgerEntry.noun == "report")) == "citizen"


def test_outside_the_stay_no_report_is_taken_but_its_words_are_shown(app, cast, installation):
    late = clock.now().replace(year=clock.now().year + 1)
    with pytest.raises(services.Closed):
        services.state_report(installation, CITIZEN.at(late), words(cast))
    assert count(Report) == 0
    browser = browse(app)
    form = {**browser.get("/report").form().values, "description": WORDS}
    end_all(cast)
    page = browser.post("/report", form, status=200)
    assert WORDS in page
    assert "12345" in page


def test_a_form_that_was_taken_in_time_keeps_its_receipt_after_the_stay(cast, installation):
    first = services.state_report(installation, CITIZEN, words(cast))
    late = CITIZEN.at(clock.now().replace(year=clock.now().year + 1))
    assert services.state_report(installation, late, words(cast)).query_code == first.query_code


def test_an_unknown_inspection_takes_nothing(installation, cast):
    with pytest.raises(NotFound):
        services.state_report(installation, CITIZEN, StateReport(987_654, KEY, WORDS))


def end_all(cast):
    from app.db import transaction

    with transaction() as s:
        for inspection in s.scalars(select(Inspection)):
            inspection.starts_on, inspection.ends_on = (
                inspection.starts_on.replace(year=2024),
                inspection.ends_on.replace(year=2024),
            )
