"""A file that is either whole or not there: written beside its place under another name, fsynced, then renamed."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.storage import sync_folder


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A path to write to; it becomes `target` at the end, and after an error nothing of it is left. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=f".part{target.suffix}", dir=target.parent)
    os.close(handle)
    waiting = Path(name)
    try:
        yield waiting
        with waiting.open("rb+") as written:
            os.fsync(written.fileno())
        waiting.chmod(0o644)
        waiting.rename(target)
        sync_folder(target.parent)
    finally:
        waiting.unlink(missing_ok=True)
