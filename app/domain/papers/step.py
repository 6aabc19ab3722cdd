"""The printed form of one step of a ladder, made of the office's own template or the shipped one."""

from typing import Any

from sqlalchemy.orm import Session

from app.domain.papers import word
from app.domain.papers.paper import PaperKind
from app.domain.papers.templates import templates_of


def made(session: Session, inspection_id: int, kind: PaperKind, told: dict[str, Any]) -> bytes:
    """A Word document of this inspection's template of a kind. Raises Refused when it cannot be filled in."""
    return word.filled_in(templates_of(session, inspection_id).content(kind), told)
