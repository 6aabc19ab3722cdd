"""The command `hotline`: every command says what it did, or why not, in one sentence and an exit status."""

import sys

import click
from sqlalchemy.exc import ArgumentError, DBAPIError

from app.administration import cli as administration
from app.cli import database, demonstration, documents, figures, places, searching, serving, suggesting, working
from app.exchange import cli as exchange
from app.kernel.errors import OfficeError
from app.rectification import cli as rectification


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hotline", prog_name="hotline")
def hotline() -> None:
    """督察热线: the hotline of an environmental-inspection team."""


for commands in (
    serving,
    working,
    database,
    administration,
    demonstration,
    figures,
    places,
    searching,
    suggesting,
    documents,
    exchange,
    rectification,
):
    for one in commands.COMMANDS:
        hotline.add_command(one)


def main() -> None:
    """Run a command; what goes wrong is one sentence on stderr and exit status 1 (2 for a wrong call)."""
    try:
        outcome = hotline(standalone_mode=False)
        sys.exit(outcome if isinstance(outcome, int) else 0)
    except click.Abort:
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except OfficeError as error:
        click.echo(f"hotline: {error}", err=True)
        for name, sentence in getattr(error, "fields", {}).items():
            click.echo(f"  {name}: {sentence}", err=True)
        sys.exit(1)
    except ArgumentError as error:
        click.echo(f"hotline: HOTLINE_DATABASE_URL names no database ({error}).", err=True)
        sys.exit(1)
    except DBAPIError as error:
        click.echo(
            f"hotline: the database cannot be used ({error.orig}). Is it upgraded? (hotline db upgrade)", err=True
        )
        sys.exit(1)
    except OSError as error:
        click.echo(f"hotline: {error}", err=True)
        sys.exit(1)
