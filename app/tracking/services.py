"""What the holder of a query code may do. One function, one use case, one transaction; always through perform().

No version is asked for: a citizen never overwrites anything, and the table refuses what no longer fits the state.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import transaction
from app.domain.ledger import LedgerEntry
from app.domain.people import Actor
from app.domain.report import Rating, Report
from app.domain.workflow.vocabulary import CaseAction, Need
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel.errors import N_, NotFound, Refused
from app.tracking.commands import Rate, Say

DISSATISFIED = "举报人对答复不满意，重新审核。"
WITHDRAWN = "举报人撤回了来件。"
"""What a case keeps as the reason. The reporter's own words stay with the report: the locality reads cases."""


def answer(actor: Actor, said: Say) -> None:
    """Answer the team's question; the report goes back to be judged.

    Somebody who writes while the time for it ends loses nothing: what they wrote is then added to the report.
    Raises Refused when nothing was said, NotAllowed when the report takes no more words.
    """
    with transaction() as session:
        report = _own(session, said.report_id)
        if report.may(A.ANSWER, actor):
            report.perform(A.ANSWER, actor, {Need.ANSWER: said.words})
        elif not _said_before(session, report, A.ANSWER, Need.ANSWER, said.words):
            report.perform(A.ADD, actor, {Need.ADDITION: said.words})


def add(actor: Actor, said: Say) -> None:
    """Add something to the report. The same words sent twice in a row are kept once."""
    with transaction() as session:
        report = _own(session, said.report_id)
        if not _said_before(session, report, A.ADD, Need.ADDITION, said.words):
            report.perform(A.ADD, actor, {Need.ADDITION: said.words})


def withdraw(actor: Actor, said: Say) -> None:
    """Take the report back before it is handed over, and with it the cases that were made of it."""
    with transaction() as session:
        report = _own(session, said.report_id)
        report.perform(A.WITHDRAW, actor, {Need.REASON: said.words})
        report.cancel_cases(actor, WITHDRAWN)


def rate(actor: Actor, said: Rate) -> None:
    """Say what one thinks of the answer, once. Dissatisfied: every published case is reviewed again.

    Raises Refused when dissatisfied without a reason (practice: a dissatisfied reporter reopens the review).
    """
    with transaction() as session:
        report = _own(session, said.report_id)
        words = {Need.RATING: said.rating, Need.REASON: said.reason}
        rating = _rating(said)
        report.perform(A.RATE, actor, words, {"rating": said.rating})
        report.rating = str(rating)
        if rating is Rating.DISSATISFIED:
            for case in report.cases:
                if case.is_published:
                    case.perform(CaseAction.REOPEN, actor, {Need.REASON: DISSATISFIED})


def _rating(said: Rate) -> Rating | None:
    """The rating as a term; none when nothing was said, which the table then refuses itself."""
    if not said.rating:
        return None
    if said.rating not in set(Rating):
        raise Refused(
            N_("Please choose one of the choices shown."),
            fields={"rating": N_("Please choose one of the choices shown.")},
        )
    rating = Rating(said.rating)
    if rating is Rating.DISSATISFIED and not said.reason.strip():
        told = N_("Please say what you are dissatisfied with, so that it can be looked at again.")
        raise Refused(told, fields={"reason": told})
    return rating


def _own(session: Session, report_id: int) -> Report:
    """The report whose code was shown, locked: a click of the office waits until this one is written."""
    query = select(Report).where(Report.id == report_id).with_for_update(of=Report)
    report = session.scalar(query)
    if report is None:
        raise NotFound
    return report


def _said_before(session: Session, report: Report, action: A, need: Need, words: str) -> bool:
    """Whether the last thing that happened to the report was this very sentence: a form that was sent twice."""
    query = (
        select(LedgerEntry)
        .where(LedgerEntry.noun == "report", LedgerEntry.noun_id == report.id)
        .order_by(LedgerEntry.id.desc())
        .limit(1)
    )
    last = session.scalar(query)
    if last is None or last.action != str(action):
        return False
    return any(word.need == str(need) and word.text == words for word in last.words)
