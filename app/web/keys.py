"""The keys of a staff page, told in the reader's language by `?`; static/js/list.js presses them."""

from collections.abc import Iterable

from app.domain.workflow.terms import Term
from app.kernel.errors import N_
from app.web.language import sentence, term

IN_A_LIST = (
    ("j", N_("the next row")),
    ("k", N_("the row before")),
    ("o", N_("open the row (or Enter)")),
    ("x", N_("tick the row, or untick it")),
    ("s", N_("tick all on this page, or none")),
    ("n", N_("the next page")),
    ("p", N_("the page before")),
    ("1 … 9", N_("the view at that place")),
    ("/", N_("search")),
)
IN_A_RECORD = (("u", N_("back to the list")),)
IN_A_FORM = (("Ctrl + Enter", N_("send the form one writes in")), ("Esc", N_("leave the field, for the other keys")))
EVERYWHERE = (("?", N_("show the keys")),)


def told(keys: Iterable[tuple[str, str]], actions: Iterable[tuple[Term, str]] = ()) -> list[tuple[str, str]]:
    """What the page lists: its own keys, then those of the actions (several may share one, never at once)."""
    pressed: dict[str, list[str]] = {}
    for action, key in actions:
        pressed.setdefault(key, []).append(term(action))
    shown = [*keys, *((key, " / ".join(names)) for key, names in pressed.items()), *EVERYWHERE]
    return [(key, sentence(does)) for key, does in shown]
