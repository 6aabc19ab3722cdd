"""Documents: which are taken, and that nothing in them acts by itself. They are handed out as received, to the team."""

import codecs
import re
from typing import IO
from zipfile import BadZipFile, ZipFile

from app.domain.evidence.refusing import BadFile
from app.kernel.errors import N_

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OLD_WORD = "application/msword"
PLAIN = "text/plain"
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = "[Content_Types].xml"
PARTS = {"docx": (WORD, "word/document.xml"), "xlsx": (SHEET, "xl/workbook.xml")}
MOST_UNPACKED = 300 * 1024 * 1024
MOST_PARTS = 5000
MOST_TYPES = 1024 * 1024
ACTIVE_IN_PDF = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia)\b")
ACTIVE_IN_OLE = "_VBA_PROJECT".encode("utf-16-le")
ACTIVE_PARTS = re.compile(
    r"vbaproject|macrosheets|/activex/|/embeddings/|oleobject|\.(?:bin|exe|dll|js|vbs|html?)$", re.IGNORECASE
)
MARKUP = re.compile(rb"<\s*(?:!doctype|html|script|svg|body|iframe|img|\?xml|\?php)", re.IGNORECASE)
ACTS = N_("This document contains a program (macros or scripts). Please send it without, or as a picture.")
DAMAGED = N_("This document cannot be read; it may be damaged.")


def type_of(head: bytes, name: str) -> str | None:
    """The media type a document claims by its first bytes; None when it is no document."""
    ending = name.rsplit(".", 1)[-1].lower()
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(ZIP) and ending in PARTS:
        return PARTS[ending][0]
    if head.startswith(OLE) and ending == "doc":
        return OLD_WORD
    if ending == "txt" and _is_text(head):
        return PLAIN
    return None


def must_be_tame(media_type: str, file: IO[bytes], overlap: int = 64) -> None:
    """Raises BadFile for macros, scripts, embedded files, bombs, and what is not what it claims to be."""
    if media_type in {WORD, SHEET}:
        _look_into_parts(media_type, file)
        return
    before = b""
    while piece := file.read(1024 * 1024):
        text = before + piece
        if media_type == PDF and ACTIVE_IN_PDF.search(text):
            raise BadFile(ACTS)
        if media_type == OLD_WORD and ACTIVE_IN_OLE in text:
            raise BadFile(ACTS)
        if media_type == PLAIN and (MARKUP.search(text) or b"\0" in piece):
            raise BadFile(N_("This is not plain text."))
        before = piece[-overlap:]


def _look_into_parts(media_type: str, file: IO[bytes]) -> None:
    """The list of a package's parts says whether it carries a program, and how large it would become."""
    try:
        with ZipFile(file) as package:
            parts = package.infolist()
            names = [part.filename for part in parts]
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise BadFile(DAMAGED)
            if not {TYPES, dict(PARTS.values())[media_type]} <= set(names):
                raise BadFile(DAMAGED)
            with package.open(TYPES) as listed:
                types = listed.read(MOST_TYPES)
    except (BadZipFile, OSError, ValueError, KeyError, NotImplementedError, RuntimeError, EOFError) as error:
        raise BadFile(DAMAGED) from error
    if b"macroEnabled" in types or any(ACTIVE_PARTS.search(name) for name in names):
        raise BadFile(ACTS)


def _is_text(head: bytes) -> bool:
    """UTF-8, or GB 18030 as old telephones write it; no zeros, no markup."""
    if b"\0" in head or MARKUP.search(head):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(head)  # the last letter may be cut in two
        except UnicodeDecodeError:
            continue
        return True
    return False
