"""Where files rest: written, fsynced, renamed, the folder fsynced, only then spoken of (docs: trust, Durability)."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

NAME_BYTES = 20


def keep(root: Path, content: bytes) -> str:
    """Write a file under a random name and return that name once it would survive a power cut."""
    return keep_pieces(root, (content,))


def keep_pieces(root: Path, pieces: Iterable[bytes]) -> str:
    """The same for what comes piece by piece. When a piece cannot be had, nothing stays behind."""
    name = secrets.token_hex(NAME_BYTES)
    folder = root / name[:2]
    make_folder(folder)
    waiting = folder / f".{name}.part"
    try:
        with waiting.open("xb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    waiting.rename(folder / name)
    sync_folder(folder)
    return name


def take_in(root: Path, file: Path) -> str:
    """Give a file that lies complete and fsynced on the same disk a second, random name; the first one stays."""
    name = secrets.token_hex(NAME_BYTES)
    folder = root / name[:2]
    make_folder(folder)
    (folder / name).hardlink_to(file)
    sync_folder(folder)
    return name


def path_of(root: Path, name: str) -> Path:
    """Where a kept file lies. Raises FileNotFoundError."""
    found = _path(root, name)
    if not found.is_file():
        raise FileNotFoundError(name)
    return found


def read(root: Path, name: str) -> bytes:
    """The content kept under a name. Raises FileNotFoundError."""
    return _path(root, name).read_bytes()


def drop(root: Path, name: str) -> None:
    """Remove a file; one that is not there is as good as removed."""
    _path(root, name).unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """A folder, private, whose own entry survives a power cut too."""
    if folder.exists():
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _path(root: Path, name: str) -> Path:
    if len(name) != 2 * NAME_BYTES or not name.isalnum():
        raise FileNotFoundError(name)
    return root / name[:2] / name
