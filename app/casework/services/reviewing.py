"""The reply climbs: the unit's leader signs, the city reviews, the team reviews; 不属实 is checked twice."""

from app.casework.commands import Return, Step
from app.casework.services.taking import said_for, step, take_up
from app.db import transaction
from app.domain.people import Actor
from app.domain.workflow.vocabulary import CaseAction as A


def sign_reply(actor: Actor, words: Step) -> None:
    """The unit's leader signs the latest version."""
    with transaction() as session:
        case = take_up(session, actor, words.case_id, words.version)
        version = case.reply
        case.perform(A.SIGN_REPLY, actor, facts={"reply": version.number if version else None})
        if version:
            version.signed_by_id, version.signed_at = actor.person_id, actor.now()


def send_back(actor: Actor, words: Step | Return) -> None:
    """The unit's leader wants it changed, and says why."""
    _return(actor, words, A.SEND_BACK)


def city_pass(actor: Actor, words: Step) -> None:
    step(actor, words, A.CITY_PASS)


def city_return(actor: Actor, words: Step | Return) -> None:
    """The city sends it back to the unit with a reason."""
    _return(actor, words, A.CITY_RETURN)


def pass_reply(actor: Actor, words: Step) -> None:
    """The team passes a founded reply; an unfounded one is refused here (practice: checked a second time)."""
    step(actor, words, A.PASS)


def require_check(actor: Actor, words: Step) -> None:
    """The first reviewer of an unfounded verdict notes what was looked at and asks somebody else to check."""
    with transaction() as session:
        case = take_up(session, actor, words.case_id, words.version)
        case.perform(A.REQUIRE_CHECK, actor, said_for(case, A.REQUIRE_CHECK, words.words))
        case.checked_by_id = actor.person_id


def confirm_unfounded(actor: Actor, words: Step) -> None:
    """Somebody else than the first reviewer confirms. Raises Refused for the same person."""
    step(actor, words, A.CONFIRM_UNFOUNDED)


def team_return(actor: Actor, words: Step | Return) -> None:
    """The team returns it to the unit with a reason, from either check."""
    _return(actor, words, A.TEAM_RETURN)


def _return(actor: Actor, words: Step | Return, action: A) -> None:
    """Back to the unit: each point's own reason stays with the point, and all of them together with the step."""
    if isinstance(words, Step):
        words = Return(words.case_id, words.words, version=words.version)
    with transaction() as session:
        case = take_up(session, actor, words.case_id, words.version)
        version = case.reply
        facts = {"points": [number for number, said in enumerate(words.points, 1) if said]}
        case.perform(action, actor, said_for(case, action, words.reason), facts if facts["points"] else None)
        for point, said in zip(version.points if version else (), words.points, strict=False):
            point.returned_for = said
