"""One decision about many reports: each is a use case and a ledger entry of its own, and what cannot be is named."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.people import Actor
from app.domain.workflow.vocabulary import Need
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel.errors import NotAllowed, NotFound, OfficeError, Refused, Stale
from app.triage.commands import Act, Merge, Refer, ShareOut, Together
from app.triage.services.deciding import act, refer
from app.triage.services.joining import merge
from app.triage.services.sharing import SHARING, share_out

TOGETHER = (*SHARING, A.REFER, A.MERGE, A.ASK, A.VOID, A.LAPSE, A.MARK_KEY, A.UNMARK_KEY)
"""What may be decided of many at once. Accepting is not: areas and points are each report's own."""


@dataclass(frozen=True)
class Outcome:
    """`done`: how many; `failed`: what was said of each that could not be, by its id."""

    done: int
    failed: dict[int, OfficeError]


def decide_together(actor: Actor, words: Together) -> Outcome:
    """Go through the chosen reports in their order; one that cannot be decided does not hold up the others."""
    failed: dict[int, OfficeError] = {}
    for report_id, version in words.chosen:
        try:
            _one(words, report_id, version)(actor)
        except (Refused, NotAllowed, NotFound, Stale) as told:
            failed[report_id] = told
    return Outcome(len(words.chosen) - len(failed), failed)


def _one(words: Together, report_id: int, version: int) -> Callable[[Actor], None]:
    said = words.said
    if words.action in SHARING:
        person = said.get(Need.COLLEAGUE, "")
        share = ShareOut(report_id, words.action, int(person) if person.isdecimal() else None, version)
        return lambda actor: share_out(actor, share)
    if words.action == A.REFER:
        body, advice = said.get(Need.RECEIVING_BODY, ""), said.get(Need.ADVICE, "")
        referral = Refer(report_id, said.get(Need.REFERRAL_CLASS, ""), body, advice, version)
        return lambda actor: refer(actor, referral)
    if words.action == A.MERGE:
        repeat = Merge(report_id, said.get(Need.EARLIER, ""), said.get(Need.NOTE, ""), version)
        return lambda actor: merge(actor, repeat)
    return lambda actor: act(actor, Act(report_id, words.action, said, version))
