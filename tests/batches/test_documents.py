"""The documents of a batch: made of what was sent, one by one, and every copy says whose it is."""

from dataclasses import replace
from datetime import time, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select, text

from app.batches import services
from app.batches.jobs import catch_up, make
from app.batches.queries.papers import papers
from app.db import session, transaction
from app.domain.holidays import CalendarYear
from app.domain.inspection import Inspection
from app.domain.ledger import LedgerEntry, verify
from app.domain.papers.bound import pages_of
from app.domain.papers.paper import OF_THE_BATCH, Paper, PaperCopy, PaperKind
from app.kernel import clock
from app.kernel.calendar import WorkCalendar
from app.kernel.errors import NotAllowed, NotFound, Refused
from tests.support.browsing import browse
from tests.support.reports import CALLER, LUSONG, TIANYUAN, WORDS, the_batch, the_case

DAY = clock.today() - timedelta(days=3)
MORNING, EVENING = clock.at_local(DAY, time(9)), clock.at_local(DAY, time(21))
SENT = "反映：㵲水河边某厂夜间排放黄烟。\n另有 #噪声 <b>& {{ 批次 }}。"


@pytest.fixture
def cases(office):
    found = office.accepted(office.report(at=MORNING), TIANYUAN, LUSONG, at=MORNING, key=True)
    return [office.approved(case, SENT, at=MORNING) for case in found]


@pytest.fixture
def batch(office, installation, cases):
    """Closed, handed over, and its documents made."""
    closed = office.closed(EVENING, house=installation)
    services.hand_over(office.actor("leader"), closed, house=installation)
    return closed


def taken(installation, cast, batch, kind, login="leader"):
    return services.take_paper(installation, cast[login], batch, kind)


class Line:
    """One that is lost: nobody ever does what it is asked."""

    def after_commit(self, *_words):
        pass


def words_of(content):
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([one.text for one in document.paragraphs] + cells)


def foot_of(content):
    return "\n".join(one.text for section in Document(BytesIO(content)).sections for one in section.footer.paragraphs)


def cells_of(content):
    return [[cell for cell in row if cell is not None] for row in load_workbook(BytesIO(content)).active.values]


def test_every_document_is_made_of_a_batch_that_was_handed_over(cast, batch):
    found = papers(cast["coordinator"], batch)
    assert [row.kind for row in found.of_the_batch] == list(OF_THE_BATCH)
    assert (len(found.orders), found.ready, found.problems, found.planned) == (2, 8, 0, True)


def test_a_year_nobody_has_announced_is_said_in_every_document_that_names_the_day(
    app, office, installation, cast, cases
):
    with transaction() as s:
        s.query(CalendarYear).update({"announced": False})
        inspection = s.get_one(Inspection, cast.ours)
        inspection.kept_settings = replace(inspection.settings, feedback_working=True).keep()
    closed = office.closed(EVENING, house=installation)
    services.hand_over(office.actor("leader"), closed, house=installation)
    case = the_case(cases[0])
    assert case.feedback_announced is False
    assert case.feedback_due_on == WorkCalendar.of((), (), ()).after_working_days(clock.today(), 7).day
    assert "尚未公布放假安排" in words_of(services.take_order(installation, cast["coordinator"], cases[0]).content)
    assert "尚未公布放假安排" in words_of(taken(installation, cast, closed, PaperKind.LETTER).content)
    assert "尚未公布放假安排" in browse(app).as_(cast, "coordinator").get(f"/staff/batches/{closed}")


def test_an_order_holds_the_text_as_it_was_sent_and_markup_in_it_is_text(installation, cast, batch, cases):
    copy = services.take_order(installation, cast["coordinator"], cases[0])
    words = words_of(copy.content)
    assert SENT in words
    assert the_case(cases[0]).number in words
    assert "天元区人民政府" in words


def test_no_document_holds_the_reporter_or_their_words(installation, cast, batch, cases):
    copies = [taken(installation, cast, batch, kind) for kind in OF_THE_BATCH]
    copies += [services.take_order(installation, cast["leader"], case) for case in cases]
    for copy in copies:
        parts = [copy.content]
        if copy.ending in {"docx", "xlsx"}:
            package = ZipFile(BytesIO(copy.content))
            parts = [package.read(name) for name in package.namelist()]
        for secret in (WORDS, CALLER.name, CALLER.phone, CALLER.address, "09:41"):
            assert not any(secret.encode() in part for part in parts), (copy.name, secret)


def test_the_tables_have_the_headings_as_printed_and_their_sums(installation, cast, batch):
    sent = cells_of(taken(installation, cast, batch, PaperKind.LIST).content)
    assert sent[2] == ["序号", "受理编号", "转办问题基本情况", "涉及区域", "污染类型", "责任单位"]
    assert [row[2] for row in sent[3:5]] == [SENT, SENT]
    counts = cells_of(taken(installation, cast, batch, PaperKind.COUNTS).content)
    assert counts[2] == ["行政区域", "当日交办数量(件)", "累计交办数量(件)"]
    assert ["合计", 2, 2] in counts
    kinds = cells_of(taken(installation, cast, batch, PaperKind.KINDS).content)
    assert kinds[2] == ["单位", "移交件数", "大气", "合计"]
    assert kinds[5] == ["合计", 2, 2, 2]


def test_a_row_of_a_table_is_as_high_as_its_words(installation, cast, batch):
    content = taken(installation, cast, batch, PaperKind.LIST).content
    assert load_workbook(BytesIO(content)).active.row_dimensions[4].height == 30  # two lines


def test_the_letter_lists_every_case(installation, cast, batch, cases):
    words = words_of(taken(installation, cast, batch, PaperKind.LETTER).content)
    assert "关于交办第1批群众举报转办件的函" in words
    assert all(the_case(case).number in words for case in cases)


def test_the_orders_are_bound_into_one_pdf(installation, cast, batch):
    copy = taken(installation, cast, batch, PaperKind.ORDERS)
    assert copy.content.startswith(b"%PDF")
    assert pages_of(copy.content) == 2


def test_the_bulletin_is_the_text_that_everybody_reads(installation, cast, batch):
    from app.domain.tables.bulletin import bulletin
    from app.domain.tables.bulletin_text import bulletin_text

    one = the_batch(batch)
    printed = bulletin_text(bulletin(session(), one.inspection, one))
    words = taken(installation, cast, batch, PaperKind.BULLETIN).content.decode("utf-8-sig").splitlines()
    assert words[: len(printed)] == printed


@pytest.mark.parametrize("kind", OF_THE_BATCH)
def test_a_copy_is_registered_and_says_whose_it_is(installation, cast, batch, kind):
    from hashlib import sha256

    one, other = (taken(installation, cast, batch, kind, login) for login in ("coordinator", "leader"))
    kept = session().scalars(select(PaperCopy).order_by(PaperCopy.id)).all()
    assert [copy.copy_number for copy in kept] == [one.number, other.number]
    assert [copy.sha256 for copy in kept] == [sha256(copy.content).hexdigest() for copy in (one, other)]
    assert [copy.unit for copy in kept] == ["株洲市", ""]
    entries = session().scalars(select(LedgerEntry).where(LedgerEntry.action == "take_copy")).all()
    assert [entry.facts["copy"] for entry in entries] == [one.number, other.number]
    assert verify(session()).sound
    if one.ending == "docx":
        assert one.number in foot_of(one.content)
        assert "某coordinator" in foot_of(one.content)
        assert Document(BytesIO(one.content)).core_properties.keywords == one.number
    elif one.ending == "xlsx":
        assert any(one.number in str(row) and "某coordinator" in str(row) for row in cells_of(one.content))
        assert load_workbook(BytesIO(one.content)).properties.keywords == one.number
    elif one.ending == "txt":
        assert one.number in one.content.decode("utf-8-sig").splitlines()[-1]
    else:
        assert one.number.encode() in one.content


def test_the_register_cannot_be_changed(installation, cast, batch):
    taken(installation, cast, batch, PaperKind.LETTER)
    for statement in ("UPDATE paper_copies SET person_id = NULL", "DELETE FROM paper_copies"):
        with pytest.raises(Exception, match="paper_copies cannot be changed"), transaction() as writing:
            writing.execute(text(statement))


def test_a_frozen_manifest_cannot_be_changed(batch):
    for statement in (
        "UPDATE batches SET manifest = '[]'",
        "UPDATE batches SET handed_over_at = NULL",
        "DELETE FROM batches",
    ):
        with pytest.raises(Exception, match="batches cannot be changed"), transaction() as writing:
            writing.execute(text(statement))


def test_each_gets_what_is_theirs_and_no_more(installation, cast, batch, cases):
    services.sign_for(cast["coordinator"], batch)
    tianyuan, _ = cases
    from app.casework import services as casework
    from app.casework.commands import Assign

    casework.assign(cast["coordinator"], Assign(tianyuan, cast.units["tianyuan"]))
    assert services.take_order(installation, cast["officer"], tianyuan).content
    for login in ("other_officer", "foreign_coordinator", "foreign_leader"):
        with pytest.raises(NotFound):
            services.take_order(installation, cast[login], tianyuan)
    for login in ("officer", "foreign_coordinator", "clerk"):
        with pytest.raises(NotFound):
            taken(installation, cast, batch, PaperKind.ORDERS, login)


def test_the_city_gets_nothing_before_the_hand_over(installation, cast, office, cases):
    batch = office.closed(EVENING, house=installation)
    with pytest.raises(NotFound):
        taken(installation, cast, batch, PaperKind.LETTER, "coordinator")
    with pytest.raises(NotFound):
        services.take_order(installation, cast["coordinator"], cases[0])
    assert taken(installation, cast, batch, PaperKind.LETTER).content
    with pytest.raises(Refused):
        taken(installation, cast, batch, PaperKind.BULLETIN)


def test_what_was_made_before_is_kept_when_it_is_what_is_handed_over(installation, cast, office, cases):
    batch = office.closed(EVENING, house=installation)
    before = {row.number: row.sha256 for row in papers(cast["leader"], batch).orders}
    services.hand_over(cast["leader"], batch, house=installation)
    assert {row.number: row.sha256 for row in papers(cast["leader"], batch).orders} == before


def test_a_text_that_changes_after_its_order_was_made_has_it_made_anew(installation, cast, office, cases):
    batch = office.closed(EVENING, house=installation)
    office.approved(cases[0], "反映：换了说法。")
    found = papers(cast["leader"], batch)
    assert (found.planned, sum(row.ready for row in found.orders)) == (False, 1)
    with pytest.raises(Refused):
        services.take_order(installation, cast["leader"], cases[0])
    services.hand_over(cast["leader"], batch, house=installation)
    assert "换了说法" in words_of(services.take_order(installation, cast["leader"], cases[0]).content)


def test_a_worker_that_dies_leaves_nothing_half_made_and_the_next_goes_on(
    installation, cast, office, cases, monkeypatch
):
    from app.domain.papers import word

    real, made = word.filled_in, []

    def dies(content, context):
        made.append(context)
        if len(made) == 2:
            raise KeyboardInterrupt
        return real(content, context)

    batch = office.closed(EVENING)
    office.handed_over(batch, EVENING)
    services.ask_for_papers(replace(installation, jobs=Line()), cast["leader"], batch)
    monkeypatch.setattr(word, "filled_in", dies)
    with pytest.raises(KeyboardInterrupt):
        make(installation, batch)
    assert (papers(cast["leader"], batch).ready, papers(cast["leader"], batch).waiting) == (1, 7)
    catch_up(installation)
    assert papers(cast["leader"], batch).ready == 8
    count = len(made)
    make(installation, batch)
    assert len(made) == count


def test_a_document_that_was_tampered_with_is_not_handed_out(installation, cast, batch, files):
    kept = session().scalars(select(Paper).where(Paper.kind == "letter")).one()
    from app import storage

    storage.path_of(files, kept.file_name).write_bytes(b"something else")
    with pytest.raises(Refused):
        taken(installation, cast, batch, PaperKind.LETTER)


def test_without_a_chinese_font_the_pdf_says_so_and_the_rest_is_made(installation, cast, office, cases, monkeypatch):
    from app.domain import typesetting

    monkeypatch.setattr(typesetting, "CHINESE", ("No Such Font",))
    batch = office.closed(EVENING, house=installation)
    found = papers(cast["leader"], batch)
    assert [row.kind for row in found.rows if row.problem] == [PaperKind.ORDERS]
    monkeypatch.undo()
    services.ask_for_papers(installation, cast["leader"], batch)
    assert papers(cast["leader"], batch).problems == 0


def test_an_empty_batch_has_its_documents(installation, cast, office):
    batch = office.closed(EVENING, house=installation)
    services.hand_over(cast["leader"], batch, house=installation)
    assert "没有需要交办的群众举报" in words_of(taken(installation, cast, batch, PaperKind.LETTER).content)
    assert "没有需要交办的群众举报" in taken(installation, cast, batch, PaperKind.BULLETIN).content.decode()
    assert taken(installation, cast, batch, PaperKind.ORDERS).content.startswith(b"%PDF")


def test_only_the_team_asks_for_documents(installation, cast, batch):
    for login in ("coordinator", "supervisor"):
        with pytest.raises(NotAllowed):
            services.ask_for_papers(installation, cast[login], batch)
    with pytest.raises(NotFound):
        services.ask_for_papers(installation, cast["foreign_leader"], batch)
