"""The templates of an inspection: shipped or its own, and the words each may fill in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db import session
from app.domain.inspection import Inspection
from app.domain.papers.paper import TEMPLATES, PaperKind, PaperTemplate
from app.domain.papers.templates import IN_PLAIN_LINES, templates_of
from app.domain.papers.words import WORDS, Words
from app.domain.people import Actor, Person
from app.domain.scope import load
from app.kernel.errors import NotFound


@dataclass(frozen=True)
class TemplateRow:
    """`kept_at` and `by` are empty for a shipped one. `lines`: "rows", "notes" or "", what plain lines may be."""

    kind: PaperKind
    ending: str
    kept_at: datetime | None
    by: str
    words: Words
    lines: str


def templates(actor: Actor, inspection_id: int) -> list[TemplateRow]:
    load(session(), actor, Inspection, inspection_id)
    query = (
        select(PaperTemplate.kind, PaperTemplate.kept_at, Person.name)
        .outerjoin(Person, Person.id == PaperTemplate.kept_by_id)
        .where(PaperTemplate.inspection_id == inspection_id)
    )
    own = {row.kind: row for row in session().execute(query)}
    return [_row(kind, own.get(str(kind))) for kind in TEMPLATES]


def _row(kind: PaperKind, own: "object | None") -> TemplateRow:
    kept_at, by = (getattr(own, "kept_at", None), getattr(own, "name", "") or "")
    lines = ("rows" if kind == PaperKind.ORDERS else "notes") if kind in IN_PLAIN_LINES else ""
    return TemplateRow(kind, TEMPLATES[kind], kept_at, by, WORDS[kind], lines)


def template(actor: Actor, inspection_id: int, kind: PaperKind) -> TemplateRow:
    """Raises NotFound for a kind that has none."""
    found = next((row for row in templates(actor, inspection_id) if row.kind == kind), None)
    if found is None:
        raise NotFound
    return found


def template_file(actor: Actor, inspection_id: int, kind: PaperKind) -> bytes:
    """The file that is in use now."""
    template(actor, inspection_id, kind)
    return templates_of(session(), inspection_id).content(kind)
