"""One decision about many cases: how each is carried out."""

from datetime import date

from app.casework.commands import Assign, Extend, Step, Together
from app.casework.services.assigning import assign, extend, pass_down
from app.casework.services.taking import step
from app.domain.people import Actor
from app.domain.together import Outcome, one_by_one
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import Need

TOGETHER = (
    A.ASSIGN,
    A.PASS_DOWN,
    A.INVESTIGATE,
    A.EXTEND,
    A.SEND_BACK,
    A.CITY_PASS,
    A.CITY_RETURN,
    A.PASS,
    A.TEAM_RETURN,
)
"""What may be decided of many at once: where one unit, one day or one reason fits them all (ADR 0023)."""

GIVING = {A.ASSIGN: assign, A.PASS_DOWN: pass_down}


def decide_together(actor: Actor, words: Together) -> Outcome:
    return one_by_one(words.chosen, lambda case_id, version: _one(actor, words, case_id, version))


def _one(actor: Actor, words: Together, case_id: int, version: int) -> None:
    reason = words.said.get(Need.REASON, "")
    if words.action in GIVING:
        GIVING[words.action](actor, Assign(case_id, int(words.said[Need.LEAD]), reason=reason, version=version))
    elif words.action == A.EXTEND:
        extend(actor, Extend(case_id, date.fromisoformat(words.said[Need.NEW_DATE]), reason, version))
    else:
        step(actor, Step(case_id, reason, version), words.action)
