"""Taking a copy of a document: marked with whose it is, registered and ledgered before it is handed out."""

import secrets
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import storage
from app.db import session, transaction
from app.domain import ledger
from app.domain.batch import BatchAction
from app.domain.installation import Installation
from app.domain.papers import books, bound, word
from app.domain.papers.making import Work
from app.domain.papers.paper import ENDINGS, Paper, PaperCopy, PaperKind
from app.domain.people import Actor, PersonRole, Reach
from app.domain.workflow.vocabulary import Role
from app.kernel import clock, crypto
from app.kernel.errors import N_, NotAllowed, Refused

LETTERS = 10
"""Of a copy's number: fifty random bits, so that nobody can guess somebody else's."""


@dataclass(frozen=True)
class Copy:
    """What is handed out."""

    content: bytes
    name: str
    ending: str
    number: str


def take_copy(house: Installation, actor: Actor, work: Work, kind: PaperKind, number: str = "") -> Copy:
    """A copy of one document as it was made; the caller has asked whether this actor may have it.

    Raises Refused while it is not ready, or when what is kept is no longer what was made.
    """
    content = _kept(house, work, kind, number)
    unit, role = standing(session(), actor, work.inspection.id)
    copy_number = crypto.grouped("".join(secrets.choice(crypto.ALPHABET) for _ in range(LETTERS)))
    mark = mark_of(actor, unit, role, copy_number)
    title = f"第{work.batch.label}批{kind.zh}" + (f" {number}" if number else "")
    copy = _marked(content, kind, mark, copy_number, title)
    digest = sha256(copy).hexdigest()
    with transaction() as writing:
        writing.add(
            PaperCopy(
                inspection_id=work.inspection.id,
                batch_id=work.batch.id,
                kind=str(kind),
                number=number,
                copy_number=copy_number,
                person_id=actor.person_id,
                unit=unit,
                taken_at=actor.now(),
                sha256=digest,
            )
        )
        happening = ledger.Happening(
            chain=work.inspection.id,
            person_id=actor.person_id,
            role=role,
            at=actor.now(),
            noun="batch",
            noun_id=work.batch.id,
            action=BatchAction.TAKE_COPY,
        )
        facts = {"batch": work.batch.label, "document": str(kind), "number": number}
        ledger.append(writing, happening, facts=facts | {"copy": copy_number, "sha256": digest})
    return Copy(copy, title.replace(" ", "-"), ENDINGS[kind], copy_number)


def _kept(house: Installation, work: Work, kind: PaperKind, number: str) -> bytes:
    query = select(Paper).where(Paper.batch_id == work.batch.id, Paper.kind == str(kind), Paper.number == number)
    paper = session().scalar(query)
    wanted = work.digest_of_order(number) if kind == PaperKind.ORDER else work.wanted().get((kind, ""))
    if paper is None or paper.file_name is None or not work.fits(paper.made_of, wanted):
        raise Refused(N_("This document is not ready yet."))
    content = storage.read(house.files, paper.file_name)
    if sha256(content).hexdigest() != paper.sha256:
        raise Refused(N_("The file that is kept is no longer what was made. Please have the documents made anew."))
    return content


def standing(current: Session, actor: Actor, inspection_id: int) -> tuple[str, Role]:
    """The unit and the role in which somebody takes it; the team has no unit."""
    held = actor.roles_over(Reach(inspection_id)) | {
        one.role for one in actor.appointments if one.inspection_id in {None, inspection_id}
    }
    role = next((role for role in Role if role in held), None)
    if role is None:
        raise NotAllowed(N_("Your role may not do this."))
    query = select(PersonRole).where(PersonRole.person_id == actor.person_id, PersonRole.role == str(role))
    found = current.scalars(query.where(PersonRole.inspection_id == inspection_id)).first()
    return (found.unit.name if found and found.unit else ""), role


def mark_of(actor: Actor, unit: str, role: Role, copy_number: str) -> str:
    taken = f"{clock.local(actor.now()):%Y-%m-%d %H:%M}"
    whose = "　".join(part for part in (unit, f"{actor.name}（{role.zh}）") if part)
    return f"副本编号 {copy_number}　领取人：{whose}　{taken}　严禁外传"


def _marked(content: bytes, kind: PaperKind, mark: str, copy_number: str, title: str) -> bytes:
    ending = ENDINGS[kind]
    if ending == "docx":
        return word.marked(content, mark, copy_number)
    if ending == "pdf":
        return bound.marked(content, mark, copy_number, title)
    if ending == "xlsx":
        return books.marked(content, mark, copy_number)
    return content + f"\n{mark}\n".encode()
