"""Scans of letters: pages of a PDF beside the typing, hostile ones harmless, each only for who types."""

from io import BytesIO

import pytest
from PIL import Image

from app.db import session
from app.desk.services import keep_scans
from app.domain.attachment import waiting
from app.domain.evidence.pages import MOST, pages
from app.domain.evidence.resting import SentFile

KEY = "k" * 40
HOSTILE = {
    "marks without end": b"%PDF-1.4\n" + b"1 0 obj<</DCTDecode /Width 999>>stream\n" * 50_000,
    "a page that is none": b"%PDF-1.4\n1 0 obj<</Filter/DCTDecode/Width 999>>stream\nabc\nendstream",
    "packing that is none": b"%PDF-1.4\n1 0 obj<</Filter[/FlateDecode/DCTDecode]/Width 999>>stream\nabc\nendstream",
}


def scanned(*colours, width=600):
    out = BytesIO()
    first, *more = [Image.new("RGB", (width, 800), colour) for colour in colours]
    first.save(out, "PDF", save_all=True, append_images=more)
    return SentFile("信.pdf", out.getvalue())


def test_the_pages_of_a_scan_lie_beside_it_as_pictures(cast, installation):
    assert keep_scans(installation, cast["clerk"], KEY, (scanned("red", "green", "blue"),)) == ()
    there = waiting(session(), KEY)
    assert [one.kind for one in there] == ["document", "picture", "picture", "picture"]
    assert all(one.safe_name for one in there[1:])


def test_logos_are_no_pages():
    assert pages(scanned("red", width=100)) == []


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_gives_no_page(content):
    assert len(pages(SentFile("x.pdf", content))) <= MOST
    assert [one for one in pages(SentFile("x.pdf", content)) if one.content] == []


def test_a_refused_pdf_gives_no_page_either(cast, installation):
    acting = SentFile("信.pdf", scanned("red").content + b"\n/JavaScript (x)")
    assert [one.name for one in keep_scans(installation, cast["clerk"], KEY, (acting,))] == ["信.pdf"]
    assert waiting(session(), KEY) == []


def test_sixty_pages_fit_and_the_next_one_is_named(cast, installation):
    sent = tuple(SentFile(f"{n}.png", _page(n)) for n in range(61))
    assert [one.name for one in keep_scans(installation, cast["clerk"], KEY, sent)] == ["60.png"]


def _page(number):
    out = BytesIO()
    Image.new("RGB", (20, 20), (number, 0, 0)).save(out, "PNG")
    return out.getvalue()
