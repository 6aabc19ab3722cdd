"""`hotline suggestions`: train the model from the office's own decisions, say how it stands, put a kept one back."""

from pathlib import Path

import click
from sqlalchemy import select

from app import create_app
from app.db import session
from app.domain.suggesting.records import SuggestionModel
from app.domain.suggesting.teaching import keep_body, train
from app.kernel.clock import local


@click.group("suggestions")
def suggesting() -> None:
    """The model of the suggestions in triage."""


@suggesting.command("train")
def train_model() -> None:
    """Learn from every decision that stands; the new model speaks from the next page on."""
    with create_app().app_context():
        lesson = train()
    for head, told in sorted(lesson.worth.items()):
        click.echo(f"{head:32} accuracy {told['accuracy']:.3f}  macro-F1 {told['f1']:.3f}")
    if lesson.version is None:
        click.echo(f"{lesson.learned_from} reports say what they said before: nothing new was learned.")
    else:
        click.echo(f"Model {lesson.version} learned {lesson.heads} answers from {lesson.learned_from} reports.")


@suggesting.command("show")
def show() -> None:
    """The models that are kept, the one that speaks first."""
    with create_app().app_context():
        kept = session().scalars(select(SuggestionModel).order_by(SuggestionModel.id.desc())).all()
        for one in kept:
            scope = one.worth.get("scope", {}).get("f1", "–")
            click.echo(f"{one.id}  {local(one.trained_at):%Y-%m-%d %H:%M}  {one.learned_from} reports  scope {scope}")
    if not kept:
        click.echo("There is no model yet: only rules speak.")


@suggesting.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(file: Path) -> None:
    """Write the newest model to FILE (JSON: numbers and pairs of characters)."""
    with create_app().app_context():
        newest = session().scalar(select(SuggestionModel).order_by(SuggestionModel.id.desc()).limit(1))
        if newest is None:
            raise click.ClickException("There is no model yet: only rules speak.")
        file.write_text(newest.body, encoding="utf-8")
    click.echo(f"Model {newest.id} was written to {file}.")


@suggesting.command("take")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def take(file: Path) -> None:
    """Let a model from FILE speak; a file that is none is refused, and the former one speaks on."""
    with create_app().app_context():
        version = keep_body(file.read_text(encoding="utf-8", errors="replace"), 0, {})
    click.echo("It speaks already." if version is None else f"It speaks as model {version}.")


COMMANDS = (suggesting,)
