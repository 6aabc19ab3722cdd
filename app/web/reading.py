"""How a request is read: the words of a citizen's form survive files that are too large to be taken with it.

A form without scripts sends words and files in one piece. When the piece is larger than what is taken at once, it is
read to its end all the same: what does not fit is let go of as it arrives, and the words are there to be answered.
A refusal at the first byte would cost their writer everything, and most browsers would only show a broken connection.
"""

from collections.abc import Callable
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any, TypeVar

from flask import Request, current_app
from werkzeug.datastructures import MultiDict
from werkzeug.formparser import FormDataParser

from app.web.modes import STAFF

View = TypeVar("View", bound=Callable[..., Any])
MEGABYTE = 1024 * 1024
IN_MEMORY = "_hotline_in_memory"
LARGEST = 2048 * MEGABYTE
"""Nobody waits for more: beyond it a request is refused unread."""
MEMORY = MEGABYTE // 2
NO_SIZE = 1 << 50
"""What a file that was let go of says of its size: larger than whatever is taken anywhere."""


def taken_at_once() -> int:
    """The bytes that one sending of a form may bring."""
    return current_app.config["MAX_CONTENT_LENGTH"] or LARGEST


def never_on_disk(view: View) -> View:
    """The mark of a door whose files name reporters: they arrive in memory, never as a file that nobody has locked."""
    setattr(view, IN_MEMORY, True)
    return view


class Room:
    """The bytes that the files of one request may take together."""

    def __init__(self, left: int) -> None:
        self.left = left


class ArrivingFile(SpooledTemporaryFile[bytes]):
    """A file as it arrives. `let_go`: it did not fit, and nothing of it is here."""

    def __init__(self, room: Room) -> None:
        super().__init__(max_size=MEMORY, mode="rb+")
        self.room, self.held, self.let_go = room, 0, False

    def write(self, piece: Any) -> int:
        size = len(memoryview(piece))
        if not self.let_go and size > self.room.left:
            self.let_go = True
            self.room.left += self.held
            super().seek(0)
            super().truncate(0)
        if self.let_go:
            return size
        self.room.left -= size
        self.held += size
        return super().write(piece)

    def seek(self, offset: int, whence: int = 0) -> int:
        found = super().seek(offset, whence)
        return NO_SIZE if self.let_go and whence else found


def was_let_go(file: Any) -> bool:
    """Whether a file of a request is not here, because it did not fit."""
    return isinstance(file, ArrivingFile) and file.let_go


NAMELESS: Any = None
"""What werkzeug calls a part without a name."""


class NamedParts(FormDataParser):
    """A part whose name is missing or cannot be read belongs to no field (RFC 7578, 4.2)."""

    def parse(self, *told: Any, **named: Any) -> Any:
        stream, form, files = super().parse(*told, **named)
        for file in files.getlist(NAMELESS):
            file.close()
        return stream, self._named(form), self._named(files)

    def _named(self, parts: MultiDict[Any, Any]) -> MultiDict[Any, Any]:
        return self.cls([part for part in parts.items(multi=True) if part[0] is not NAMELESS])


class OfficeRequest(Request):
    """Flask's request; forms with files from citizens are read to their end."""

    form_data_parser_class = NamedParts
    _room: Room | None = None

    @property
    def max_content_length(self) -> int | None:
        return LARGEST if self._is_citizens_form() else super().max_content_length

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        self._max_content_length = value

    def _is_citizens_form(self) -> bool:
        return self.mimetype == "multipart/form-data" and not self.path.startswith(STAFF + "/")

    def _get_file_stream(self, *told: Any, **named: Any) -> IO[bytes]:
        if getattr(current_app.view_functions.get(self.endpoint or ""), IN_MEMORY, False):
            return BytesIO()
        if not self._is_citizens_form():
            return super()._get_file_stream(*told, **named)
        if self._room is None:
            self._room = Room(taken_at_once())
        return ArrivingFile(self._room)
