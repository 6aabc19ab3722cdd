"""What a person does with an alarm: look, and say what follows; it rings again when another report joins it."""

from app.db import transaction
from app.domain.alarm import Alarm
from app.domain.doings import Doing, acting_role, write_down
from app.domain.people import Actor
from app.domain.scope import load
from app.domain.workflow.vocabulary import Need, Role
from app.triage.alarms.commands import SeeAlarm


def see(actor: Actor, words: SeeAlarm) -> None:
    """Raises NotFound for somebody else's, NotAllowed for those who only watch."""
    with transaction() as session:
        alarm = load(session, actor, Alarm, words.alarm_id)
        role = acting_role(actor, Role.INSPECTOR, Role.LEADER, inspection_id=alarm.inspection_id)
        alarm.seen_reports = max(alarm.seen_reports, min(words.reports, alarm.reports))
        alarm.seen_at, alarm.seen_by_id = actor.now(), actor.person_id
        write_down(
            session, actor, role, Doing.SEE_ALARM, "alarm", alarm.id, chain=alarm.inspection_id,
            said={Need.NOTE: words.note}, facts={"reports": alarm.seen_reports},
        )  # fmt: skip
