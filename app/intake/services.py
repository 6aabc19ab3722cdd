"""Keeping what a citizen states: the report, the files that came with it, and the receipt for both."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import transaction
from app.domain.attachment import attach_waiting, attachments_of
from app.domain.case import Case
from app.domain.evidence.resting import NotTaken, Rested, record, rest_all, throw_away
from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.receiving import Received, Statement, receive
from app.domain.report import Channel
from app.domain.reporter import Reporter
from app.intake.commands import StateReport
from app.kernel import clock
from app.kernel.errors import N_, NotFound, Refused


class Closed(Refused):
    """The team is not there at present: nobody would read the report in time."""


@dataclass(frozen=True)
class Receipt:
    """What a citizen is told when the report is kept. `fresh` is False when this form had been taken before."""

    inspection_id: int
    number: str
    query_code: str
    received_at: datetime
    files: int
    not_taken: tuple[NotTaken, ...]
    fresh: bool
    wants_answer: bool
    reachable: bool


def state_report(house: Installation, actor: Actor, words: StateReport) -> Receipt:
    """Keep a citizen's report. What is returned is committed, and every file of it fsynced (docs: trust, Durability).

    The same key again gives the same report and receipt. A file that cannot be taken is named in the receipt and
    never sinks the report. Anonymous: neither name nor telephone is kept (环境保护法 57). No network address is.
    Raises Refused when nothing was said, Closed outside the team's stay, NotFound for an unknown inspection.
    """
    rested = rest_all(house, words.key, words.files)
    try:
        with transaction() as session:
            inspection = session.get(Inspection, words.inspection_id)
            if inspection is None:
                raise NotFound
            kept = receive(session, house, inspection, actor, _statement(session, words), _reporter(words), words.key)
            if kept.fresh:
                if not inspection.is_open(clock.local_date(actor.now())):
                    raise Closed(N_("The team is not taking reports at present."))
                record(session, rested, words.key, actor.now())
                files = attach_waiting(session, words.key, "report", kept.report.id)
            else:
                files = attachments_of(session, "report", kept.report.id)
    finally:
        throw_away(house, rested)
    return _receipt(words, kept, rested, len(files))


def _statement(session: Session, words: StateReport) -> Statement:
    return Statement(
        channel=Channel.WEB,
        description=words.description,
        area_code=words.area_code,
        town_code=words.town_code,
        address=words.address,
        place=words.place,
        point=words.point,
        polluter=words.polluter,
        since=words.since,
        frequency=words.frequency,
        still=words.still,
        earlier=words.earlier,
        answers=words.answers,
        said_same_as=_published(session, words),
        types=words.types,
        wants_answer=words.wants_answer,
    )


def _published(session: Session, words: StateReport) -> str:
    """The number said to be the same, if a case of this inspection is public under it: no other is spoken of."""
    named = Case.number == words.same_as, Case.inspection_id == words.inspection_id, Case.published_at.is_not(None)
    return session.scalar(select(Case.number).where(*named).limit(1)) or "" if words.same_as else ""


def _reporter(words: StateReport) -> Reporter:
    if words.anonymous:
        return Reporter(anonymous=True)
    return Reporter(name=words.name, phone=words.phone, address=words.home)


def _receipt(words: StateReport, kept: Received, rested: Rested, files: int) -> Receipt:
    return Receipt(
        inspection_id=kept.report.inspection_id,
        number=kept.report.number,
        query_code=kept.query_code,
        received_at=kept.report.received_at,
        files=files,
        not_taken=rested.not_taken,
        fresh=kept.fresh,
        wants_answer=kept.report.wants_answer,
        reachable=bool(words.phone) and not words.anonymous,
    )
