"""Who has a report in hand: taking it, handing it on, putting it back. Decides nothing about the report itself."""

from sqlalchemy.orm import Session

from app.db import transaction
from app.domain.people import Actor, Person
from app.domain.report import Report
from app.domain.scope import load
from app.domain.workflow.vocabulary import Need, Role
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel.errors import N_, Refused
from app.triage.commands import ShareOut

SHARING = (A.TAKE, A.HAND_ON, A.RELEASE)


def share_out(actor: Actor, words: ShareOut) -> None:
    """Take, hand on or put back one report. Raises NotFound, Stale, NotAllowed or Refused."""
    with transaction() as session:
        report = load(session, actor, Report, words.report_id)
        report.expect_version(words.version)
        holder = actor.person_id if words.action == A.TAKE else None
        said = {}
        if words.action == A.HAND_ON:
            person = colleague(session, report, words.colleague)
            holder, said = person.id, {Need.COLLEAGUE: person.name}
        report.perform(words.action, actor, said, {"assigned_to_id": holder})
        report.assigned_to_id = holder


def colleague(session: Session, report: Report, person_id: int | None) -> Person:
    """An inspector of the same inspection who does not have it yet. Raises Refused."""
    person = session.get(Person, person_id) if person_id else None
    if person is None or not person.active or Role.INSPECTOR not in person.actor().roles_over(report.reach()):
        sentence = N_("Please choose who takes it over.")
    elif person.id == report.assigned_to_id:
        sentence = N_("They have it in hand already.")
    else:
        return person
    raise Refused(sentence, fields={str(Need.COLLEAGUE): sentence})
