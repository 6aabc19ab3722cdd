"""The office's own templates: tried before they are kept, and given up again for the shipped ones."""

from hashlib import sha256

from sqlalchemy import delete, select

from app.db import transaction
from app.domain.doings import Doing, acting_role, write_down
from app.domain.inspection import Inspection
from app.domain.papers.paper import PaperKind, PaperTemplate
from app.domain.papers.templates import look_over
from app.domain.people import Actor
from app.domain.scope import load
from app.domain.workflow.vocabulary import Role as R

EDITORS = (R.LEADER, R.INSPECTOR)


def keep_template(actor: Actor, inspection_id: int, kind: PaperKind, content: bytes) -> None:
    """Put a template in the place of the present one. Raises NotAllowed, or Refused, naming what is wrong with it."""
    role = acting_role(actor, *EDITORS, inspection_id=inspection_id)
    look_over(kind, content)
    digest = sha256(content).hexdigest()
    with transaction() as session:
        load(session, actor, Inspection, inspection_id)
        own = select(PaperTemplate).where(PaperTemplate.inspection_id == inspection_id, PaperTemplate.kind == str(kind))
        kept = session.scalar(own.with_for_update()) or PaperTemplate(inspection_id=inspection_id, kind=str(kind))
        kept.content, kept.sha256, kept.kept_at, kept.kept_by_id = content, digest, actor.now(), actor.person_id
        session.add(kept)
        facts = {"document": str(kind), "sha256": digest}
        write_down(
            session, actor, role, Doing.CHANGE_TEMPLATE, "inspection", inspection_id, chain=inspection_id, facts=facts
        )


def reset_template(actor: Actor, inspection_id: int, kind: PaperKind) -> None:
    """Go back to the shipped template; nothing happens when it is in use already. Raises NotAllowed."""
    role = acting_role(actor, *EDITORS, inspection_id=inspection_id)
    with transaction() as session:
        load(session, actor, Inspection, inspection_id)
        own = delete(PaperTemplate).where(PaperTemplate.inspection_id == inspection_id, PaperTemplate.kind == str(kind))
        if session.execute(own.returning(PaperTemplate.id)).first() is None:
            return
        facts = {"document": str(kind)}
        write_down(
            session, actor, role, Doing.RESET_TEMPLATE, "inspection", inspection_id, chain=inspection_id, facts=facts
        )
