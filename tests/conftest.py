"""What every test stands on: a fresh database with the cast in it, the application, a browser that audits pages."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from app.db import db, transaction
from app.domain.changes import changes
from app.domain.installation import Installation, make_vault_keys
from app.factory import build
from app.settings import Settings
from app.storage import make_folder
from tests.support import cast as casting
from tests.support import chromium as browsers
from tests.support import databases
from tests.support.keeping import Keeper
from tests.support.parameters import World
from tests.support.world import furnish

SECRET = "a secret that only the tests know, long enough"
PASSPHRASE = "the custodian's own"


DATABASES = {"laid", "own_database"}
"""Fixtures through which a test comes by a database of the kind that the run is about."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What drives a browser is long and comes first, so that no worker is left with it at the end.

    On PostgreSQL a test is run where it asks for a database: any other came out the same on SQLite.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)
    if databases.KIND == "postgres":
        same = [item for item in items if not DATABASES & set(getattr(item, "fixturenames", DATABASES))]
        config.hook.pytest_deselected(items=same)
        items[:] = [item for item in items if item not in set(same)]


@pytest.fixture(scope="session")
def own_database() -> databases.Making:
    """What makes a test an empty database of its own, in a folder."""
    return databases.databases


@pytest.fixture(scope="session")
def laid(own_database, tmp_path_factory) -> Iterator[databases.SqliteFiles | databases.PostgresDatabases]:
    """The run's database, before anything is in it."""
    with own_database(tmp_path_factory.mktemp("database")) as found:
        databases.make_tables(found.url)
        yield found


@pytest.fixture(scope="session")
def settings(laid, tmp_path_factory) -> Settings:
    instance = tmp_path_factory.mktemp("instance")
    made = Settings(instance=instance, database_url=laid.url, secret_key=SECRET, production=False)
    make_folder(made.files)
    make_vault_keys(made, PASSPHRASE)
    return made


@pytest.fixture(scope="session")
def house(laid, settings) -> tuple[Flask, casting.Cast]:
    """The application and the cast, made once; each test gets the database as it was then."""
    app = build(settings)
    app.testing = True
    with app.app_context():
        with transaction() as session:
            cast = casting.assemble(session)
        db.session.remove()
        db.engine.dispose()
    laid.keep("cast")
    return app, cast


@pytest.fixture
def app(house, laid, settings) -> Iterator[Flask]:
    """The application over a fresh database and an empty folder of files, inside an application context."""
    app, _ = house
    with app.app_context():
        db.engine.dispose()
        laid.lay_anew("cast")
        changes.note()  # whatever was drawn before was drawn from another database
        shutil.rmtree(settings.files)
        make_folder(settings.files)
        yield app
        db.session.remove()
        held = db.engine.pool.checkedout()  # type: ignore[attr-defined]  # of the pools that are used here
        db.engine.dispose()
        assert not held, "a connection is still held: the next test's database would be laid under it"


@pytest.fixture
def cast(house, app) -> casting.Cast:
    return house[1]


@pytest.fixture(scope="session")
def keeper(house, laid, settings, tmp_path_factory) -> Keeper:
    return Keeper(laid, settings.files, tmp_path_factory.mktemp("kept"))


@pytest.fixture
def world(app, cast, keeper) -> World:
    """Our inspection furnished, and somebody else's."""
    return keeper.furnished(
        "world",
        lambda: World(cast, furnish(app, cast, cast.ours, "clerk"), furnish(app, cast, cast.theirs, "foreign_clerk")),
    )


@pytest.fixture
def installation(app) -> Installation:
    found: Installation = app.extensions["installation"]
    return found


@pytest.fixture
def files(settings) -> Path:
    return settings.files


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with browsers.running() as browser:
        yield browser


@pytest.fixture
def address(app, cast) -> Iterator[str]:
    """The application served from a thread of this process: the test's calendar is the server's."""
    with browsers.served(app) as address:
        yield address


@pytest.fixture
def telephone(chromium, address) -> Iterator[browsers.Telephones]:
    """`telephone()` gives a page of a telephone of one's own."""
    telephones = browsers.Telephones(chromium, address)
    yield telephones
    telephones.put_away()
