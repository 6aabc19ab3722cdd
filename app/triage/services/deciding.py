"""The other outcomes of triage, and how a decision is taken back."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.db import transaction
from app.domain import catalogue
from app.domain.people import Actor
from app.domain.receiving import one_at_a_time
from app.domain.report import Referral, Report, ReportType
from app.domain.scope import load
from app.domain.suggesting import heard_before
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Need, ReportState
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel.errors import N_, NotAllowed, Refused
from app.triage.commands import Act, Refer
from app.triage.services.joining import leave

PLAIN = (A.ASK, A.VOID, A.LAPSE, A.ACKNOWLEDGE, A.MARK_KEY, A.UNMARK_KEY, A.UNDO, A.CONCLUDE)


def act(actor: Actor, words: Act) -> None:
    """Ask, void, lapse, acknowledge, mark or unmark as key, undo, conclude: what only asks for words.

    Raises NotFound, Stale, NotAllowed or Refused.
    """
    if words.action not in PLAIN:
        raise NotAllowed(N_("Your role may not do this."))
    with transaction() as session:
        if words.action == A.UNDO:  # before the ledger's end is held: a merge takes the two in this order
            one_at_a_time(session, "matters")
        report = load(session, actor, Report, words.report_id)
        report.expect_version(words.version)
        was = report.status
        report.perform(words.action, actor, words.said)
        if words.action == A.UNDO:
            take_back(session, actor, report, was, words.said[Need.REASON])
        elif words.action in {A.MARK_KEY, A.UNMARK_KEY}:
            mark(report, key=words.action == A.MARK_KEY)
        elif words.action == A.ACKNOWLEDGE:
            report.acknowledged(actor, words.said[Need.NOTE])


def mark(report: Report, *, key: bool) -> None:
    """The flag of a report is the flag of every part of it."""
    report.key = key
    for case in report.cases:
        if case.is_live:
            case.key = key


def take_back(session: Session, actor: Actor, report: Report, was: Term, reason: str) -> None:
    """Undo what the decision made: cases are cancelled, a referral no longer stands, a repeat leaves its matter."""
    report.cancel_cases(actor, reason)
    session.execute(delete(ReportType).where(ReportType.report_id == report.id))
    report.filed_under = None
    if report.referral is not None:
        report.referral.withdrawn_at = actor.now()
        session.flush()
        session.expire(report, ["referral"])
    if was == ReportState.MERGED:
        leave(session, report)


def refer(actor: Actor, words: Refer) -> None:
    """Give an out-of-scope report to the body that can deal with it (信访工作条例: 15 日内告知).

    Raises NotFound, Stale, NotAllowed or Refused.
    """
    if words.referral_class not in catalogue.referral_classes():
        sentence = N_("Please choose one of the choices shown.")
        raise Refused(sentence, fields={str(Need.REFERRAL_CLASS): sentence})
    with heard_before(actor, words.report_id), transaction() as session:
        report = load(session, actor, Report, words.report_id)
        report.expect_version(words.version)
        advice = filled(words.advice, report.number, words.receiving_body)
        needs = {
            Need.REFERRAL_CLASS: words.referral_class,
            Need.RECEIVING_BODY: words.receiving_body,
            Need.ADVICE: advice,
        }
        report.perform(A.REFER, actor, needs)
        session.add(
            Referral(
                report_id=report.id,
                referral_class=words.referral_class,
                receiving_body=words.receiving_body,
                advice=advice,
                referred_at=actor.now(),
                inform_by=report.due_on,
            )
        )


def filled(advice: str, number: str, body: str) -> str:
    return advice.replace("{number}", number).replace("{body}", body)
