"""The process is killed between any two statements: the whole step is there or nothing of it.

A message that was left goes out at least once, under one name, and changes the books once.
"""

import sys
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.batches.services import hand_over
from app.casework import services as casework
from app.casework.commands import Step
from app.db import session
from app.domain.ledger import verify
from app.domain.message import Delivery, Message, Outbox, Sending
from app.domain.workflow.vocabulary import RectificationAction as R
from app.kernel import clock
from app.messages import services as messages
from app.messages.commands import AddHook, TellMe
from app.rectification import services as rectification
from app.rectification.commands import SignStep
from tests.casework.office import Office as Casework
from tests.casework.office import an_answer
from tests.killed.conftest import look
from tests.support.mailing import Gateway, opened
from tests.support.reports import Office

pytestmark = pytest.mark.proof
MAIL = TellMe("officer@example.cn", "each", "08:00", "13800138000", "00:00", "00:00")


@pytest.fixture
def told(capsys, killing):
    yield
    with capsys.disabled():
        sys.stdout.write(f" {killing.kills} deaths: {killing.nothing} left nothing, {killing.whole} the whole\n")


def test_hand_over(cast, installation, killing, told):
    office = Office(installation, cast)
    yesterday = clock.now() - timedelta(days=1)
    for _ in range(2):
        office.ready(at=yesterday)
    batch = office.closed()
    killing.whole_or_none(lambda: hand_over(cast["leader"], batch))


def test_reply(cast, installation, killing, told):
    case = Casework(cast, installation).brought_to("investigate")
    killing.whole_or_none(lambda: casework.reply(cast["officer"], an_answer(case)))


def test_signature_of_a_reply(cast, installation, killing, told):
    case = Casework(cast, installation).brought_to("reply")
    killing.whole_or_none(lambda: casework.sign_reply(cast["unit_leader"], Step(case)))


def test_signature_of_a_step(cast, installation, killing, told, climbing):
    words = SignStep(climbing, action=R.SELF_CHECK, words="合格")
    killing.whole_or_none(lambda: rectification.sign_step(cast["unit_leader"], words))


@pytest.fixture
def left_to_be_told(cast, installation):
    """An officer and a coordinator who want mail, and what has happened to three cases."""
    for login in ("officer", "coordinator"):
        messages.tell_me(cast[login], replace(MAIL, mail=f"{login}@example.cn"))
    office = Casework(cast, installation)
    for last in ("assign", "reply", "sign_reply"):
        office.brought_to(last, key=last)


def test_telling(killing, told, left_to_be_told):
    """Each thing that is left becomes one message for each person, however often the teller died before."""
    killing.keep()
    messages.tell_waiting()
    after = look()
    killing.lay()
    for left in killing.each_step(messages.tell_waiting):
        for one in (Message, Delivery):
            assert len(left.rows[one.__tablename__]) <= after.shape[one.__tablename__]
        waiting = sum("None)" in row for row in left.rows[Outbox.__tablename__])
        killing.whole += waiting == 0
        killing.nothing += left.shape[Message.__tablename__] == 0
        messages.tell_waiting()
        assert look().shape == after.shape
    assert verify(session()).sound


def test_outbox_delivery(cast, installation, killing, told, left_to_be_told):
    """Mail and webhook get every message; what comes twice comes under the name it had before; one is noted once."""
    gateway = Gateway()
    messages.add_hook(cast["administrator"], AddHook("短信平台", f"http://127.0.0.1:{gateway.port}/", only_mobile=True))
    with opened() as (office, address):
        settings = replace(installation.settings, smtp=address, mail_from="hotline@example.cn")
        house = replace(installation, settings=settings)
        messages.tell_waiting()
        names, twice = set[str](), 0
        for left in killing.each_step(lambda: messages.send_waiting(house)):
            with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
                messages.send_waiting(house)
            kept = list(session().scalars(select(Delivery).order_by(Delivery.id)))
            assert {one.stage for one in kept} == {Sending.SENT}
            assert {one.claimed_until for one in kept} == {None}
            assert {one.tries for one in kept} == {0}
            hooked = [headers["Idempotency-Key"] for headers, _ in gateway.taken]
            assert set(hooked) == {f"hotline-{one.id}" for one in kept if one.way == "hook"}
            mailed = [mail["Message-ID"] for mail in office.taken]
            names = names or set(mailed)
            assert set(mailed) == names, "the same mails, whoever died on the way"
            assert all(mailed.count(name) + hooked.count(name) <= TWICE for name in {*mailed, *hooked})
            twice += len(mailed) + len(hooked) > len({*mailed, *hooked})
            killing.whole += f"'{Sending.WAITING}'" not in "".join(left.rows["deliveries"])
            killing.nothing += not any(f"'{Sending.SENT}'" in row for row in left.rows["deliveries"])
            gateway.taken.clear()
            office.taken.clear()
    gateway.close()
    assert twice, "somebody died between sending and noting it"


TWICE = 2
