"""`hotline demo`, `hotline import`, `hotline export`: data in and out."""

import click

COMMANDS: tuple[click.Command, ...] = ()
