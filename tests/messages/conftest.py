"""People who are told, and somebody who takes mail."""

import pytest

from app.db import session
from app.domain.message import Message
from app.messages.services import tell_waiting
from tests.casework.office import Office
from tests.support.mailing import opened


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


@pytest.fixture
def post_office():
    with opened() as (office, address):
        yield office, address
