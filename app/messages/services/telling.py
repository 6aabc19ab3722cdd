"""From the outbox to people: whoever holds a role that is told, over the record as it stands now, gets one message."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.db import session, transaction
from app.domain.batch import Batch
from app.domain.case import Case
from app.domain.message import Delivery, Hook, Mailing, Message, Outbox, Way, Wish
from app.domain.news import News, NewsWay, NewsWish, report_of
from app.domain.people import Person, PersonRole, Reach
from app.domain.rectification import Rectification
from app.domain.report import Report
from app.domain.scope import sees_whole
from app.domain.workflow.vocabulary import Role
from app.kernel import clock

NOUNS: dict[str, Any] = {noun.TABLE.noun: noun for noun in (Report, Case, Rectification)} | {"batch": Batch}
MIDNIGHT_TO_MIDNIGHT = timedelta(days=1)


@dataclass(frozen=True)
class Told:
    """Of a record, what its messages say."""

    noun: str
    number: str
    due: str


def tell_waiting() -> int:
    """Tell everything that waits in the outbox, each in a transaction of its own; how many there were."""
    waiting = list(session().scalars(select(Outbox.id).where(Outbox.told_at.is_(None)).order_by(Outbox.id)))
    session().rollback()
    for outbox_id in waiting:
        with transaction() as writing:
            left = writing.get(Outbox, outbox_id, with_for_update=True)
            if left is not None and left.told_at is None:
                _tell(writing, left)
    return len(waiting)


def _tell(writing: Session, left: Outbox) -> None:
    left.told_at = clock.now()
    record = writing.get(NOUNS[left.noun], left.noun_id)
    if record is None:
        return
    if str(Role.CITIZEN) in left.roles:
        _tell_reporter(writing, left, record)
    people = _who(writing, left, record)
    wishes = {one.person_id: one for one in writing.scalars(select(Wish).where(Wish.person_id.in_(people)))}
    hooks = writing.scalars(select(Hook).where(Hook.ended_at.is_(None))).all() if people else []
    for person_id, about in people.items():
        told = _told(about)
        message = Message(
            outbox_id=left.id, person_id=person_id, inspection_id=left.inspection_id, noun=told.noun,
            noun_id=about.id, event=left.event, number=told.number, due=left.due or told.due, at=left.at,
        )  # fmt: skip
        writing.add(message)
        writing.flush()
        writing.add_all(_deliveries(message, wishes.get(person_id) or Wish(person_id=person_id), hooks))


def _tell_reporter(writing: Session, left: Outbox, record: Any) -> None:
    """Where they asked for it: by mail, or by every gateway for mobiles; never in the usual quiet hours."""
    wish = writing.get(NewsWish, report_of(record))
    if wish is None:
        return
    gateways = select(Hook.id).where(Hook.ended_at.is_(None), Hook.only_mobile)
    ways = writing.scalars(gateways).all() if wish.way == NewsWay.MOBILE else [0]
    now = _after_quiet(Wish(), clock.now())
    writing.add_all(News(report_id=wish.report_id, outbox_id=left.id, hook_id=way, next_at=now) for way in ways)


def _told(record: Any) -> Told:
    if isinstance(record, Batch):
        return Told("batch", record.label, "")
    case = record.case if isinstance(record, Rectification) else record
    due = record.feedback_due_on if isinstance(record, Case) else record.due_on
    return Told(record.TABLE.noun, case.number, due.isoformat() if due else "")


def _who(writing: Session, left: Outbox, record: Any) -> dict[int, Any]:
    """Who is told, and of which record: by the same rule by which they may act, an appointment over the record

    (app/domain/people.py). Who may not see a report is told of their case of it.
    """
    reach = Reach(record.inspection_id) if isinstance(record, Batch) else record.reach()
    wanted = {Role(role) for role in left.roles}
    held = select(PersonRole.person_id).where(PersonRole.role.in_([str(role) for role in wanted]))
    query = select(Person).where(Person.active, Person.id.in_(held)).options(joinedload(Person.roles))
    found: dict[int, Any] = {}
    for person in writing.scalars(query.order_by(Person.id)).unique():
        actor = person.actor()
        if person.id == left.person_id or not actor.roles_over(reach) & wanted:
            continue
        seen = record if not isinstance(record, Report) or sees_whole(actor, reach.inspection_id) else _case_of(record)
        if seen is not None:
            found[person.id] = seen
    in_hand = getattr(record, "assigned_to_id", None)
    return {in_hand: found[in_hand]} if in_hand in found else found  # and not all of their colleagues


def _case_of(report: Report) -> Case | None:
    return next((case for case in report.cases if case.is_live and case.handed_over_at is not None), None)


def _deliveries(message: Message, wish: Wish, hooks: Iterable[Hook]) -> list[Delivery]:
    now, found = clock.now(), list[Delivery]()
    if wish.mail and wish.mailing in {Mailing.EACH, Mailing.DAILY}:
        found.append(Delivery(message_id=message.id, way=str(Way.MAIL), next_at=when(wish, now)))
    for hook in hooks:
        if wish.mobile or not hook.only_mobile:
            after = _after_quiet(wish, now) if wish.mobile else now
            found.append(Delivery(message_id=message.id, way=str(Way.HOOK), hook_id=hook.id, next_at=after))
    return found


def when(wish: Wish, now: datetime) -> datetime:
    """When a mail may go: at once, at the day's hour, and never in quiet hours."""
    if wish.mailing != Mailing.DAILY:
        return _after_quiet(wish, now)
    at = clock.at_local(clock.local_date(now), _hour(wish.daily_at, "08:00"))
    return at if at > now else at + MIDNIGHT_TO_MIDNIGHT


def _after_quiet(wish: Wish, now: datetime) -> datetime:
    begins, ends = _hour(wish.quiet_from, "22:00"), _hour(wish.quiet_to, "07:00")
    here = clock.local(now).time()
    quiet = begins <= here < ends if begins <= ends else here >= begins or here < ends
    if not quiet:
        return now
    over = clock.at_local(clock.local_date(now), ends)
    return over if over > now else over + MIDNIGHT_TO_MIDNIGHT


def _hour(kept: str | None, otherwise: str) -> time:
    return time.fromisoformat(kept or otherwise)
