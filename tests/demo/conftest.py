"""An installation with nothing in it but regions and calendar, to play the demonstration in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from app.db import db, transaction
from app.demo.player import play
from app.domain.installation import make_vault_keys
from app.domain.seeding import seed_calendar, seed_regions
from app.factory import build
from app.settings import Settings
from app.storage import make_folder
from tests.support import databases

SECRET = "a secret of the demonstration's own tests"


@contextmanager
def empty_house(own_database: databases.Making, folder: Path) -> Iterator[Flask]:
    """The application over a database of its own, inside an application context."""
    with own_database(folder) as laid:
        databases.make_tables(laid.url)
        settings = Settings(instance=folder, database_url=laid.url, secret_key=SECRET, production=False)
        make_folder(settings.files)
        make_vault_keys(settings, None)
        app = build(settings)
        app.testing = True
        with app.app_context():
            with transaction() as session:
                seed_regions(session)
                seed_calendar(session)
            yield app
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(scope="module")
def played(own_database, tmp_path_factory) -> Iterator[Flask]:
    """The demonstration as it is made now; tests read it and change nothing."""
    with empty_house(own_database, tmp_path_factory.mktemp("demo")) as app:
        play(app.extensions["installation"])
        yield app
