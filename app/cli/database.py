"""`hotline db upgrade`, `hotline ledger verify`: the database's own commands."""

import click
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app import create_app
from app import settings as settings_module
from app.db import engine_options, prepare, session
from app.domain.installation import make_vault_keys
from app.domain.ledger import verify
from app.domain.search import index_cases_if_missing, index_if_missing, index_reports_if_missing
from app.domain.seeding import seed_calendar, seed_regions
from app.kernel.errors import N_, Misconfigured
from app.settings import ROOT, Settings
from app.storage import make_folder


def alembic_config(url: str) -> Config:
    """Alembic's settings for one database; migrations/env.py reads the address from here."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["url"] = url
    return config


def upgrade_installation(settings: Settings, passphrase: str | None) -> list[str]:
    """Migrate, seed what is missing, make the vault's keys; a line for each thing that was done."""
    for folder in (settings.instance, settings.files, settings.keys):
        make_folder(folder)
    keys_made = make_vault_keys(settings, passphrase)  # first: it may refuse, and then nothing has been done
    command.upgrade(alembic_config(settings.database_url), "head")
    done = ["The database is at the newest migration."]
    engine = create_engine(settings.database_url, **engine_options(sqlite=settings.sqlite))
    prepare(engine)
    with Session(engine) as fresh, fresh.begin():
        regions, years = seed_regions(fresh), seed_calendar(fresh)
        indexed, handed = index_if_missing(fresh), index_cases_if_missing(fresh)
        reports = index_reports_if_missing(fresh)
    engine.dispose()
    if regions or years:
        done.append(f"{regions} regions and {years} calendar years were added.")
    if indexed:
        done.append(f"{indexed} published cases were put into the search index.")
    if handed:
        done.append(f"{handed} cases that were handed over were put into the search index.")
    if reports:
        done.append(f"{reports} reports were put into the search index.")
    if keys_made:
        done.append("The vault's keys were made.")
    return done


def refuse_unless_upgraded(settings: Settings) -> None:
    """Raise Misconfigured when the database is not at the newest migration."""
    engine = create_engine(settings.database_url, **engine_options(sqlite=settings.sqlite))
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_heads()
    engine.dispose()
    newest = ScriptDirectory.from_config(alembic_config(settings.database_url)).get_heads()
    if set(present) != set(newest):
        raise Misconfigured(N_("The database is not at the newest migration: run `hotline db upgrade` first."))


@click.group("db")
def database() -> None:
    """The database."""


@database.command("upgrade")
@click.option("--vault-passphrase", envvar="HOTLINE_VAULT_PASSPHRASE", help="Locks the vault's private key, once.")
def upgrade(vault_passphrase: str | None) -> None:
    """Bring the database to the newest migration; seed regions and calendar; make the vault's keys."""
    for line in upgrade_installation(settings_module.read(), vault_passphrase):
        click.echo(line)


@click.group("ledger")
def ledger() -> None:
    """The ledger of everything that happened."""


@ledger.command("verify")
def verify_ledger() -> None:
    """Re-compute every chain; exit 1 and name the first entry that does not fit."""
    with create_app().app_context():
        verdict = verify(session())
    if verdict.sound:
        click.echo(f"{verdict.entries} entries, every one sound.")
        return
    click.echo(f"hotline: entry {verdict.bad_entry}: {verdict.what}", err=True)
    raise click.exceptions.Exit(1)


COMMANDS = (database, ledger)
