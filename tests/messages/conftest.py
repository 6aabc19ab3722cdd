"""People who are told, and somebody who takes mail."""

from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from socket import socket
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from app.db import session
from app.domain.message import Message
from app.messages.services import tell_waiting
from tests.casework.office import Office


@pytest.fixture
def office(cast, installation) -> Office:
    return Office(cast, installation)


@pytest.fixture
def told(cast):
    """Let everything be told; what somebody has been told of, in order: (noun, event)."""

    def of(login):
        tell_waiting()
        session().expire_all()
        mine = session().query(Message).filter_by(person_id=cast.people[login]).order_by(Message.id)
        return [(one.noun, one.event) for one in mine]

    return of


class PostOffice:
    """Takes mail, or refuses it with an answer."""

    def __init__(self) -> None:
        self.taken, self.answer = list[Any](), ""

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  (the library calls it so)
        if self.answer:
            return self.answer
        self.taken.append(message_from_bytes(envelope.content, policy=default))
        return "250 taken"


@pytest.fixture
def post_office() -> Iterator[tuple[PostOffice, str]]:
    office = PostOffice()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(office, hostname="127.0.0.1", port=port)
    server.start()
    yield office, f"smtp://127.0.0.1:{port}"
    server.stop()
