"""Tables opened by LibreOffice and read as text: no cell is lost on paper. Wants soffice."""

import subprocess

import pytest

from app.domain.tables.kinds import WRITERS

pytestmark = [pytest.mark.proof, pytest.mark.office]
ROWS = [(n, f"W2ZZ20240315{n:04}", f"㵲水河边第{n}号院夜间有异味，“刺鼻”……=1+{n}") for n in range(1, 121)]


def text_of(folder, kind):
    if kind != "pdf":
        home = f"-env:UserInstallation=file://{folder}/home"
        command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
        subprocess.run([*command, str(folder / f"a.{kind}")], check=True, capture_output=True, timeout=180)
    made = subprocess.run(["pdftotext", "-layout", str(folder / "a.pdf"), "-"], check=True, capture_output=True)
    return made.stdout.decode().split("\f")[:-1]


@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf"])
def test_every_cell_is_on_paper_and_the_headings_on_every_page(table, tmp_path, kind):
    WRITERS[kind](table(*ROWS), tmp_path / f"a.{kind}")
    pages = text_of(tmp_path, kind)
    every = "".join("".join(pages).split())
    missing = [cell for row in ROWS for cell in row[1:] if "".join(cell.split()) not in every]
    assert missing == []
    assert len(pages) > 1
    assert all("受理编号" in page for page in pages[:-1])
    assert "120of120rows" in every
