"""Approving the text for hand-over: nobody who reads it may learn who reported (环境保护法: 为举报人保密)."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from app.db import transaction
from app.domain.case import Case
from app.domain.people import Actor
from app.domain.privacy import Found, Mark
from app.domain.scope import load
from app.domain.workflow.vocabulary import CaseAction, Need
from app.kernel.errors import N_, Refused
from app.triage.commands import ApproveText, SecondApprove
from app.triage.queries.wording import marks, marks_of_report


def approve_text(actor: Actor, words: ApproveText) -> None:
    """Put a text in place of the reporter's words. Approving again replaces it, until the batch is handed over.

    Raises Refused while it holds words that may tell who reported and that nobody has given a reason to keep;
    NotFound, Stale or NotAllowed as everywhere.
    """
    with transaction() as session:
        case = load(session, actor, Case, words.case_id)
        case.expect_version(words.version)
        standing = marks(case.report, words.text)
        kept = {one.words: words.kept.get(one.words, "").strip() for one in standing}
        if not all(kept.values()):
            sentence = N_("These words may tell who reported. Replace each, take it out, or say why it may stay.")
            raise Refused(sentence, fields={"kept": sentence})
        facts = resolved(marks_of_report(case.report), standing, words.replaced)
        case.perform(CaseAction.APPROVE_TEXT, actor, {Need.HANDOVER_TEXT: words.text}, facts)
        case.write_text(actor, words.text)
        case.text_kept = [
            {"mark": str(one.mark), "words": one.words, "reason": kept[one.words]} for one in standing
        ] or None


def resolved(before: Iterable[Found], standing: Iterable[Found], pressed: Iterable[Mark]) -> dict[str, Any]:
    """What became of the marks, as kinds and counts; never the words."""
    kept, found = Counter(one.mark for one in standing), Counter(one.mark for one in before)
    gone = found - kept
    neutral = Counter(pressed) & gone
    counted = {"kept": kept, "replaced": neutral, "removed": gone - neutral}
    return {
        way: {str(mark): number for mark, number in sorted(marks.items())} for way, marks in counted.items() if marks
    }


def second_approve(actor: Actor, words: SecondApprove) -> None:
    """The second person's approval of the text as it stands. Raises NotFound, Stale, NotAllowed or Refused."""
    with transaction() as session:
        case = load(session, actor, Case, words.case_id)
        case.expect_version(words.version)
        case.perform(CaseAction.SECOND_APPROVE, actor)
        case.second_approved_by_id, case.second_approved_at = actor.person_id, actor.now()
