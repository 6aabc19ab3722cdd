"""A file into the cast's inspection."""

import pytest

from app.history.importing import Import


@pytest.fixture
def bring(app, cast, installation):
    """Import a file; gives the outcomes, row by row."""

    def run(file, *, dry_run=False, inspection="ours"):
        return list(Import(installation, inspection, dry_run=dry_run).run(file))

    return run
