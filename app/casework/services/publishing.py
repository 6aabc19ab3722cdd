"""What everybody may read: published by the inspector, taken down by the leader, reviewed again with a reason."""

from collections.abc import Sequence

from app.casework.commands import Publish, Step
from app.casework.services.taking import said_for, step, take_up
from app.db import transaction
from app.domain.case import Case
from app.domain.people import Actor
from app.domain.privacy import Found, find
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import Need, ReportAction
from app.kernel.errors import N_, Refused


def publish(actor: Actor, words: Publish) -> None:
    """Copy what the locality answered, in the inspector's words, into the public table; the report is answered when
    all its cases are.

    Raises Refused while a self-identifying word is neither changed nor let stand (政府信息公开条例 15).
    """
    with transaction() as session:
        case = take_up(session, actor, words.case_id, words.version)
        _copy_reply(case, words)
        said = {Need.PUBLICATION_PROBLEM: words.problem, Need.PUBLICATION_TEXT: words.text}
        public = [words.problem, words.text, case.publication_handling, case.publication_target, case.accountability]
        stands = marks_in(public)
        case.perform(A.PUBLISH, actor, said, {"confirmed": sorted({str(found.mark) for found in stands})})
        if any(found.words not in words.confirmed for found in stands):
            told = N_("These words may tell who reported. Change them, or confirm each of them.")
            raise Refused(told, fields={"confirmed": told})
        case.publication_problem, case.publication_text = words.problem, words.text
        case.place_hidden = words.place_hidden
        case.published_at = actor.now()
        conclude(case, actor)


def unpublish(actor: Actor, words: Step) -> None:
    """Take it out of the public table; the texts stay with the case."""
    with transaction() as session:
        case = take_up(session, actor, words.case_id, words.version)
        case.perform(A.UNPUBLISH, actor, said_for(case, A.UNPUBLISH, words.words))
        case.published_at = None


def reopen(actor: Actor, words: Step) -> None:
    """Review it again; what was published stands until it is replaced or taken down."""
    step(actor, words, A.REOPEN)


def conclude(case: Case, actor: Actor) -> None:
    """The report is answered once every case made of it has been published (信访工作条例)."""
    if case.report.may(ReportAction.CONCLUDE, actor):
        case.report.perform(ReportAction.CONCLUDE, actor)


def marks_in(texts: Sequence[str]) -> list[Found]:
    """Self-identifying words in texts that are about to be read by everybody, each once."""
    found = {mark.words: mark for text in texts for mark in find(text)}
    return list(found.values())


def _copy_reply(case: Case, words: Publish) -> None:
    reply = case.reply
    if reply is not None:
        case.verdict, case.completion = reply.verdict, reply.completion
        case.publication_handling, case.publication_target = reply.handling, reply.target
        case.accountability = reply.accountability
    for name, text in (
        ("publication_handling", words.handling),
        ("publication_target", words.target),
        ("accountability", words.accountability),
    ):
        if text is not None:
            setattr(case, name, text)
