"""Pages drawn once and handed to many: what belongs to one reader is put in anew, everything else is kept.

The citizens' form is the same for everybody but for its token and its key, and drawing it costs thirty times a bare
page. So it is drawn for the first reader, cut where that reader's own values stand, and joined again with the next
one's. Nothing that a reader typed may come into such a page, and nobody's name: only values made for this answer.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence

from flask import current_app, g, request, session

from app.domain.changes import Kept, changes, kept_now
from app.kernel import clock
from app.web.language import language

PAGES, SAME_FOR_ALL = "hotline_drawn", "drawn_for_all"
MOST = 64
Pieces = list[str | int]
Drawing = tuple[str, Sequence[str]]
"""A page, and the reader's own values that stand in it."""


def hand_out(name: Hashable, draw: Callable[[], Drawing], own: Callable[[], Sequence[str]]) -> str:
    """The page of this name at this address, with this reader's values (random texts) in their places.

    `draw` makes a page with values of its own, when no fresh one is kept; a page that belongs to nobody has none.
    `own` makes those of the next reader. Who is to be told something (a message after a redirect) gets a page drawn
    for them alone.
    """
    if session.get("_flashes"):
        return draw()[0]
    setattr(g, SAME_FOR_ALL, True)
    pages: OrderedDict[Hashable, Kept[Pieces]] = current_app.extensions.setdefault(PAGES, OrderedDict())
    key = (name, request.query_string, language().code, clock.today())
    kept = pages.get(key)
    if kept is None or not kept.fresh:
        count = changes.count
        page, values = draw()
        pages[key] = kept_now(cut(page, values), count)
        while len(pages) > MOST:
            pages.popitem(last=False)
        return page
    values = own() if len(kept.made) > 1 else ()
    return "".join(values[piece] if isinstance(piece, int) else piece for piece in kept.made)


def cut(page: str, own: Sequence[str]) -> Pieces:
    """The page cut at each place of each value. Raises ValueError when one of them does not occur."""
    pieces: Pieces = [page]
    for place, value in enumerate(own):
        before = len(pieces)
        pieces = [part for piece in pieces for part in _around(piece, value, place)]
        if len(pieces) == before:
            raise ValueError(f"the page does not hold its reader's value number {place}")
    return pieces


def _around(piece: str | int, value: str, place: int) -> Pieces:
    if isinstance(piece, int):
        return [piece]
    found: Pieces = []
    for text in piece.split(value):
        found += [text, place]
    return found[:-1]
