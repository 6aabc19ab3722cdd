"""Asking, allowing, refusing, opening. Nobody decides on what they asked for; nobody opens what they allowed."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import transaction
from app.domain.doings import Doing, acting_role, write_down
from app.domain.installation import Installation
from app.domain.opening import open_identity, opener
from app.domain.people import Actor, Person
from app.domain.report import Report
from app.domain.reporter import Identity, Opening, Reporter
from app.domain.ringing import RingUp, facts_of, lend
from app.domain.scope import scoped
from app.domain.workflow.vocabulary import Need
from app.domain.workflow.vocabulary import Role as R
from app.kernel.crypto import Opener
from app.kernel.errors import N_, NotAllowed, NotFound, Refused, Stale
from app.vault.commands import AskOpening, OpenIdentity, RefuseOpening
from app.vault.queries import ALLOWED, WAITING, OpeningStage, stage_of, visible


@dataclass(frozen=True)
class Opened:
    """What the custodian reads, once; never printed. `lent_to`: the clerk who got the number; then nothing is read."""

    number: str
    reporter: Reporter = field(repr=False)
    lent_to: str = ""


def ask_opening(actor: Actor, words: AskOpening) -> int:
    """Ask for the identity behind a report. Raises Refused when there is no such report, nothing to open,

    or the same request is already under way; NotAllowed for everybody but inspectors.
    """
    with transaction() as session:
        role = acting_role(actor, R.INSPECTOR, inspection_id=words.inspection_id)
        identity = _identity_behind(session, actor, words)
        opening = Opening(
            identity_id=identity.id, asked_by_id=_own_id(actor), asked_at=actor.now(), reason=words.reason
        )
        session.add(opening)
        session.flush()
        _note(session, actor, role, Doing.ASK_OPENING, opening, identity, words.reason)
        return opening.id


def allow_opening(actor: Actor, opening_id: int) -> None:
    """Let the custodian open. Raises NotFound, NotAllowed, Stale when it was decided already."""
    with transaction() as session:
        opening, identity, role = _to_decide(session, actor, opening_id)
        opening.allowed_by_id, opening.allowed_at = actor.person_id, actor.now()
        _note(session, actor, role, Doing.ALLOW_OPENING, opening, identity)


def refuse_opening(actor: Actor, words: RefuseOpening) -> None:
    """Refuse, with a reason that is ledgered. Raises as allow_opening does."""
    with transaction() as session:
        opening, identity, role = _to_decide(session, actor, words.opening_id)
        opening.refused_by_id, opening.refused_at = actor.person_id, actor.now()
        if opening.ring_up_id is not None:
            session.get_one(RingUp, opening.ring_up_id).end(actor.now())
        _note(session, actor, role, Doing.REFUSE_OPENING, opening, identity, words.reason)


def open_once(house: Installation, actor: Actor, words: OpenIdentity) -> Opened:
    """Open what a leader allowed, once. The ledger entry is committed before anything is decrypted (docs: trust).

    A number that is to be rung is lent to the clerk who asked, and shown to nobody else. Raises Refused for a wrong
    passphrase (which is ledgered too), NotFound, NotAllowed, Stale.
    """
    key = _unlocked(house, actor, words)
    with transaction() as session:
        opening, identity, role = _to_open(session, actor, words.opening_id)
        opening.opened_by_id, opening.opened_at = actor.person_id, actor.now()
        doing = Doing.OPEN_IDENTITY if opening.ring_up_id is None else Doing.LEND_NUMBER
        _note(session, actor, role, doing, opening, identity, words.reason)
        number = session.scalar(select(Report.number).where(Report.id == identity.noun_id)) or ""
    found = open_identity(key, identity)
    if opening.ring_up_id is None:
        return Opened(number, found)
    return Opened(number, Reporter(), _lent(house, actor, opening.ring_up_id, found.phone))


def _lent(house: Installation, actor: Actor, ring_up_id: int, phone: str) -> str:
    """Lend the number; gives the clerk's name. Raises Stale when the question was answered meanwhile."""
    with transaction() as session:
        ring_up = session.get_one(RingUp, ring_up_id, with_for_update={"of": RingUp})
        ring_up.expect_open()
        lend(house, ring_up, phone, actor.now())
        return session.get_one(Person, ring_up.clerk_id).name


def _unlocked(house: Installation, actor: Actor, words: OpenIdentity) -> Opener:
    """The private key. Whoever may not open is turned away before any passphrase is tried."""
    with transaction() as session:
        _to_open(session, actor, words.opening_id)
    try:
        return opener(house.locked_key(), words.passphrase)
    except Refused:
        with transaction() as session:
            opening, identity, role = _to_open(session, actor, words.opening_id)
            _note(session, actor, role, Doing.OPENING_FAILED, opening, identity)
        raise


def _identity_behind(session: Session, actor: Actor, words: AskOpening) -> Identity:
    report = session.scalar(
        scoped(actor, Report).where(Report.inspection_id == words.inspection_id, Report.number == words.number)
    )
    if report is None:
        raise _refused("number", N_("There is no report of this number in this inspection."))
    query = select(Identity).where(Identity.noun == "report", Identity.noun_id == report.id).with_for_update()
    identity = session.scalar(query)
    if identity is None or not (identity.has_name or identity.has_phone or not identity.anonymous):
        raise _refused("number", N_("The reporter left neither name nor telephone number: there is nothing to open."))
    under_way = Opening.identity_id == identity.id, WAITING | ALLOWED, Opening.ring_up_id.is_(None)
    if session.scalar(select(Opening.id).where(*under_way).limit(1)):
        raise _refused("number", N_("This has been asked for already."))
    return identity


def _locked_row(session: Session, actor: Actor, opening_id: int) -> tuple[Opening, Identity]:
    query = visible(actor).where(Opening.id == opening_id).with_for_update()
    opening = session.scalar(query.execution_options(populate_existing=True))
    if opening is None:
        raise NotFound
    return opening, session.get_one(Identity, opening.identity_id)


def _to_decide(session: Session, actor: Actor, opening_id: int) -> tuple[Opening, Identity, R]:
    opening, identity = _locked_row(session, actor, opening_id)
    role = acting_role(actor, R.LEADER, inspection_id=identity.inspection_id)
    if opening.asked_by_id == actor.person_id:
        raise NotAllowed(N_("Nobody decides on what they asked for themselves."))
    if stage_of(opening) != OpeningStage.ASKED:
        raise Stale(N_("This has been decided already."))
    return opening, identity, role


def _to_open(session: Session, actor: Actor, opening_id: int) -> tuple[Opening, Identity, R]:
    opening, identity = _locked_row(session, actor, opening_id)
    role = acting_role(actor, R.CUSTODIAN, inspection_id=identity.inspection_id)
    if actor.person_id in {opening.asked_by_id, opening.allowed_by_id}:
        raise NotAllowed(N_("Nobody opens what they asked for or allowed themselves."))
    if stage_of(opening) == OpeningStage.OPENED:
        raise Stale(N_("This has been opened already. To see it again, it must be asked for again."))
    if opening.ring_up_id is not None:
        session.get_one(RingUp, opening.ring_up_id).expect_open()
    if stage_of(opening) != OpeningStage.ALLOWED:
        raise NotAllowed(N_("A leader has not allowed this."))
    return opening, identity, role


def _note(
    session: Session, actor: Actor, role: R, doing: Doing, opening: Opening, identity: Identity, reason: str = ""
) -> None:
    write_down(
        session, actor, role, doing, "identity", identity.id,
        chain=identity.inspection_id, said={Need.REASON: reason}, facts=facts_of(opening),
    )  # fmt: skip


def _own_id(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotAllowed(N_("Your role may not do this."))
    return actor.person_id


def _refused(name: str, sentence: str) -> Refused:
    return Refused(sentence, fields={name: sentence})
