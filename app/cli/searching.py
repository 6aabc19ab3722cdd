"""`hotline search rebuild`: the index of what is published, filled anew."""

import click

from app import create_app
from app.db import transaction
from app.domain.search import rebuild


@click.group("search")
def searching() -> None:
    """The full-text index of what is published."""


@searching.command("rebuild")
def rebuild_index() -> None:
    """Empty the index and fill it anew; needed only where areas were renamed or rows were written by hand."""
    with create_app().app_context(), transaction() as session:
        count = rebuild(session)
    click.echo(f"{count} published cases can be searched.")


COMMANDS = (searching,)
