"""`hotline regions boundaries`: an installation's own map of its counties, instead of the one that was shipped."""

from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from app import settings as settings_module
from app.db import session
from app.domain.geography import Unreadable, understand
from app.domain.region import Region
from app.kernel.errors import N_, Refused
from app.storage import make_folder

LARGEST = 2_000_000  # bytes: what a telephone is asked to draw


@click.group("regions")
def regions() -> None:
    """Counties and their borders."""


@regions.command("boundaries")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--locality", required=True, metavar="CODE", help="The six digits of the city that is inspected.")
def boundaries(file: Path, locality: str) -> None:
    """Use FILE for the map of a locality: GeoJSON in CGCS2000 or WGS84, each area with a property `code`.

    The members `source` and `approval` (审图号) of the file are shown under the map.
    """
    if not file.is_file():
        raise Refused(N_("There is no file %(file)s."), file=str(file))
    if file.stat().st_size > LARGEST:
        raise Refused(N_("The file is larger than 2 MB; please simplify the borders first."))
    try:
        found = understand(file.read_text(encoding="utf-8"))
    except Unreadable as error:
        raise Refused(N_("The map cannot be used: %(why)s."), why=str(error)) from error
    except UnicodeDecodeError as error:
        raise Refused(N_("The map cannot be used: %(why)s."), why="it is not UTF-8") from error
    with create_app().app_context():
        foreign = sorted(set(found.areas) - _counties(session(), locality))
    if foreign:
        raise Refused(N_("The map has areas that are none of this locality's: %(codes)s."), codes=", ".join(foreign))
    folder = settings_module.read().instance / "boundaries"
    make_folder(folder)
    made = folder / f"{locality}.new"
    made.write_text(found.text, encoding="utf-8")
    made.replace(folder / f"{locality}.geojson")
    click.echo(f"{len(found.areas)} areas of {locality} are drawn from {file.name} from now on.")


def _counties(found: Session, locality: str) -> set[str]:
    return set(found.scalars(select(Region.code).where(Region.parent_code == locality)))


COMMANDS = (regions,)
