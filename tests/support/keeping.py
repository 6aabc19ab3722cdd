"""Houses that are furnished once a day, and laid again for every test that wants one."""

import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any, TypeVar

from app.db import db
from app.domain.changes import changes
from app.kernel import clock
from tests.support.databases import PostgresDatabases, SqliteFiles

Made = TypeVar("Made")


class Keeper:
    """Keeps what was made in a fresh house: its database, its files, and where everything is."""

    def __init__(self, laid: SqliteFiles | PostgresDatabases, files: Path, folder: Path) -> None:
        self.laid, self.files, self.folder = laid, files, folder
        self.made: dict[str, Any] = {}

    def furnished(self, name: str, make: Callable[[], Made]) -> Made:
        """What `make` makes in a house with nothing in it but the cast, inside an application context.

        The moments in it are the day's on which it was made, as if it had been made a little earlier.
        """
        name = f"{name}-{clock.today().isoformat()}"
        kept = self.folder / name
        if name not in self.made:
            self.made[name] = make()
            _let_go()
            self.laid.keep(name)
            shutil.copytree(self.files, kept)
        else:
            _let_go()
            self.laid.lay_anew(name)
            shutil.copytree(kept, self.files, dirs_exist_ok=True)
        changes.note()
        made: Made = deepcopy(self.made[name])
        return made


def _let_go() -> None:
    """No connection may be open while a database is kept or laid."""
    db.session.remove()
    db.engine.dispose()
