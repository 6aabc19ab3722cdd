"""`hotline demo`: two inspections to look around in, made through the services that people use."""

import sys
import time

import click

from app import create_app
from app.settings import read

PACE = 100


@click.command("demo")
def demo() -> None:
    """Fill an empty database with a demonstration; tell the sign-ins, the next times too.

    One inspection is on its tenth day today, another ended eight months ago. Every name in it is invented.
    """
    from app.demo.player import in_use, play, refuse_in_production  # noqa: PLC0415  (all rooms: other commands need none)
    from app.demo.signins import readable, told  # noqa: PLC0415

    settings = read()
    refuse_in_production(settings)
    app, began = create_app(), time.monotonic()
    with app.app_context():
        if in_use():
            click.echo("This database is in use; a demonstration is made only in an empty one.")
            return
        house = app.extensions["installation"]
        played = play(house, _tell)
        if played.deeds:
            made = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in played.counts.items())
            click.echo(f"{made}, in {time.monotonic() - began:.0f} s.")
        else:
            click.echo("The demonstration is there already; nothing was changed.")
        click.echo("`hotline serve` serves it; `make run` does so now, and says where.")
        for line in readable(told(house)):
            click.echo(line)


def _tell(done: int, of: int) -> None:
    """One line that counts up where somebody is looking, a dot now and then where nobody is."""
    if sys.stderr.isatty():
        click.echo(f"\rPlaying {done} of {of} deeds…", nl=done == of, err=True)
    elif done == of or done % PACE == 0:
        click.echo("." if done < of else ".\n", nl=False, err=True)


COMMANDS = (demo,)
