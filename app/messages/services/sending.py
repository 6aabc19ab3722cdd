"""Sending: a delivery is claimed, sent, and noted, each committed before the next; whoever dies in between is followed.

A round claims several at once, and each anew when its turn comes: twenty silent servers take longer than a claim lasts,
and what another worker has taken up meanwhile is theirs. Where the other side of one did not answer, what else is for
it is put off unsent. So every message goes out at least once. It carries one name however often it is sent (Message-ID,
Idempotency-Key), by which whoever receives it knows that they had it before. What fails is tried again later and later,
then given up and listed for a person.
"""

import hashlib
import hmac
import json
import smtplib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from itertools import groupby
from typing import Any, TypeVar
from urllib.error import URLError
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import structlog
from sqlalchemy import or_, select

from app.db import session, transaction
from app.domain.installation import Installation
from app.domain.message import Delivery, Hook, Message, Outgoing, Sending, Way, Wish
from app.domain.people import Person
from app.kernel import clock, crypto
from app.messages.queries.wording import Words, words_of

AT_A_TIME, ROUNDS = 20, 50
CLAIM = timedelta(minutes=5)
PATIENCE = 20
"""Seconds for the other side to answer."""
AGAIN = tuple(timedelta(minutes=wait) for wait in (1, 5, 15, 60, 240, 720))
"""After each failure; after the last of them a delivery is given up."""
PUT_OFF = AGAIN[0]
"""What is for a server that was silent a moment ago; it counts as no try."""
LONGEST_PROBLEM = 200
SIGNATURE, NAME, MOMENT = "Hotline-Signature", "Idempotency-Key", "Hotline-Timestamp"
log = structlog.get_logger()
Going = TypeVar("Going", bound=Outgoing)


@dataclass(frozen=True)
class Parcel:
    """One delivery with all that is needed to send it, read before the line is open."""

    delivery_id: int
    way: Way
    hook_id: int
    name: str
    message: Message
    words: Words
    person: Person
    mail: str
    mobile: str


class NotSent(Exception):
    """Why the other side did not take it. `silent`: nobody answered at all."""

    def __init__(self, problem: str, *, silent: bool = False) -> None:
        super().__init__(problem)
        self.silent = silent


def send_waiting(house: Installation) -> int:
    """Send whatever may go now; how many were sent."""
    sent = 0
    for _ in range(ROUNDS):
        claimed = claim(Delivery)
        if not claimed:
            break
        sent += _send(house, claimed)
    return sent


Claims = Mapping[int, datetime]
"""Which deliveries a worker has in hand, and until when each was claimed: its claim is known again by that moment."""


def claim(noun: type[Going]) -> Claims:
    """Take up the next ones of a kind that may go now."""
    now = clock.now()
    with transaction() as writing:
        free = or_(noun.claimed_until.is_(None), noun.claimed_until < now)
        query = select(noun).where(noun.stage == str(Sending.WAITING), noun.next_at <= now, free)
        found = writing.scalars(
            query.order_by(noun.next_at, noun.id).limit(AT_A_TIME).with_for_update(skip_locked=True)
        ).all()
        for one in found:
            one.claimed_until = now + CLAIM
        return {one.id: now + CLAIM for one in found}


def _send(house: Installation, claims: Claims) -> int:
    parcels = _parcels(list(claims))
    session().rollback()
    sent, silent = 0, set[int]()
    mails = sorted((one for one in parcels if one.way is Way.MAIL), key=lambda one: one.person.id)
    groups = [list(group) for _, group in groupby(mails, key=lambda one: one.person.id)]
    for group in [*groups, *([one] for one in parcels if one.way is Way.HOOK)]:
        mine = claimed_anew(Delivery, [one.delivery_id for one in group], claims)
        if mine and group[0].hook_id in silent:
            note(Delivery, mine, put_off)
        elif mine:
            sent += _try(house, [one for one in group if one.delivery_id in mine], silent)
    return sent


def claimed_anew(noun: type[Going], ids: Sequence[int], claims: Claims) -> list[int]:
    """Those that are still this worker's, claimed for as long again. The others another worker has taken up."""
    now, mine = clock.now(), []
    with transaction() as writing:
        for one in writing.scalars(select(noun).where(noun.id.in_(ids)).with_for_update()):
            if one.stage == Sending.WAITING and one.claimed_until == claims[one.id]:
                one.claimed_until = now + CLAIM
                mine.append(one.id)
    return mine


def _parcels(ids: Sequence[int]) -> list[Parcel]:
    query = (
        select(Delivery, Message, Person, Wish)
        .join(Message, Message.id == Delivery.message_id)
        .join(Person, Person.id == Message.person_id)
        .outerjoin(Wish, Wish.person_id == Person.id)
        .where(Delivery.id.in_(ids))
        .order_by(Delivery.id)
    )
    return [_parcel(*row) for row in session().execute(query)]


def _parcel(delivery: Delivery, message: Message, person: Person, wish: Wish | None) -> Parcel:
    return Parcel(
        delivery_id=delivery.id,
        way=Way(delivery.way),
        hook_id=delivery.hook_id,
        name=f"hotline-{delivery.id}",
        message=message,
        words=words_of(session(), message, person.locale or "zh"),
        person=person,
        mail=wish.mail if wish else "",
        mobile=wish.mobile if wish else "",
    )


def _try(house: Installation, parcels: list[Parcel], silent: set[int]) -> int:
    mail, first = parcels[0].way is Way.MAIL, parcels[0]
    ids = [one.delivery_id for one in parcels]
    return attempt(Delivery, ids, lambda: _mail(house, parcels) if mail else _post(house, first), first.hook_id, silent)


def attempt(noun: type[Going], ids: Sequence[int], send: Callable[[], None], to: int, silent: set[int]) -> int:
    """Send, then note the outcome of each; how many went. A failure of one does not hold up the next."""
    try:
        send()
    except Exception as failed:  # noqa: BLE001  (what one message cannot survive holds up none that come after it)
        problem = str(failed) if isinstance(failed, NotSent) else type(failed).__name__
        if isinstance(failed, NotSent) and failed.silent:
            silent.add(to)
        note(noun, ids, lambda one: later(one, problem))
        return 0
    note(noun, ids, done)
    return len(ids)


def note(noun: type[Going], ids: Sequence[int], change: Callable[[Outgoing], None]) -> None:
    with transaction() as writing:
        for one in writing.scalars(select(noun).where(noun.id.in_(ids)).with_for_update()):
            one.claimed_until = None
            change(one)


def done(one: Outgoing) -> None:
    one.stage, one.sent_at, one.problem = str(Sending.SENT), clock.now(), ""


def later(one: Outgoing, problem: str) -> None:
    one.problem = problem[:LONGEST_PROBLEM]
    if one.tries < len(AGAIN):
        one.next_at = clock.now() + AGAIN[one.tries]
    else:
        one.stage = str(Sending.GIVEN_UP)
    one.tries += 1
    log.warning("not sent", delivery=one.id, tries=one.tries)


def put_off(one: Outgoing) -> None:
    one.next_at = clock.now() + PUT_OFF


def _mail(house: Installation, parcels: list[Parcel]) -> None:
    """One mail for all that waits for one person at this moment. Raises NotSent."""
    first = parcels[0]
    subject = first.words.subject if len(parcels) == 1 else first.words.several(len(parcels))
    hand_in(house, Letter(first.name, first.mail, subject, "\n\n".join(_told(house, one) for one in parcels)))


@dataclass(frozen=True)
class Letter:
    name: str
    to: str
    subject: str
    body: str


def hand_in(house: Installation, letter: Letter) -> None:
    """Hand a mail in at the post office. Raises NotSent."""
    settings = house.settings
    if not settings.smtp:
        raise NotSent("no mail server is set (HOTLINE_SMTP)")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = settings.mail_from, letter.to, letter.subject
    mail["Date"] = format_datetime(clock.local(clock.now()))
    mail["Message-ID"] = f"<{letter.name}@{_domain(settings.mail_from)}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.body)
    try:
        with _post_office(settings.smtp) as office:
            office.send_message(mail)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(_said(error), silent=_is_silence(error)) from error


def _told(house: Installation, parcel: Parcel) -> str:
    here = house.settings.address.rstrip("/")
    way = f"\n{here}/staff/messages/{parcel.message.id}" if here else ""
    return f"{parcel.words.subject}\n{parcel.words.body}{way}"


@contextmanager
def _post_office(address: str) -> Iterator[smtplib.SMTP]:
    """smtp://name:word@host:587 (STARTTLS where it is offered) or smtps://…:465."""
    where = urlsplit(address)
    secure = where.scheme == "smtps"
    kind = smtplib.SMTP_SSL if secure else smtplib.SMTP
    with kind(where.hostname or "localhost", where.port or (465 if secure else 25), timeout=PATIENCE) as office:
        office.ehlo()
        if not secure and office.has_extn("starttls"):
            office.starttls()
            office.ehlo()
        if where.username:
            office.login(unquote(where.username), unquote(where.password or ""))
        yield office


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def _post(house: Installation, parcel: Parcel) -> None:
    call(house, parcel.hook_id, parcel.name, _content(parcel))


def call(house: Installation, hook_id: int, name: str, told: Mapping[str, Any]) -> None:
    """One message to a webhook, signed. Raises NotSent; a hook that was ended meanwhile gets nothing more."""
    hook = session().get(Hook, hook_id)
    session().rollback()
    if hook is None or hook.ended_at is not None:
        return
    content = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    moment = str(int(clock.now().timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        NAME: name,
        MOMENT: moment,
        SIGNATURE: signature(secret_of(house, hook), moment, content),
    }
    request = Request(hook.address, data=content, headers=headers, method="POST")  # noqa: S310  (checked when it was added)
    try:
        with build_opener(_Straight).open(request, timeout=PATIENCE) as answer:
            answer.read(1)
    except (OSError, URLError, ValueError) as error:
        raise NotSent(_said(error), silent=_is_silence(error)) from error
    except Exception as error:  # what is no HTTP at all
        raise NotSent(type(error).__name__) from error


class _Straight(HTTPRedirectHandler):
    """What is signed for one address is not carried to another."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


def _content(parcel: Parcel) -> dict[str, Any]:
    message = parcel.message
    return {
        "id": parcel.name,
        "event": f"{message.noun}.{message.event}",
        "number": message.number,
        "due": message.due,
        "at": clock.local(message.at).isoformat(timespec="seconds"),
        "to": {"login": parcel.person.login, "mobile": parcel.mobile},
        "subject": parcel.words.subject,
        "body": parcel.words.body,
    }


def secret_of(house: Installation, hook: Hook) -> str:
    """What both sides sign with; kept nowhere, derived from the installation's own secret."""
    return crypto.derive(house.settings.secret_key, f"webhook {hook.salt}").hex()


def signature(secret: str, moment: str, content: bytes) -> str:
    """HMAC-SHA256, in hexadecimal digits, of the moment, a full stop and the body as it is sent."""
    return hmac.new(secret.encode(), moment.encode() + b"." + content, hashlib.sha256).hexdigest()


def _is_silence(error: BaseException) -> bool:
    """Whether nobody answered in time; urllib and smtplib wrap what the socket said."""
    said = (error, error.__context__, getattr(error, "reason", None))
    return any(isinstance(one, TimeoutError) for one in said)


def _said(error: BaseException) -> str:
    code = getattr(error, "code", None) or getattr(error, "smtp_code", None)
    return f"{type(error).__name__} {code}" if code else f"{type(error).__name__}: {error}"
