"""What a clerk does: take a report down, keep its scans, add to it, answer or withdraw it for its reporter."""

from collections.abc import Iterable

from app.db import transaction
from app.desk.commands import Act, TakeDown
from app.domain.attachment import BadFile, RestedPicture, attach_waiting, record_picture, rest_picture
from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.receiving import Received, receive
from app.domain.report import Report
from app.domain.scope import load
from app.domain.workflow.vocabulary import Need, ReportAction
from app.kernel.errors import N_, NotAllowed

CLERKS_ACTIONS = (ReportAction.ADD, ReportAction.ANSWER, ReportAction.WITHDRAW, ReportAction.ACKNOWLEDGE)


def take_down(house: Installation, actor: Actor, inspection_id: int, words: TakeDown) -> Received:
    """Keep a report as somebody told it (信访工作条例: 如实登记); scans that waited under its key come along.

    Raises NotFound for an inspection that is not this actor's, NotAllowed when they may not take reports there.
    """
    with transaction() as session:
        inspection = load(session, actor, Inspection, inspection_id)
        kept = receive(session, house, inspection, actor, words.statement, words.reporter, words.submission_key)
        attach_waiting(session, words.submission_key, "report", kept.report.id)
        return kept


def keep_scans(house: Installation, actor: Actor, key: str, contents: Iterable[bytes]) -> list[BadFile]:
    """Let scans wait under the form's key; what could not be taken is told, and never sinks the report."""
    rested: list[RestedPicture] = []
    refused: list[BadFile] = []
    for content in contents:
        try:
            rested.append(rest_picture(house.files, house.vault.public, content))
        except BadFile as error:
            refused.append(error)
    if rested:
        with transaction() as session:
            for picture in rested:
                record_picture(session, picture, key, actor.now())
    return refused


def act(actor: Actor, words: Act) -> None:
    """Carry out one of the clerk's later actions. Raises NotFound, Stale, NotAllowed or Refused.

    A withdrawn report takes back the cases that triage made of it, for as long as none was handed over.
    """
    if words.action not in CLERKS_ACTIONS:
        raise NotAllowed(N_("Your role may not do this."))
    with transaction() as session:
        report = load(session, actor, Report, words.report_id)
        report.expect_version(words.version)
        referral = report.referral
        report.perform(words.action, actor, words.said)
        if words.action == ReportAction.WITHDRAW:
            report.cancel_cases(actor, words.said[Need.REASON])
        if words.action == ReportAction.ACKNOWLEDGE and referral is not None:
            referral.acknowledged_at, referral.acknowledgement = actor.now(), words.said[Need.NOTE]
