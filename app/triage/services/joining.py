"""Merging a repeat into the report that came first, and taking it back: who follows whom makes the matters."""

from collections import defaultdict

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.db import transaction
from app.domain.people import Actor
from app.domain.receiving import one_at_a_time
from app.domain.report import Matter, Report
from app.domain.scope import load, scoped
from app.domain.suggesting import heard_before
from app.domain.workflow.vocabulary import Need, ReportState
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel.errors import N_, Refused
from app.triage.commands import Merge

GONE = (ReportState.VOIDED, ReportState.WITHDRAWN)


def merge(actor: Actor, words: Merge) -> None:
    """Let a repeat follow the report that came first; it still counts as received.

    Merges of one inspection queue up, so that two at once cannot make a ring. Raises NotFound, Stale, NotAllowed
    or Refused.
    """
    with heard_before(actor, words.report_id), transaction() as session:
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
    """One matter for both, and for those who followed either of them; gives its id."""
    followed = report.matter_id
    report.follows_id = earlier.id
    if earlier.matter_id is None:
        earlier.matter_id = _fresh(session, report.inspection_id)
    matter_id: int = earlier.matter_id
    report.matter_id = matter_id
    if followed is not None:
        session.execute(update(Report).where(Report.matter_id == followed).values(matter_id=matter_id))
    return matter_id


def leave(session: Session, report: Report) -> None:
    """Undo a merge: the report goes back to where it stood before, with everybody who followed it meanwhile or before.

    The others stay one matter. Whoever follows nobody and is followed by nobody belongs to none.
    """
    one_at_a_time(session, "matters")
    report.follows_id = None
    own = {report.id, *_behind(session, report)}
    report.matter_id = _fresh(session, report.inspection_id) if len(own) > 1 else None
    session.flush()
    if len(own) > 1:
        theirs = update(Report).where(Report.id.in_(own - {report.id}))
        session.execute(theirs.values(matter_id=report.matter_id), execution_options={"synchronize_session": "fetch"})


def _behind(session: Session, report: Report) -> set[int]:
    """Everybody who follows a report, or one of those who do."""
    links = select(Report.id, Report.follows_id).where(Report.matter_id == report.matter_id)
    followers: dict[int | None, list[int]] = defaultdict(list)
    for id_, follows in session.execute(links):
        followers[follows].append(id_)
    found: set[int] = set()
    ahead = list(followers[report.id])
    while ahead:
        one = ahead.pop()
        if one not in found and one != report.id:
            found.add(one)
            ahead += followers[one]
    return found


def _fresh(session: Session, inspection_id: int) -> int:
    matter = Matter(inspection_id=inspection_id)
    session.add(matter)
    session.flush()
    return matter.id
