"""What a notice would print that is opened today, and until when it would run."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import session
from app.domain.holidays import work_calendar
from app.domain.people import Actor
from app.domain.rectification import Notice, Progress, Rectification
from app.domain.scope import load
from app.domain.workflow.vocabulary import Clock, StepKind
from app.kernel import clock
from app.kernel.calendar import Counted

OFFICE = ("office", "phone", "address")
USUAL_OPINION = "经验收合格，符合销号条件，拟同意销号。"


def notice_end(current: Session, record: Rectification, moment: datetime) -> Counted:
    """The last day of a notice: the working days that this ladder sets, else those of the inspection's settings."""
    calendar = work_calendar(current)
    own = next((rung.days for rung in record.rungs if rung.kind == StepKind.NOTICE), 0)
    if own:
        return calendar.after_working_days(clock.local_date(moment), own)
    return record.inspection.deadline(Clock.NOTICE, moment, calendar)


def proposed(current: Session, record: Rectification) -> dict[str, str]:
    """The printed fields as plan and progress give them, to be worded for everybody; by name (domain: PRINTED)."""
    case, latest = record.case, _latest(current, record)
    measures = [f"{one.position}．{one.text}" for one in record.measures]
    done = [f"{one.position}．{Progress(one.progress).zh}。{one.note}" for one in record.measures]
    return {
        "problem": case.publication_problem,
        "unit": case.lead_unit.name if case.lead_unit else case.unit_printed,
        "target": record.target,
        "measures": "\n".join(measures),
        "done": "\n".join(done),
        "opinion": USUAL_OPINION,
        "office": latest.get("office", ""),
        "phone": latest.get("phone") or record.inspection.settings.telephone,
        "address": latest.get("address", ""),
    }


def _latest(current: Session, record: Rectification) -> dict[str, str]:
    """Where objections to the inspection's last notice were taken: most likely there again."""
    query = select(Notice).join(Rectification).where(Rectification.inspection_id == record.inspection_id)
    found = current.scalars(query.order_by(Notice.id.desc()).limit(1)).first()
    return dict(found.printed) if found else {}


def notice_days(actor: Actor, rectification_id: int) -> Counted:
    """Until when a notice would run that is opened today, and whether its years' holidays are announced."""
    record = load(session(), actor, Rectification, rectification_id)
    return notice_end(session(), record, actor.now())


def notice_words(actor: Actor, rectification_id: int) -> dict[str, str]:
    """What the form of a new notice begins with. Raises NotFound."""
    return proposed(session(), load(session(), actor, Rectification, rectification_id))
