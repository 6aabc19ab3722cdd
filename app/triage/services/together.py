"""One decision about many reports: how each is carried out."""

from app.domain.people import Actor
from app.domain.together import Outcome, one_by_one
from app.domain.workflow.vocabulary import Need
from app.domain.workflow.vocabulary import ReportAction as A
from app.triage.commands import Act, Merge, Refer, ShareOut, Together
from app.triage.services.deciding import act, refer
from app.triage.services.joining import merge
from app.triage.services.sharing import SHARING, share_out

TOGETHER = (*SHARING, A.REFER, A.MERGE, A.ASK, A.VOID, A.LAPSE, A.MARK_KEY, A.UNMARK_KEY)
"""What may be decided of many at once. Accepting is not: areas and points are each report's own."""


def decide_together(actor: Actor, words: Together) -> Outcome:
    return one_by_one(words.chosen, lambda report_id, version: _one(actor, words, report_id, version))


def _one(actor: Actor, words: Together, report_id: int, version: int) -> None:
    said = words.said
    if words.action in SHARING:
        person = said.get(Need.COLLEAGUE, "")
        share_out(actor, ShareOut(report_id, words.action, int(person) if person.isdecimal() else None, version))
    elif words.action == A.REFER:
        body, advice = said.get(Need.RECEIVING_BODY, ""), said.get(Need.ADVICE, "")
        refer(actor, Refer(report_id, said.get(Need.REFERRAL_CLASS, ""), body, advice, version))
    elif words.action == A.MERGE:
        merge(actor, Merge(report_id, said.get(Need.EARLIER, ""), said.get(Need.NOTE, ""), version))
    else:
        act(actor, Act(report_id, words.action, said, version))
