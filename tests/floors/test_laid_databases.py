"""Whatever a test has done to its database, the next one finds the same as all others."""

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from app.db import db, transaction
from app.domain import ledger
from app.domain.nouns import METADATA
from app.domain.people import Person, Unit, UnitKind
from app.domain.region import Region
from app.domain.workflow.vocabulary import Role
from app.kernel import clock


def content():
    with db.engine.connect() as connection:
        tables = METADATA.sorted_tables
        return {one.name: sorted(str(tuple(row)) for row in connection.execute(select(one))) for one in tables}


def let_go():
    db.session.remove()
    db.engine.dispose()


def rows(session):
    """New rows, changed ones, deleted ones; the number that a new one got."""
    session.execute(update(Person).values(name="somebody else"))
    session.execute(delete(Region).where(Region.code.like("4302%")).where(Region.code.not_in(select(Unit.region_code))))
    ledger.append(session, ledger.Happening(0, None, Role.CLOCK, clock.now(), "person", 1, "sign_in"))
    unit = Unit(code="new", name="新单位", kind=str(UnitKind.STREET))
    session.add(unit)
    session.flush()
    return unit.id


def unguard(session):
    postgres = db.engine.dialect.name == "postgresql"
    name = "ledger_entries_unchangeable ON ledger_entries" if postgres else "ledger_entries_no_update"
    session.execute(text(f"DROP TRIGGER {name}"))
    session.execute(text("CREATE TABLE left_behind (id integer)"))


def nothing(session):
    return None


@pytest.mark.parametrize("done", [(rows,), (nothing,), (rows, unguard), (unguard, rows), (rows, rows)])
def test_a_laid_database_is_as_it_was_kept(app, laid, done):
    before, numbers = content(), []
    for one in done:
        with transaction() as session:
            numbers.append(one(session))
        let_go()
        laid.lay_anew("cast")
        assert content() == before
        let_go()
    with transaction() as session:
        again = rows(session)
    assert {number for number in numbers if number} <= {again}
    with pytest.raises(DBAPIError, match="cannot be changed"), transaction() as session:
        session.execute(text("UPDATE ledger_entries SET role = 'leader'"))
    with pytest.raises(DBAPIError), transaction() as session:
        session.execute(text("SELECT * FROM left_behind"))
