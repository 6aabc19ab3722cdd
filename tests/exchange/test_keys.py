"""Keys of systems: shown once, kept as a keyed hash, ledgered."""

from sqlalchemy import select

from app.db import session
from app.domain.doings import Doing
from app.domain.ledger import LedgerEntry
from app.domain.people import SYSTEM
from app.domain.systems import ApiKey
from app.exchange.commands import NewKey
from app.exchange.services import add_key, revoke_key


def test_a_key_is_kept_nowhere(app, cast, installation):
    key = add_key(installation, SYSTEM, NewKey("FixMyStreet"))
    kept = session().scalars(select(ApiKey)).one()
    assert key not in repr(vars(kept))
    assert kept.digest != key


def test_giving_and_ending_a_key_are_ledgered(app, cast, installation):
    add_key(installation, SYSTEM, NewKey("FixMyStreet"))
    revoke_key(SYSTEM, 1)
    actions = session().scalars(select(LedgerEntry.action).where(LedgerEntry.noun == "api_key")).all()
    assert actions == [Doing.ADD_KEY, Doing.REVOKE_KEY]
