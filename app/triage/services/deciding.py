"""The other outcomes of triage, and how a decision is taken back."""

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.db import transaction
from app.domain import catalogue
from app.domain.people import Actor
from app.domain.receiving import one_at_a_time
from app.domain.report import Matter, Referral, Report, ReportType
from app.domain.scope import load, scoped
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Need, ReportState
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel.errors import N_, NotAllowed, Refused
from app.triage.commands import Act, Merge, Refer

PLAIN = (A.ASK, A.VOID, A.LAPSE, A.ACKNOWLEDGE, A.MARK_KEY, A.UNMARK_KEY, A.UNDO, A.CONCLUDE)
GONE = (ReportState.VOIDED, ReportState.WITHDRAWN)


def act(actor: Actor, words: Act) -> None:
    """Ask, void, lapse, acknowledge, mark or unmark as key, undo, conclude: what only asks for words.

    Raises NotFound, Stale, NotAllowed or Refused.
    """
    if words.action not in PLAIN:
        raise NotAllowed(N_("Your role may not do this."))
    with transaction() as session:
        report = load(session, actor, Report, words.report_id)
        report.expect_version(words.version)
        was, referral = report.status, report.referral
        report.perform(words.action, actor, words.said)
        if words.action == A.UNDO:
            take_back(session, actor, report, was, words.said[Need.REASON])
        elif words.action in {A.MARK_KEY, A.UNMARK_KEY}:
            mark(report, key=words.action == A.MARK_KEY)
        elif words.action == A.ACKNOWLEDGE and referral is not None:
            referral.acknowledged_at, referral.acknowledgement = actor.now(), words.said[Need.NOTE]
            report.due_on = None  # the clock of the referral is over


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
        report.matter_id = None


def refer(actor: Actor, words: Refer) -> None:
    """Give an out-of-scope report to the body that can deal with it (信访工作条例: 15 日内告知).

    Raises NotFound, Stale, NotAllowed or Refused.
    """
    if words.referral_class not in catalogue.referral_classes():
        sentence = N_("Please choose one of the choices shown.")
        raise Refused(sentence, fields={str(Need.REFERRAL_CLASS): sentence})
    with transaction() as session:
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


def merge(actor: Actor, words: Merge) -> None:
    """Let a repeat follow the report that came first; it still counts as received.

    Merges of one inspection queue up, so that two at once cannot make a ring. Raises NotFound, Stale, NotAllowed
    or Refused.
    """
    with transaction() as session:
        one_at_a_time(session, "matters")
        report = load(session, actor, Report, words.report_id)
        report.expect_version(words.version)
        earlier = find_earlier(session, actor, report, words.earlier)
        matter_id = join(session, report, earlier)
        facts = {"earlier_id": earlier.id, "matter_id": matter_id}
        report.perform(A.MERGE, actor, {Need.EARLIER: earlier.number, Need.NOTE: words.note}, facts)


def find_earlier(session: Session, actor: Actor, report: Report, number: str) -> Report:
    """The report of this number in the same inspection, if this one can follow it. Raises Refused."""
    wanted = scoped(actor, Report).where(
        Report.inspection_id == report.inspection_id, Report.number == number.strip().upper()
    )
    earlier = session.scalar(wanted)
    if not number.strip():
        sentence = N_("This has to be filled in.")
    elif earlier is None:
        sentence = N_("There is no report of this number in this inspection.")
    elif earlier.id == report.id:
        sentence = N_("A report cannot be merged into itself.")
    elif earlier.state in GONE:
        sentence = N_("That report is void or withdrawn; nothing can follow it.")
    elif earlier.received_at > report.received_at:
        sentence = N_("That report was received later. Merge the later one into the earlier one.")
    elif earlier.matter_id is not None and earlier.matter_id == report.matter_id:
        sentence = N_("The two already belong to the same matter.")
    else:
        return earlier
    raise Refused(sentence, fields={str(Need.EARLIER): sentence})


def join(session: Session, report: Report, earlier: Report) -> int:
    """One matter for both, and for those who followed either of them."""
    followed = report.matter_id
    if earlier.matter_id is None:
        matter = Matter(inspection_id=report.inspection_id)
        session.add(matter)
        session.flush()
        earlier.matter_id = matter.id
    matter_id: int = earlier.matter_id
    report.matter_id = matter_id
    if followed is not None:
        session.execute(update(Report).where(Report.matter_id == followed).values(matter_id=matter_id))
    return matter_id
