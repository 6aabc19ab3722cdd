"""What the holder of a query code may do. One function, one use case, one transaction; always through perform().

No version is asked for: a citizen never overwrites anything, and the table refuses what no longer fits the state.
A form that is sent twice, because a connection was lost, is taken once: the entry of its first coming names its key.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import transaction
from app.domain.asking import take_answer
from app.domain.attachment import attach_waiting, waiting
from app.domain.evidence.steps import FILES
from app.domain.installation import Installation
from app.domain.ledger import LedgerEntry
from app.domain.news import NewsWish, drop_wish, wish_for_news
from app.domain.people import Actor
from app.domain.report import Rating, Report
from app.domain.workflow.vocabulary import CaseAction, Need
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel import clock, crypto
from app.kernel.errors import N_, NotFound, Refused
from app.tracking.commands import AskForNews, Rate, Say

FORM = "form"
"""The fact of an entry that says which form it came with."""

DISSATISFIED = "举报人对答复不满意，重新审核。"
WITHDRAWN = "举报人撤回了来件。"
"""What a case keeps as the reason. The reporter's own words stay with the report: the locality reads cases."""
FILES_ONLY = "（未写文字，只提交了材料。）"
"""What stands for words when somebody sends nothing but files."""


def answer(actor: Actor, said: Say) -> None:
    """Answer the team's question; the report goes back to be judged.

    Raises Refused when nothing was said, NotAllowed when the report takes no more words.
    """
    with transaction() as session:
        report = _own(session, said.report_id)
        words = _words(session, said)
        if report.may(A.ANSWER, actor) or not _came_before(session, report, said.key, A.ANSWER, words):
            take_answer(report, actor, words, _facts(session, report, said.key))


def add(actor: Actor, said: Say) -> None:
    """Add something to the report. The same words sent twice in a row are kept once."""
    with transaction() as session:
        report = _own(session, said.report_id)
        words = _words(session, said)
        if not _came_before(session, report, said.key, A.ADD, words):
            report.perform(A.ADD, actor, {Need.ADDITION: words}, _facts(session, report, said.key))


def withdraw(actor: Actor, said: Say) -> None:
    """Take the report back before it is handed over, and with it the cases that were made of it."""
    with transaction() as session:
        report = _own(session, said.report_id)
        if _came_before(session, report, said.key):
            return
        report.perform(A.WITHDRAW, actor, {Need.REASON: said.words}, _mark(said.key))
        report.cancel_cases(actor, WITHDRAWN)


def rate(actor: Actor, said: Rate) -> None:
    """Say what one thinks of an answer, once. Dissatisfied: the published cases are reviewed again, or those named.

    Raises Refused when dissatisfied without a reason (practice: a dissatisfied reporter reopens the review).
    """
    with transaction() as session:
        report = _own(session, said.report_id)
        if _came_before(session, report, said.key):
            return
        words = {Need.RATING: said.rating, Need.REASON: said.reason}
        rating = _rating(said)
        facts: dict[str, Any] = {"rating": said.rating} | ({"parts": list(said.parts)} if said.parts else {})
        report.perform(A.RATE, actor, words, facts | _facts(session, report, said.key))
        report.rating = str(rating)
        if rating is Rating.DISSATISFIED:
            _review_again(report, actor, said.parts)


def _review_again(report: Report, actor: Actor, parts: tuple[int, ...]) -> None:
    answered = [case for case in report.cases if case.may(CaseAction.REOPEN, actor)]
    named = [case for case in answered if case.part in parts]
    for case in named or answered:
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


def _words(session: Session, said: Say) -> str:
    """What was said; files alone say something too."""
    silent = not said.words.strip() and said.key
    return FILES_ONLY if silent and waiting(session, said.key) else said.words


def _mark(key: str) -> dict[str, Any]:
    """The form's key as the ledger keeps it: enough to know it again, no use to anybody else."""
    return {FORM: crypto.digest(f"tracking {key}")} if key else {}


def _facts(session: Session, report: Report, key: str) -> dict[str, Any]:
    """The form's mark and its files, which now belong to the report, behind those it has already."""
    if not key:
        return {}
    mine = [one.id for one in attach_waiting(session, key, "report", report.id)]
    return _mark(key) | ({FILES: mine} if mine else {})


def _came_before(session: Session, report: Report, key: str, action: A | None = None, words: str = "") -> bool:
    """Whether this form has been taken already, or the last thing that happened was this very sentence."""
    query = select(LedgerEntry).where(LedgerEntry.noun == "report", LedgerEntry.noun_id == report.id)
    entries = list(session.scalars(query.order_by(LedgerEntry.id)))
    if key and any(entry.facts.get(FORM) == _mark(key)[FORM] for entry in entries):
        return True
    if action is None or not entries or entries[-1].action != str(action) or (key and waiting(session, key)):
        return False
    return any(word.text == words for word in entries[-1].words)


def ask_for_news(house: Installation, words: AskForNews) -> None:
    """A wish and no record: in no ledger, which would say of a reporter that they can be reached. Raises NotFound."""
    with transaction() as session:
        _own(session, words.report_id)
        wish = NewsWish(
            report_id=words.report_id, way=words.way, language=words.language, asked_at=clock.now()
        )  # fmt: skip
        wish_for_news(session, house, wish, words.to)


def want_no_news(report_id: int) -> None:
    """What was left is gone at once."""
    with transaction() as session:
        drop_wish(session, report_id)
