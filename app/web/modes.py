"""How a page is read: its language, large type, high contrast. Citizens carry it in the address, never in a cookie.

`?lang=en&mode=large-contrast`; a page without either is the office's own: Chinese, usual type, usual colours.
On the staff side the language is remembered in the session (app/web/carrying.py carries both). A page with a form
is switched by a button that sends the form (`SWITCH`): it comes back in the other view, every word in its place.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import flask_babel
from flask import has_request_context, request

LANG, MODE, SWITCH = "lang", "mode", "switch"
LARGE, CONTRAST = "large", "contrast"
KNOWN = ("zh", "en")
STAFF = "/staff"
KEPT = "hotline.view"


@dataclass(frozen=True)
class View:
    """What was wished for; `lang` "" is no wish."""

    lang: str = ""
    large: bool = False
    contrast: bool = False

    @property
    def mode(self) -> str:
        return "-".join(name for name, on in ((LARGE, self.large), (CONTRAST, self.contrast)) if on)

    def address(self) -> dict[str, str]:
        """What an address has to say of it; the usual is not said."""
        lang = self.lang if self.lang != KNOWN[0] else ""
        return {name: value for name, value in ((LANG, lang), (MODE, self.mode)) if value}


def read(given: Any) -> View:
    """A view from the parameters of an address; what is unknown is no wish."""
    lang, modes = str(given.get(LANG, ""))[:2], str(given.get(MODE, "")).split("-")
    return View(lang if lang in KNOWN else "", LARGE in modes, CONTRAST in modes)


def on_staff_side() -> bool:
    return request.path == STAFF or request.path.startswith(STAFF + "/")


def view() -> View:
    """What this page was asked for in."""
    if not has_request_context():
        return View()
    if KEPT not in request.environ:
        request.environ[KEPT] = read(request.args)
    found: View = request.environ[KEPT]
    return found


def switched() -> bool:
    """Whether a form was sent only to be shown again in another view: then it is neither checked nor carried out."""
    wish = request.form.get(SWITCH) if request.method == "POST" else None
    if wish is None:
        return False
    request.environ[KEPT] = read(dict(parse_qsl(wish)))
    flask_babel.refresh()
    return True
