"""`hotline administrator`: the first administrator of an installation, made where there is nobody to make one."""

import click

from app import create_app
from app.administration.commands import Appointing, NewPerson
from app.administration.services.people import appoint, create_person
from app.domain.people import SYSTEM
from app.domain.workflow.vocabulary import Role


@click.command("administrator")
@click.argument("login")
@click.argument("name")
def administrator(login: str, name: str) -> None:
    """Add an administrator and print a one-time password. Everybody else is added on the pages."""
    with create_app().app_context():
        account = create_person(SYSTEM, NewPerson(login, name))
        appoint(SYSTEM, Appointing(account.person_id, Role.ADMINISTRATOR))
    click.echo(f"{login} may administer. One-time password: {account.password}")


COMMANDS = (administrator,)
