"""Files under the house's own key: those that are still coming in, wait for something, or are read by the team.

A locker is a row of locked blocks, each with its length before it. It grows at its end; a block that was cut off by
a power cut is dropped before the next one is written, so that what is counted is what can be read.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from app import storage
from app.kernel import crypto

BLOCK = 1024 * 1024
LENGTH = 4
ADDED = 40  # nonce and mark of each block
LARGEST = 8 * BLOCK


def pieces(file: IO[bytes], size: int = BLOCK) -> Iterator[bytes]:
    while piece := file.read(size):
        yield piece


def lock_away(root: Path, key: bytes, content: Iterable[bytes]) -> str:
    """Keep content under the house's key; gives its name."""
    return storage.keep_pieces(root, (_block(key, piece) for piece in content))


def unlocked(root: Path, key: bytes, name: str) -> Iterator[bytes]:
    """What is kept under a name, block by block. Raises FileNotFoundError at once."""
    return blocks(storage.path_of(root, name), key)


def blocks(file: Path, key: bytes) -> Iterator[bytes]:
    with file.open("rb") as locked:
        while length := int.from_bytes(locked.read(LENGTH), "big"):
            yield crypto.unlock(key, locked.read(length))


def add(file: Path, key: bytes, content: bytes, at: int) -> int:
    """Write on at a place: what lies behind it is overwritten. Gives the new size. Raises ValueError for a gap."""
    with file.open("r+b") as locked:
        fcntl.flock(locked, fcntl.LOCK_EX)
        size, end = _measure(locked)
        if size != at:
            raise ValueError(size)
        locked.seek(end)
        locked.truncate()
        locked.write(_block(key, content))
        locked.flush()
        os.fsync(locked.fileno())
    return at + len(content)


def size_of(file: Path) -> int:
    """How much of the content is there, in bytes, counted in whole blocks. Raises FileNotFoundError."""
    with file.open("rb") as locked:
        return _measure(locked)[0]


def _measure(locked: IO[bytes]) -> tuple[int, int]:
    """(size of the content, where the last whole block ends)."""
    there = os.fstat(locked.fileno()).st_size
    size = end = 0
    while True:
        locked.seek(end)
        length = int.from_bytes(locked.read(LENGTH), "big")
        if not ADDED <= length <= LARGEST or end + LENGTH + length > there:
            return size, end
        size, end = size + length - ADDED, end + LENGTH + length


def _block(key: bytes, content: bytes) -> bytes:
    locked = crypto.lock(key, content)
    return len(locked).to_bytes(LENGTH, "big") + locked
