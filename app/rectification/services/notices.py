"""The public notice: opened, objected to by anybody, each objection answered, closed when it is over."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import transaction
from app.domain.case import Case
from app.domain.installation import Installation
from app.domain.papers.facts import day
from app.domain.people import Actor
from app.domain.privacy import find
from app.domain.receiving import one_at_a_time
from app.domain.rectification import PRINTED, Notice, Objection, Rectification
from app.domain.reporter import Reporter, seal_reporter
from app.domain.workflow.vocabulary import Need
from app.domain.workflow.vocabulary import RectificationAction as A
from app.kernel import clock, crypto
from app.kernel.errors import N_, NotFound, Refused
from app.rectification.commands import AnswerObjection, CloseNotice, ObjectTo, OpenNotice
from app.rectification.queries.notice import notice_end, proposed
from app.rectification.services.holding import hold, send_back
from app.rectification.services.signing import NEEDED, Signing, sign

WORDED = ("problem", "target", "measures", "done", "opinion")
"""What of a printed notice is free text of somebody's."""


@dataclass(frozen=True)
class Objected:
    """An objection that was kept, and whether this submit was the first."""

    objection_id: int
    fresh: bool


def open_notice(actor: Actor, words: OpenNotice) -> None:
    """Put the sign-off up for everybody to see, from today for the working days the ladder sets, else the inspection.

    What is printed (domain: PRINTED) is kept as it was put up. Raises Refused while nothing of the case is published,
    and naming each field that is missing.
    """
    with transaction() as session:
        record = hold(session, actor, words.rectification_id, words.version)
        if record.case.published_at is None:
            raise Refused(N_("The result of this case has not been published; a notice prints published texts only."))
        record.perform(A.OPEN_NOTICE, actor, {Need.OPINION: words.opinion}, {"climb": record.climb})
        last, first = notice_end(session, record, actor.now()), clock.local_date(actor.now())
        printed = proposed(session, record) | {code: told for code, told in words.printed.items() if code in PRINTED}
        printed |= {"opinion": words.opinion, "period": f"{day(first)}至{day(last.day)}"}
        _check_printed(printed, words)
        record.due_on, record.due_announced = last.day, last.announced
        record.notices.append(
            Notice(climb=record.climb, starts_on=first, ends_on=last.day, announced=last.announced, printed=printed)
        )


def _check_printed(printed: dict[str, str], words: OpenNotice) -> None:
    """Every field has its words, and none of them may tell who reported (政府信息公开条例 15)."""
    missing = {code: NEEDED for code in PRINTED if words.printed and not printed[code].strip()}
    if missing:
        raise Refused(N_("Something that is printed on the notice is missing."), fields=missing)
    found = [mark.words for code in WORDED for mark in find(printed[code])]
    if found and not words.confirmed:
        told = N_("These words may tell who reported: %(words)s. Change them, or confirm that they do not.")
        raise Refused(told, fields={"confirmed": told % {"words": "、".join(found)}}, words="、".join(found))


def object_to(actor: Actor, house: Installation, words: ObjectTo) -> Objected:
    """Keep an objection; whoever gave a name or a number is sealed. The same form sent twice is one objection.

    Raises NotFound for a notice that is not shown, Refused when it is not running.
    """
    key = crypto.keyed_digest(house.code_key, f"objection {words.submission_key}")
    with transaction() as session:
        one_at_a_time(session, key)
        already = session.scalar(select(Objection).where(Objection.submission_key == key))
        if already is not None:
            return Objected(already.id, fresh=False)
        notice = _public_notice(session, words.notice_id)
        record = notice.rectification
        _refuse_unless_latest(record, notice)
        objection = Objection(notice=notice, made_at=actor.now(), words=words.words, submission_key=key)
        session.add(objection)
        session.flush()
        facts = {"notice": notice.id, "objection": objection.id}
        record.perform(A.OBJECT, actor, {Need.OBJECTION: words.words}, facts)
        reporter = Reporter(name=words.name, phone=words.phone)
        seal_reporter(session, house.vault, record.inspection_id, "objection", objection.id, reporter)
        return Objected(objection.id, fresh=True)


def _public_notice(session: Session, notice_id: int) -> Notice:
    shown = (
        select(Rectification.id)
        .join(Notice, Notice.rectification_id == Rectification.id)
        .join(Case, Case.id == Rectification.case_id)
        .where(Notice.id == notice_id, Case.published_at.is_not(None))
    )
    session.execute(shown.with_for_update(of=Rectification))
    notice = session.get(Notice, notice_id)
    if notice is None or notice.rectification.case.published_at is None:
        raise NotFound
    return notice


def _refuse_unless_latest(record: Rectification, notice: Notice) -> None:
    """The table asks about the present climb's notice: an older one must not stand in for it."""
    if record.notice is not notice:
        raise Refused(N_("This notice is over; objections can no longer be made to it."))


def answer_objection(actor: Actor, words: AnswerObjection) -> None:
    """Uphold an objection, which sends the cycle back, or dismiss it with reasons.

    The others still open are answered together with one that is upheld: their notice is over.
    """
    with transaction() as session:
        record = hold(session, actor, _cycle_of(session, words.objection_id), words.version)
        waiting = record.open_objections()
        chosen = [objection for objection in waiting if objection.id == words.objection_id]
        if not chosen:
            raise Refused(N_("This objection has been answered already."))
        answered = waiting if words.upheld else chosen
        step, action = record.step, A.UPHOLD_OBJECTION if words.upheld else A.DISMISS_OBJECTION
        entry = record.perform(action, actor, {Need.ANSWER: words.answer}, {"objections": [one.id for one in answered]})
        for one in answered:
            one.answered_at, one.answered_by_id = actor.now(), actor.person_id
            one.upheld, one.answer = words.upheld, words.answer
        if words.upheld:
            send_back(record, step, actor, entry, words.answer)


def _cycle_of(session: Session, objection_id: int) -> int:
    """The cycle an objection was made to; whether this actor may see it is asked next."""
    query = select(Notice.rectification_id).join(Objection).where(Objection.id == objection_id)
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def close_notice(actor: Actor, words: CloseNotice) -> None:
    """Sign the notice's step: the days are over and every objection has its answer."""
    with transaction() as session:
        record = hold(session, actor, words.rectification_id, words.version)
        notice = record.notice
        asked = Signing(words.note, words.lines, key=words.pictures_key, seen=words.seen)
        sign(session, record, A.CLOSE_NOTICE, actor, {Need.NOTE: words.note}, asked)
        record.due_on = record.look_back_on  # the notice's clock is over
        if notice is not None:
            notice.closed_at = actor.now()
