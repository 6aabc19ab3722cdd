"""Merging the copies of one text in one go: each by its own action of the table, all of them or none."""

from sqlalchemy import Select
from sqlalchemy.orm import Session

from app.db import session as reading
from app.db import transaction
from app.domain.people import Actor
from app.domain.receiving import one_at_a_time
from app.domain.report import Report
from app.domain.scope import load
from app.domain.suggesting import heard_before
from app.domain.workflow.vocabulary import Need, ReportAction
from app.triage.commands import MergeCopies
from app.triage.queries.same import copies_of, first_of
from app.triage.services.joining import join

AT_ONCE = 500
"""So many are merged by one press; it takes a second or two, and the rest wait for the next."""


def merge_copies(actor: Actor, words: MergeCopies) -> int:
    """Let copies that wait to be judged follow the first report of their words; gives how many did.

    What somebody else has judged in between is left as it is, so that pressing twice does nothing twice.
    Raises NotFound, NotAllowed or Refused.
    """
    _first, wanted = _chosen(reading(), actor, words)
    soon = [copy.id for copy in reading().scalars(wanted).unique()]
    with heard_before(actor, *soon), transaction() as session:
        one_at_a_time(session, "matters")
        first, wanted = _chosen(session, actor, words)
        copies = list(session.scalars(wanted.with_for_update(of=Report)).unique())
        for copy in copies:
            facts = {"earlier_id": first.id, "matter_id": join(session, copy, first)}
            copy.perform(ReportAction.MERGE, actor, {Need.EARLIER: first.number, Need.NOTE: words.note}, facts)
        return len(copies)


def _chosen(session: Session, actor: Actor, words: MergeCopies) -> tuple[Report, Select[Report]]:
    """The report the copies follow, and those of them that are merged now."""
    first = first_of(session, actor, load(session, actor, Report, words.report_id))
    waiting = copies_of(actor, first)
    if not words.every:
        waiting = waiting.where(Report.id.in_(words.copies))
    return first, waiting.order_by(Report.received_at, Report.id).limit(AT_ONCE)
