"""The pages of a scanned PDF, where they are JPEGs, as scanners make them: taken out as they are, nothing is drawn.

No PDF is opened here: only its streams that say they are a JPEG (DCTDecode) are cut out, and each is then judged as
any other picture is. Pages in another form (fax codes, JPEG 2000, drawn text) are not found; the PDF itself is kept
all the same, to be handed out as it came.
"""

import re
import zlib
from collections.abc import Iterator

from app.domain.evidence.documents import PDF
from app.domain.evidence.kinds import HEAD_BYTES, form_of
from app.domain.evidence.refusing import BadFile
from app.domain.evidence.resting import SentFile

MARK, OBJECT, STREAM = b"/DCTDecode", b" obj", b"stream"
DESCRIPTION = 2000
"""Bytes of what is said of a picture before its stream: further away nothing is looked for."""
MOST = 200
WIDTH = re.compile(rb"/Width\s{1,3}(\d{1,6})")
END = b"endstream"
JPEG = b"\xff\xd8\xff"
LARGEST = 16 * 1024 * 1024
NARROWEST = 400
"""Points across: what is narrower is a logo or a stamp, no page."""


def is_pdf(file: SentFile) -> bool:
    try:
        return form_of(file.opened().read(HEAD_BYTES), file.name).media_type == PDF
    except BadFile:
        return False


def pages(file: SentFile) -> list[SentFile]:
    """The scanned pages of a PDF in the order in which they lie in it, each as a file of its own."""
    content = file.opened().read()
    return [SentFile(f"{number}.jpg", page) for number, page in enumerate(_pictures(content), 1)]


def _pictures(content: bytes) -> Iterator[bytes]:
    """Found by walking from mark to mark: no hostile file makes this longer than it is."""
    at = 0
    for _place in range(MOST):
        if (mark := content.find(MARK, at)) < 0:
            return
        at = mark + len(MARK)
        begin = content.find(STREAM, mark, mark + DESCRIPTION)
        said_from = content.rfind(OBJECT, max(0, mark - DESCRIPTION), mark)
        if begin < 0 or said_from < 0:
            continue
        if (end := content.find(END, begin)) < 0:
            return
        at = end
        said = content[said_from:begin]
        picture = _plain(content[begin + len(STREAM) : end], b"FlateDecode" in said)
        width = WIDTH.search(said)
        if picture.startswith(JPEG) and width is not None and int(width.group(1)) >= NARROWEST:
            yield picture


def _plain(stream: bytes, packed: bool) -> bytes:  # noqa: FBT001  (of the stream: it is, or it is not)
    """Without the packing some programs put around a JPEG; nothing grows beyond what a picture may be."""
    content = stream.removeprefix(b"\r").removeprefix(b"\n")
    if not packed:
        return content.rstrip(b"\r\n")
    try:
        return zlib.decompressobj().decompress(content, LARGEST)
    except zlib.error:
        return b""
