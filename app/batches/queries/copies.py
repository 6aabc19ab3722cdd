"""Who took which document when: the register in which a leaked page is looked up by its copy's number."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, select

from app.db import session
from app.domain.batch import Batch
from app.domain.inspection import Inspection
from app.domain.papers.copying import LETTERS
from app.domain.papers.paper import PaperCopy, PaperKind
from app.domain.people import Actor, Person
from app.domain.workflow.vocabulary import Role as R
from app.kernel import crypto
from app.web.paging import Page, read_page

READERS = (R.LEADER, R.AUDITOR)


@dataclass(frozen=True)
class CopyRow:
    """One copy. Of its content: which document it is, and the digest of the file that was handed out."""

    copy_number: str
    inspection: str
    batch: str
    kind: PaperKind
    number: str
    who: str
    unit: str
    taken_at: datetime
    sha256: str


def copies(actor: Actor, asked: str, cursor: str) -> Page[CopyRow]:
    """A page of them, the newest first; `asked`: a copy's number as it was read off a page, or a file's digest."""
    query = _rows(actor)
    if asked:
        query = query.where((PaperCopy.copy_number == read_number(asked)) | (PaperCopy.sha256 == asked.strip().lower()))
    by = PaperCopy.id
    return read_page(session(), query, by=by, key=by, cursor=cursor, make=_row, key_of=lambda row: int(row[0].id))


def read_number(typed: str) -> str:
    """A number as it is kept, from what somebody typed: case, spaces, dashes, O for 0 are forgiven."""
    letters = "".join(typed.upper().translate(crypto.LOOKALIKES).split()).replace("-", "")
    return crypto.grouped(letters[:LETTERS]) if len(letters) == LETTERS else ""


def _rows(actor: Actor) -> Select[Any]:
    """Of the inspections in which the actor is leader or auditor."""
    query: Any = (
        select(PaperCopy, Person.name, Batch, Inspection)
        .join(Batch, Batch.id == PaperCopy.batch_id)
        .join(Inspection, Inspection.id == PaperCopy.inspection_id)
        .outerjoin(Person, Person.id == PaperCopy.person_id)
    )
    where = actor.inspections(*READERS)
    return cast("Select[Any]", query if where is None else query.where(PaperCopy.inspection_id.in_(where)))


def _row(row: Any) -> CopyRow:
    copy, name, batch, inspection = row
    return CopyRow(
        copy_number=copy.copy_number,
        inspection=inspection.title,
        batch=batch.label,
        kind=PaperKind(copy.kind),
        number=copy.number,
        who=name or "",
        unit=copy.unit,
        taken_at=copy.taken_at,
        sha256=copy.sha256,
    )
