"""Taking a report that another system sends; giving systems their keys."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import transaction
from app.domain.attachment import attach_waiting
from app.domain.doings import Doing, acting_role, write_down
from app.domain.evidence.resting import NotTaken, Rested, record, rest_all, throw_away
from app.domain.geography import area_at
from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.receiving import Received, Statement, one_at_a_time, receive, submission_digest
from app.domain.region import Region
from app.domain.report import Channel, Report
from app.domain.reporter import Reporter
from app.domain.systems import ApiKey, key_digest, system_of
from app.domain.workflow.vocabulary import Role
from app.exchange import queries
from app.exchange.commands import NewKey, ServiceRequest
from app.kernel import clock, crypto
from app.kernel.errors import N_, NotFound, Refused

SAME_FOR = timedelta(minutes=10)
"""How long the same words from the same place are a repeated request, and no second report."""
COUNTY = 6


@dataclass(frozen=True)
class Taken:
    """A report that was kept. `query_code` is empty where it must not be told (again); a `test` kept nothing."""

    number: str
    query_code: str = field(repr=False)
    fresh: bool = True
    test: bool = False
    not_taken: tuple[NotTaken, ...] = ()


def take(house: Installation, actor: Actor, words: ServiceRequest, *, repeatable: bool = False) -> Taken:
    """Keep a report. What is returned is committed. The same request again within minutes is the same report.

    `repeatable`: the sender can prove that a repeated request is its own (a key of its own, or one for this attempt):
    only then the query code is told again. Raises NotFound, NotAllowed for a wrong key, Refused outside the stay.
    """
    waiting = crypto.random_token()
    rested = rest_all(house, waiting, words.files)
    try:
        kept, known = _kept(house, actor, words, rested, waiting)
    finally:
        throw_away(house, rested)
    if kept is None:
        return Taken("TEST", "", test=True, not_taken=rested.not_taken)
    told = kept.fresh or repeatable or known
    return Taken(kept.report.number, kept.query_code if told else "", kept.fresh, not_taken=rested.not_taken)


def _kept(
    house: Installation, actor: Actor, words: ServiceRequest, rested: Rested, waiting: str
) -> tuple[Received | None, bool]:
    """The report (None: of a test), and whether a known system sent it."""
    with transaction() as session:
        inspection = queries.jurisdiction(words.jurisdiction)
        queries.service(inspection, words.service)
        system = system_of(session, house, words.api_key, inspection.id)
        if not inspection.is_open(clock.local_date(actor.now())):
            raise Refused(
                N_(
                    "The team is not taking reports at present. "
                    "12345 and 12369 take environmental complaints at any time."
                )
            )
        statement = _statement(session, inspection, words)
        if system is not None and system.test:
            return None, True
        sender = f"georeport {system.id if system else 'anybody'} {words.attempt}"
        kept = _received(session, house, inspection, actor, statement, _reporter(words), sender)
        if kept.fresh:
            record(session, rested, waiting, actor.now())
            attach_waiting(session, waiting, "report", kept.report.id)
        return kept, system is not None


def add_key(house: Installation, actor: Actor, words: NewKey) -> str:
    """A key for a system; it is shown once and kept nowhere. Raises Refused without a name, NotFound."""
    if not words.name.strip():
        raise Refused(N_("Which system is it for?"))
    key = crypto.random_token()
    with transaction() as session:
        role = acting_role(actor, Role.ADMINISTRATOR, Role.HISTORIAN)
        inspection = queries.jurisdiction(words.inspection) if words.inspection else None
        made = ApiKey(
            name=words.name.strip(),
            digest=key_digest(house, key),
            inspection_id=inspection.id if inspection else None,
            test=words.test,
            created_at=actor.now(),
        )
        session.add(made)
        session.flush()
        write_down(session, actor, role, Doing.ADD_KEY, "api_key", made.id)
    return key


def revoke_key(actor: Actor, key_id: int) -> None:
    """End a key at once. Raises NotFound; one that has ended already stays as it is."""
    with transaction() as session:
        role = acting_role(actor, Role.ADMINISTRATOR, Role.HISTORIAN)
        found = session.get(ApiKey, key_id)
        if found is None:
            raise NotFound(N_("There is no key of this number."))
        if found.revoked_at is None:
            found.revoked_at = actor.now()
            write_down(session, actor, role, Doing.REVOKE_KEY, "api_key", found.id)


def _received(
    session: Session,
    house: Installation,
    inspection: Inspection,
    actor: Actor,
    statement: Statement,
    reporter: Reporter,
    sender: str,
) -> Received:
    """By the key of this stretch of time, or of the one before when the same request came in it."""
    one_at_a_time(session, sender)
    stretch = int(actor.now().timestamp() // SAME_FOR.total_seconds())
    before = f"{sender} {stretch - 1}"
    earlier = session.scalar(
        select(Report.received_at).where(Report.submission_key == submission_digest(house, before))
    )
    again = earlier is not None and _recent(earlier, actor.now())
    key = before if again else f"{sender} {stretch}"
    return receive(session, house, inspection, actor, statement, reporter, key)


def _recent(earlier: datetime, now: datetime) -> bool:
    return now - earlier < SAME_FOR


def _statement(session: Session, inspection: Inspection, words: ServiceRequest) -> Statement:
    asked = {one.code for one in queries.questions_of(inspection, words.service)}
    area = _area(session, words)
    return Statement(
        channel=Channel.WEB,
        description=words.description,
        area_code=area[:COUNTY] if area else None,
        town_code=area if area and len(area) > COUNTY else None,
        place=words.place,
        point=words.point,
        answers={code: told for code, told in words.answers.items() if code in asked},
        types=(words.service,),
        wants_answer=bool(words.phone or words.email),
    )


def _area(session: Session, words: ServiceRequest) -> str | None:
    """An address_id is the code of a county or town, raising NotFound; else the county the point lies in."""
    if words.address_id and session.get(Region, words.address_id) is None:
        raise NotFound(N_("There is no such address_id."))
    found = words.address_id or (area_at(*words.point) if words.point else None)
    return found if found and session.get(Region, found) else None


def _reporter(words: ServiceRequest) -> Reporter:
    """Sealed to the vault. Who says nothing of themselves stays anonymous."""
    found = Reporter(name=words.name, phone=words.phone, address=words.email)
    return Reporter(anonymous=True) if found.is_blank else found
