"""The templates that an inspection's documents are filled into: its own where it has one, else those shipped."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.papers import plain, word
from app.domain.papers.filling import check, fill
from app.domain.papers.paper import TEMPLATES, PaperKind, PaperTemplate
from app.domain.papers.shipped import shipped
from app.domain.papers.words import WORDS, made_up
from app.kernel.errors import N_, Refused

SHIPPED = 1
"""Counted up with the wording of the shipped templates: a Word file is another one each time it is written."""
LONGEST_TEXT = 20_000
IN_PLAIN_LINES = frozenset({PaperKind.ORDERS, PaperKind.LIST, PaperKind.COUNTS, PaperKind.KINDS})
"""The bulletin's text is printed as it stands; these have parts."""


@dataclass(frozen=True)
class Templates:
    """`own`: those the office has put in the place of shipped ones."""

    own: Mapping[PaperKind, bytes]

    def content(self, kind: PaperKind) -> bytes:
        return self.own.get(kind) or shipped(kind)

    def text(self, kind: PaperKind) -> str:
        """Of a kind whose template is plain lines."""
        return self.content(kind).decode("utf-8-sig")

    def digest(self, kind: PaperKind) -> str:
        """What tells two templates apart."""
        return sha256(self.own[kind]).hexdigest() if kind in self.own else f"shipped {SHIPPED}"


def templates_of(session: Session, inspection_id: int) -> Templates:
    query = select(PaperTemplate.kind, PaperTemplate.content).where(PaperTemplate.inspection_id == inspection_id)
    return Templates({PaperKind(row.kind): row.content for row in session.execute(query)})


def look_over(kind: PaperKind, content: bytes) -> None:
    """Try a template before it is kept. Raises Refused, naming the paragraph and the word that is wrong."""
    if TEMPLATES[kind] == "docx":
        word.look_over(content, kind, WORDS[kind])
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(N_("This is not a text file in UTF-8.")) from error
    if len(text) > LONGEST_TEXT or "\0" in text:
        raise Refused(N_("The text is longer than %(most)s characters."), most=LONGEST_TEXT)
    check(enumerate(text.splitlines(), 1), WORDS[kind])
    if kind in IN_PLAIN_LINES:
        plain.look_over(text, rows=kind == PaperKind.ORDERS)
        plain.filled_in(text, made_up(kind))
    else:
        fill(text, made_up(kind))
