"""What a sign-off rests on, gathered before it: evidence for each line, the same fault elsewhere looked into."""

from app.db import transaction
from app.domain.attachment import waiting
from app.domain.people import Actor
from app.domain.rectification import CHECKLIST
from app.domain.sign_off import ChecklistEvidence, SameFault
from app.domain.workflow.vocabulary import Need
from app.domain.workflow.vocabulary import RectificationAction as A
from app.kernel.errors import N_, NotFound, Refused
from app.rectification.commands import DecideFault, Gather
from app.rectification.queries.elsewhere import grounds_between, other_case
from app.rectification.queries.pictures import EVIDENCE
from app.rectification.services.holding import hold
from app.rectification.services.pictures import attach, waiting_key

NO_PROOF = N_("Words alone are no evidence: give the number of a document, or attach a photograph.")


def gather(actor: Actor, words: Gather) -> None:
    """Keep a piece of evidence for a line of the checklist; what was kept before stays beside it.

    Raises NotFound for no such line, Refused where there is neither a document's number nor a file.
    """
    if words.line not in CHECKLIST:
        raise NotFound
    with transaction() as session:
        record = hold(session, actor, words.rectification_id, words.version)
        files = len(waiting(session, waiting_key(actor, words.pictures_key))) if words.pictures_key else 0
        said = f"{words.words.strip()}（{words.document.strip()}）" if words.document.strip() else words.words
        record.perform(A.GATHER, actor, {Need.EVIDENCE: said}, {"line": words.line, "files": files})
        if not files and not words.document.strip():
            raise Refused(NO_PROOF, fields={"document": NO_PROOF})
        kept = ChecklistEvidence(
            line=words.line, words=words.words, document=words.document, kept_at=actor.now(), kept_by_id=actor.person_id
        )
        record.evidence.append(kept)
        session.flush()
        attach(session, actor, words.pictures_key, EVIDENCE, kept.id)


def decide_fault(actor: Actor, words: DecideFault) -> None:
    """Say that another case is the same fault, or is not, and why. The reason is kept with the grounds of that day."""
    with transaction() as session:
        record = hold(session, actor, words.rectification_id, words.version)
        other = other_case(actor, record, words.case_id)
        action = A.CONFIRM_SAME if words.confirmed else A.DECLINE_SAME
        record.perform(action, actor, {Need.REASON: words.reason}, {"case": other.id})
        grounds, wording = grounds_between(record.case, other)
        fault = next((one for one in record.faults if one.case_id == other.id), None)
        if fault is None:
            fault = SameFault(case_id=other.id)
            record.faults.append(fault)
        fault.grounds, fault.wording = [str(one) for one in grounds], wording
        fault.confirmed, fault.reason = words.confirmed, words.reason
        fault.decided_at, fault.decided_by_id = actor.now(), actor.person_id
