"""Results that were published before this system: entered as printed, straight into the public table (ADR 0004)."""

from app.casework.commands import EnterHistory
from app.casework.services.publishing import conclude
from app.casework.services.taking import take_up
from app.db import transaction
from app.domain.people import Actor
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import Need


def enter_history(actor: Actor, words: EnterHistory) -> None:
    """Take a prepared case of the past to its published end; its report is answered with its last case.

    `verdict` and `completion` stay empty where the printed row had none. No reply is made: nobody knows which
    versions there were. The case is published at `actor.now()`. Raises NotFound, NotAllowed.
    """
    with transaction() as session:
        case = take_up(session, actor, words.case_id, None)
        said = {Need.PUBLICATION_PROBLEM: words.publication_problem, Need.PUBLICATION_TEXT: words.findings}
        case.perform(A.ENTER_HISTORY, actor, said)
        case.history = True
        case.publication_problem, case.publication_text = words.publication_problem, words.findings
        case.verdict = str(words.verdict) if words.verdict else None
        case.completion = str(words.completion) if words.completion else None
        case.publication_handling, case.publication_target = words.handling, words.target
        case.accountability, case.unit_printed = words.accountability, words.unit_printed
        case.published_at = actor.now()
        conclude(case, actor)
