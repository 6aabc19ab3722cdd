"""One's own messages and wishes; and, for whoever minds the ways out: webhooks, wordings, what could not be sent."""

from urllib.parse import urlsplit

from sqlalchemy import select, update

from app.db import transaction
from app.domain.doings import Doing, acting_role, write_down
from app.domain.inspection import Inspection
from app.domain.message import Delivery, Hook, Message, Sending, Wish, Wording
from app.domain.people import Actor
from app.domain.scope import load
from app.domain.workflow.vocabulary import Role
from app.kernel import clock, crypto
from app.kernel.errors import N_, NotFound, Refused
from app.messages.commands import AddHook, TellMe, WordEvent
from app.messages.queries.wording import LANGUAGES, events, look_over, shipped

MINDERS = (Role.ADMINISTRATOR,)
WORDERS = (Role.LEADER, Role.ADMINISTRATOR)


def open_message(actor: Actor, message_id: int) -> Message:
    """Mark one of one's own as read. Raises NotFound for anybody else's."""
    with transaction() as writing:
        mine = writing.scalar(select(Message).where(Message.id == message_id, Message.person_id == actor.person_id))
        if mine is None:
            raise NotFound
        mine.read_at = mine.read_at or clock.now()
    return mine


def read_all(actor: Actor) -> None:
    with transaction() as writing:
        mine = update(Message).where(Message.person_id == actor.person_id, Message.read_at.is_(None))
        writing.execute(mine.values(read_at=clock.now()))


def tell_me(actor: Actor, words: TellMe) -> None:
    """How I want to be told; a preference, so in no ledger."""
    with transaction() as writing:
        wish = writing.get(Wish, actor.person_id) or Wish(person_id=actor.person_id)
        wish.mail, wish.mailing, wish.daily_at, wish.mobile = words.mail, words.mailing, words.daily_at, words.mobile
        wish.quiet_from, wish.quiet_to = words.quiet_from, words.quiet_to
        writing.add(wish)


def add_hook(actor: Actor, words: AddHook) -> int:
    """Raises NotAllowed; Refused for what is no address of the web."""
    role = acting_role(actor, *MINDERS)
    where = urlsplit(words.address)
    if where.scheme not in {"https", "http"} or not where.hostname or where.username:
        told = N_("Please give an address that begins with https:// or http://.")
        raise Refused(told, fields={"address": told})
    with transaction() as writing:
        hook = Hook(
            name=words.name, address=words.address, salt=crypto.random_token(), only_mobile=words.only_mobile,
            added_at=actor.now(),
        )  # fmt: skip
        writing.add(hook)
        writing.flush()
        write_down(writing, actor, role, Doing.ADD_HOOK, "hook", hook.id)
    return hook.id


def end_hook(actor: Actor, hook_id: int) -> None:
    """Nothing more goes there; what waits for it is dropped. Raises NotAllowed or NotFound."""
    role = acting_role(actor, *MINDERS)
    with transaction() as writing:
        hook = writing.get(Hook, hook_id, with_for_update=True)
        if hook is None:
            raise NotFound
        if hook.ended_at is None:
            hook.ended_at = actor.now()
            waiting = update(Delivery).where(Delivery.hook_id == hook_id, Delivery.stage == str(Sending.WAITING))
            writing.execute(waiting.values(stage=str(Sending.DROPPED)))
            write_down(writing, actor, role, Doing.END_HOOK, "hook", hook_id)


def word_event(actor: Actor, words: WordEvent) -> None:
    """Put an inspection's own words in the place of the shipped ones. Raises NotAllowed, NotFound, or Refused."""
    role = acting_role(actor, *WORDERS, inspection_id=words.inspection_id)
    if words.event not in events() or words.language not in LANGUAGES:
        raise NotFound
    same = (words.subject, words.body) in {("", ""), shipped(words.event, words.language)}
    if not same:
        look_over(words.event, words.subject, words.body)
    with transaction() as writing:
        load(writing, actor, Inspection, words.inspection_id)
        key = (words.inspection_id, words.event, words.language)
        own = writing.get(Wording, key)
        if same:
            if own is not None:
                writing.delete(own)
        else:
            own = own or Wording(inspection_id=key[0], event=key[1], language=key[2])
            own.subject, own.body = words.subject, words.body
            writing.add(own)
        facts = {"event": words.event, "language": words.language, "own": not same}
        write_down(
            writing, actor, role, Doing.WORD_MESSAGE, "inspection", words.inspection_id, chain=words.inspection_id,
            facts=facts,
        )  # fmt: skip


def try_again(actor: Actor, delivery_id: int) -> None:
    """Let what was given up be sent once more, from the beginning of its patience."""
    _decide(actor, delivery_id, Sending.WAITING, Doing.RESEND)


def drop(actor: Actor, delivery_id: int) -> None:
    """What was given up is not to be sent any more."""
    _decide(actor, delivery_id, Sending.DROPPED, Doing.DROP_DELIVERY)


def _decide(actor: Actor, delivery_id: int, state: Sending, doing: Doing) -> None:
    role = acting_role(actor, *MINDERS)
    with transaction() as writing:
        failed = writing.get(Delivery, delivery_id, with_for_update=True)
        if failed is None:
            raise NotFound
        if failed.stage == Sending.GIVEN_UP:
            failed.stage, failed.tries, failed.next_at = str(state), 0, clock.now()
            write_down(writing, actor, role, doing, "delivery", delivery_id)
