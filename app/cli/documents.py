"""`hotline docs build`: docs/generated, written anew from the code; `--check` says which file is stale."""

from pathlib import Path

import click

from app.domain.workflow import diagram
from app.settings import ROOT

FOLDER = ROOT / "docs" / "generated"


def documents() -> dict[str, str]:
    """Every generated document: file name → text."""
    return {"workflow.md": diagram.document()}


@click.group("docs")
def docs() -> None:
    """The documents generated from the code."""


@docs.command("build")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a document is stale.")
def build(*, check: bool) -> None:
    """Write docs/generated from the code."""
    wanted = documents()
    stale = [name for name, text in wanted.items() if _read(FOLDER / name) != text]
    stale += [file.name for file in sorted(FOLDER.glob("*.md")) if file.name not in wanted]
    if check:
        for name in stale:
            click.echo(f"docs/generated/{name} is stale: run `make docs`.", err=True)
        raise click.exceptions.Exit(1 if stale else 0)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file in FOLDER.glob("*.md"):
        if file.name not in wanted:
            file.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    click.echo(f"{len(wanted)} documents, {len(stale)} changed.")


def _read(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.exists() else None


COMMANDS = (docs,)
