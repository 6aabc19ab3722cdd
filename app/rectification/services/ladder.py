"""The ladder: each step signed by somebody else, or refused with a reason; the look-back at its end."""

from collections.abc import Mapping

from app.db import transaction
from app.domain.people import Actor
from app.domain.rectification import CHECKLIST
from app.domain.workflow.rectification import RECTIFICATION, STEP_OF
from app.domain.workflow.vocabulary import Need, StepKind
from app.domain.workflow.vocabulary import RectificationAction as A
from app.kernel.errors import N_, Refused
from app.rectification.commands import LookBack, RefuseStep, SignStep
from app.rectification.services.holding import begin_cycle, hold, send_back
from app.rectification.services.signing import NEEDED, Signing, sign

ELSEWHERE = (StepKind.NOTICE, StepKind.LOOK_BACK)
SIGNATURES = frozenset(action for action, kind in STEP_OF.items() if kind not in ELSEWHERE)
"""The actions that sign a step and do nothing more; notice and look-back have services of their own."""


def sign_step(actor: Actor, words: SignStep) -> None:
    """Sign the step whose turn it is. Nobody signs two steps, nor what they submitted (the table's guard).

    Raises Refused, with a sentence for each line of the checklist, and of the ladder's evidence, that has no answer.
    """
    if words.action not in SIGNATURES:
        raise Refused(N_("This is not a step that is signed."))
    with transaction() as session:
        record = hold(session, actor, words.rectification_id, words.version)
        row = RECTIFICATION.row(record.status, words.action)
        said = dict.fromkeys(row.needs if row else (), words.words)
        checklist: dict[str, str] = {}
        if Need.CHECKLIST in said:
            said[Need.CHECKLIST] = _checked(words.checklist)
            checklist = {code: words.checklist[code] for code in CHECKLIST}
        asked = Signing(words.words, words.lines, checklist, words.pictures_key, words.seen)
        sign(session, record, words.action, actor, said, asked)
        if words.action == A.SIGN_OFF:
            record.signed_off_at = actor.now()


def _checked(checklist: Mapping[str, str]) -> str:
    """The five lines as one text for the ledger (practice: 销号条件)."""
    missing = {f"checklist_{code}": NEEDED for code in CHECKLIST if not checklist.get(code, "").strip()}
    if missing:
        raise Refused(N_("Each condition of the sign-off needs its evidence."), fields=missing)
    return "\n".join(f"{zh}：{checklist[code]}" for code, (zh, _) in CHECKLIST.items())


def refuse_step(actor: Actor, words: RefuseStep) -> None:
    """Send the cycle back to be put right; what was signed before stays readable, the next try signs anew."""
    with transaction() as session:
        record = hold(session, actor, words.rectification_id, words.version)
        step = record.step
        facts = {"step": step.kind, "climb": record.climb} if step else {}
        entry = record.perform(A.REFUSE, actor, {Need.REASON: words.reason}, facts)
        send_back(record, step, actor, entry, words.reason)


def look_back(actor: Actor, words: LookBack) -> int | None:
    """What was found months later. A relapse opens the next cycle of the case at once, and gives its id."""
    if STEP_OF.get(words.action) != StepKind.LOOK_BACK:
        raise Refused(N_("This is not a step that is signed."))
    with transaction() as session:
        record = hold(session, actor, words.rectification_id, words.version)
        asked = Signing(words.note, words.lines, key=words.pictures_key, seen=words.seen)
        sign(session, record, words.action, actor, {Need.NOTE: words.note}, asked)
        if words.action != A.FIND_RELAPSED:
            return None
        return begin_cycle(session, actor, record.case).id
