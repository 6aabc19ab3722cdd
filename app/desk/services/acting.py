"""What a reporter rings up about later: added, answered, withdrawn, or a receiver's acknowledgement noted."""

from app.db import transaction
from app.desk.commands import Act
from app.domain.people import Actor
from app.domain.report import Report
from app.domain.scope import load
from app.domain.workflow.vocabulary import Need, ReportAction
from app.kernel.errors import N_, NotAllowed

CLERKS_ACTIONS = (ReportAction.ADD, ReportAction.ANSWER, ReportAction.WITHDRAW, ReportAction.ACKNOWLEDGE)


def act(actor: Actor, words: Act) -> None:
    """Carry out one of the clerk's later actions. Raises NotFound, Stale, NotAllowed or Refused.

    A withdrawn report takes back the cases that triage made of it, for as long as none was handed over.
    """
    if words.action not in CLERKS_ACTIONS:
        raise NotAllowed(N_("Your role may not do this."))
    with transaction() as session:
        report = load(session, actor, Report, words.report_id)
        report.expect_version(words.version)
        report.perform(words.action, actor, words.said)
        if words.action == ReportAction.WITHDRAW:
            report.cancel_cases(actor, words.said[Need.REASON])
        if words.action == ReportAction.ACKNOWLEDGE:
            report.acknowledged(actor, words.said[Need.NOTE])
