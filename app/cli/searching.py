"""`hotline search rebuild`: the indexes of what is published, handed over and reported, filled anew."""

import click

from app import create_app
from app.db import transaction
from app.domain.search import rebuild, rebuild_cases, rebuild_reports


@click.group("search")
def searching() -> None:
    """The full-text indexes: of what is published, of what was handed over, and of reports."""


@searching.command("rebuild")
def rebuild_index() -> None:
    """Empty the indexes and fill them anew; needed only where areas were renamed or rows were written by hand."""
    with create_app().app_context(), transaction() as session:
        published, handed, reports = rebuild(session), rebuild_cases(session), rebuild_reports(session)
    click.echo(f"{published} published cases can be searched.")
    click.echo(f"{handed} cases that were handed over can be searched.")
    click.echo(f"{reports} reports can be searched.")


COMMANDS = (searching,)
