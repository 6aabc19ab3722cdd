"""The documents opened by LibreOffice and looked through as text: page by page, and cell by cell. Wants soffice."""

import subprocess
from datetime import time, timedelta
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from app.batches import services
from app.domain.papers.paper import PaperKind
from app.kernel import clock
from tests.support.cast import LUSONG, TIANYUAN
from tests.support.reports import the_case

pytestmark = [pytest.mark.proof, pytest.mark.office]
DAY = clock.today() - timedelta(days=3)
MORNING, EVENING = clock.at_local(DAY, time(9)), clock.at_local(DAY, time(21))
RARE = "反映：㵲水河边某厂夜间排放黄烟，“气味刺鼻”；另有噪声……（已反映过）。"
COUNT = 40


@pytest.fixture
def cases(office):
    found = []
    for number in range(COUNT):
        report = office.report(at=MORNING + timedelta(seconds=number))
        [case] = office.accepted(report, (TIANYUAN, LUSONG)[number % 2], at=MORNING)
        found.append(office.approved(case, RARE * (60 if number == 0 else 1), at=MORNING))
    return found


@pytest.fixture
def batch(office, installation, cases):
    closed = office.closed(EVENING, house=installation)
    services.hand_over(office.actor("leader"), closed, house=installation)
    return closed


def opened(folder, name, content):
    """The document as LibreOffice prints it: the text of each page."""
    file = folder / name
    file.write_bytes(content)
    if file.suffix != ".pdf":
        home = f"-env:UserInstallation=file://{folder}/home"
        command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    made = subprocess.run(["pdftotext", "-layout", str(file.with_suffix(".pdf")), "-"], check=True, capture_output=True)
    sizes = subprocess.run(["pdfinfo", str(file.with_suffix(".pdf"))], check=True, capture_output=True)
    assert b"A4" in sizes.stdout
    return made.stdout.decode().split("\f")[:-1]


def letters(text):
    return "".join(text.split())


def test_a_letter_of_forty_cases_repeats_its_headings(installation, cast, batch, cases, tmp_path):
    copy = services.take_paper(installation, cast["coordinator"], batch, PaperKind.LETTER)
    pages = opened(tmp_path, "letter.docx", copy.content)
    numbers = [the_case(case).number for case in cases]
    assert len(pages) > 1
    assert all("受理编号" in letters(page) for page in pages if any(number in letters(page) for number in numbers))
    assert all(copy.number in page for page in pages)
    rows = [[cell.text for cell in row.cells] for row in Document(BytesIO(copy.content)).tables[0].rows]
    assert [row[1] for row in rows] == ["受理编号", *numbers]
    assert all(cell in letters("".join(pages)) for row in rows for cell in row)


def test_a_long_order_goes_on_over_pages_and_keeps_every_character(installation, cast, batch, cases, tmp_path):
    for case in cases[:2]:
        copy = services.take_order(installation, cast["coordinator"], case)
        pages = opened(tmp_path, f"order-{case}.docx", copy.content)
        whole = letters("".join(pages))
        assert letters(RARE)[:12] in whole
        assert set(RARE) <= set(whole)
        assert all(copy.number in page for page in pages)
    assert len(opened(tmp_path, "long.docx", services.take_order(installation, cast["leader"], cases[0]).content)) > 1


def test_the_bound_orders_begin_each_case_on_a_page_of_its_own(installation, cast, batch, cases, tmp_path):
    copy = services.take_paper(installation, cast["coordinator"], batch, PaperKind.ORDERS)
    pages = opened(tmp_path, "orders.pdf", copy.content)
    for case in cases:
        [first] = [page for page in pages if the_case(case).number in page]
        assert "群众举报转办单" in first
    assert all(copy.number in page for page in pages)
    assert all(letters(RARE)[:12] in letters(page) for page in pages if "群众举报转办单" in page)


def test_the_table_of_cases_repeats_its_headings_and_says_each_cell(installation, cast, batch, cases, tmp_path):
    copy = services.take_paper(installation, cast["coordinator"], batch, PaperKind.LIST)
    pages = opened(tmp_path, "list.xlsx", copy.content)
    whole = letters("".join(pages))
    assert all("受理编号" in page for page in pages if "D2ZZ" in page)
    for row in load_workbook(BytesIO(copy.content)).active.iter_rows(min_row=3, values_only=True):
        assert all(letters(cell)[:8] in whole for cell in row if isinstance(cell, str))
    assert copy.number in whole
