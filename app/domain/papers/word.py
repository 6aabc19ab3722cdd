"""Word documents: a template is looked over, filled in, and a copy marked in its footer and its properties."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docxtpl import DocxTemplate
from jinja2 import TemplateError

from app.domain.evidence.documents import WORD, must_be_tame
from app.domain.evidence.refusing import BadFile
from app.domain.papers.filling import Filling, Piece, check
from app.domain.papers.paper import PaperKind
from app.domain.papers.words import Words, made_up
from app.kernel.errors import N_, Refused

LARGEST = 2 * 1024 * 1024
MOST_UNPACKED = 20 * 1024 * 1024
XML = re.compile(r"\.(?:xml|rels)$")
REMOTE = re.compile(rb'<Relationship\b[^>]*TargetMode="External"[^>]*>')
FILLING = Filling(autoescape=True)
HARMLESS = (b"/hyperlink",)
GREY = RGBColor(0x60, 0x60, 0x60)


def look_over(content: bytes, kind: PaperKind, words: Words) -> None:
    """Raises Refused for what is no Word document, what acts by itself, and what cannot be filled in."""
    if len(content) > LARGEST:
        raise Refused(N_("The template is larger than %(most)s MB."), most=LARGEST // (1024 * 1024))
    try:
        must_be_tame(WORD, BytesIO(content))
        _must_stand_alone(content)
        document = Document(BytesIO(content))
    except BadFile as bad:
        raise Refused(bad.message) from bad
    except Exception as error:
        raise Refused(N_("This is not a Word document (.docx).")) from error
    check(_pieces(document), words)
    filled_in(content, made_up(kind))


def filled_in(content: bytes, context: dict[str, Any]) -> bytes:
    """The document with its words. Raises Refused when it cannot be filled in."""
    template = DocxTemplate(BytesIO(content))
    try:
        template.render(context, jinja_env=FILLING, autoescape=True)
    except TemplateError as error:
        raise Refused(N_("This template cannot be filled in: %(why)s"), why=str(error)[:200]) from error
    out = BytesIO()
    template.save(out)
    return out.getvalue()


def marked(content: bytes, mark: str, copy_number: str) -> bytes:
    """A copy: its mark stands at the foot of every page, and in the file's properties."""
    document = Document(BytesIO(content))
    for footer in _footers(document):
        paragraph = footer.add_paragraph() if any(one.text for one in footer.paragraphs) else footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(mark)
        run.font.size, run.font.color.rgb = Pt(8), GREY
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")  # noqa: SLF001  (no other way)
    properties = document.core_properties
    properties.keywords, properties.comments, properties.author = copy_number, mark, ""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _footers(document: Any) -> Iterator[Any]:
    """Those that a reader may meet, of every page, of the first, of even ones; a later section may go on with them."""
    for number, section in enumerate(document.sections):
        found = [section.footer]
        if section.different_first_page_header_footer:
            found.append(section.first_page_footer)
        if document.settings.odd_and_even_pages_header_footer:
            found.append(section.even_page_footer)
        yield from (footer for footer in found if not (number and footer.is_linked_to_previous))


def _pieces(document: Any) -> Iterator[Piece]:
    """Every paragraph in the order of reading, tables included, then those of headers and footers."""
    number = 0
    for element in (document.element.body, *_margins(document)):
        for paragraph in element.iter(qn("w:p")):
            number += 1
            yield number, "".join(part.text or "" for part in paragraph.iter(qn("w:t")))


def _margins(document: Any) -> Iterator[Any]:
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(("/header", "/footer")):
            yield relation.target_part.element


def _must_stand_alone(content: bytes) -> None:
    """Nothing is fetched from elsewhere when it is opened, and nothing grows while it is read."""
    with ZipFile(BytesIO(content)) as package:
        if sum(part.file_size for part in package.infolist()) > MOST_UNPACKED:
            raise Refused(N_("The template is larger than %(most)s MB."), most=LARGEST // (1024 * 1024))
        for name in package.namelist():
            if not XML.search(name):
                continue
            text = package.read(name)
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise Refused(N_("This is not a Word document (.docx)."))
            if any(not any(known in found for known in HARMLESS) for found in REMOTE.findall(text)):
                raise Refused(N_("This document fetches something from elsewhere when it is opened; please remove it."))
