"""`hotline docs build`: docs/generated, written anew from the code; `--check` says which file is stale."""

from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

import click

from app import create_app
from app.domain import visibility
from app.domain.installation import make_vault_keys
from app.domain.workflow import diagram
from app.domain.workflow.vocabulary import Role
from app.settings import ROOT, Settings
from app.web.guards import Entry, permission_table

FOLDER = ROOT / "docs" / "generated"


def documents() -> dict[str, str]:
    """Every generated document: file name → text."""
    return {"workflow.md": diagram.document(), "visibility.md": visibility.document(), "routes.md": routes()}


def routes() -> str:
    """docs/generated/routes.md: every door and whom it admits, read from an application with an instance of its own."""
    with TemporaryDirectory() as folder:
        settings = Settings(Path(folder), f"sqlite:///{folder}/none.sqlite3", token_hex(), production=False)
        make_vault_keys(settings, token_hex())
        doors = permission_table(create_app(settings=settings))
    lines = [
        "# Doors",
        "",
        "Generated from the views by `hotline docs build`. A door admits by role; which records are reached behind it",
        "is decided by `app/domain/scope.py`. A door that names nobody is shut.",
        "",
        "| Address | Methods | View | Admits |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| `{door.path}` | {' '.join(door.methods)} | `{door.endpoint}` | {_admitted(door.entry)} |" for door in doors
    ]
    return "\n".join(lines) + "\n"


def _admitted(entry: Entry | None) -> str:
    if entry is None:
        return "nobody"
    if entry.public:
        return "everybody"
    return "、".join(role.zh for role in Role if role in entry.roles) or "whoever is signed in"


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
