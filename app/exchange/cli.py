"""`hotline exchange key`: the keys of systems that report by Open311; a key is shown once."""

import click
from flask import current_app

from app import create_app
from app.domain.people import SYSTEM
from app.exchange import queries, services
from app.exchange.commands import NewKey


@click.group("exchange")
def exchange() -> None:
    """Other systems."""


@exchange.group("key")
def key() -> None:
    """Their keys. Reports are taken without one, too."""


@key.command("add")
@click.argument("name")
@click.option("--inspection", default="", help="Code of the only inspection it may report to.")
@click.option("--test", is_flag=True, help="What comes with it is looked at, not kept.")
def add(name: str, inspection: str, test: bool) -> None:  # noqa: FBT001  (click gives it by name)
    """Make a key for a system and print it: it is kept nowhere."""
    with create_app().app_context():
        made = services.add_key(current_app.extensions["installation"], SYSTEM, NewKey(name, inspection, test))
    click.echo(f"Key of {name}, shown only now: {made}")


@key.command("list")
def listing() -> None:
    """Every key: number, name, where it reports, when it was made, last used, ended."""
    with create_app().app_context():
        for one, code in queries.every_key():
            used = f"last used {one.last_used_on}" if one.last_used_on else "never used"
            ended = f", ended {one.revoked_at:%Y-%m-%d}" if one.revoked_at else ""
            test = ", test" if one.test else ""
            made = f"made {one.created_at:%Y-%m-%d}"
            click.echo(f"{one.id}  {one.name}  {code or 'all inspections'}{test}, {made}, {used}{ended}")


@key.command("revoke")
@click.argument("number", type=int)
def revoke(number: int) -> None:
    """End a key at once, by its number in the list."""
    with create_app().app_context():
        services.revoke_key(SYSTEM, number)
    click.echo(f"Key {number} has ended.")


COMMANDS = (exchange,)
