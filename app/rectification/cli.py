"""`hotline signoff verify FILE`: check the signatures of a cycle anywhere, without database or installation."""

import json
from pathlib import Path
from typing import Any

import click

from app.domain.signing import verify


@click.group("signoff")
def signoff() -> None:
    """Signatures of sign-offs."""


@signoff.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify_file(file: Path) -> int:
    """Compute every digest of a signature file anew and name the first break; exit status 1 if there is one."""
    found = verify(_read(file))
    if not found.sound:
        click.echo(f"Broken after {found.signatures} sound signatures: {found.broken}.")
        return 1
    click.echo(f"{found.signatures} signatures are sound, each following the one before it.")
    if found.unbound:
        click.echo(f"{found.unbound} steps were signed before signatures were kept: nothing binds them.")
    for end in found.ends:
        click.echo(f"The ledger's entry of the last signature must hold {end}.")
    return 0


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.ClickException(f"{file} is no JSON file: {error}") from error


COMMANDS = (signoff,)
