"""Every English sentence of the house, where it stands, and what the Chinese catalogs know."""

from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from app.settings import ROOT
from app.web.catalogs import FOLDER

ONE, TWO, THIRD = None, (1, 2), (3,)
KEYWORDS = dict.fromkeys(("_", "N_", "_l", "gettext", "lazy_gettext", "sentence", "Work"), ONE)
KEYWORDS |= dict.fromkeys(("ngettext", "lazy_ngettext"), TWO) | {"hang_sign": THIRD}
CATALOGS = FOLDER / "zh_CN" / "LC_MESSAGES"


def extracted() -> dict[str, str]:
    """Msgid → the first place it stands at, over code and templates."""
    found: dict[str, str] = {}
    for folder, pattern, method in (
        (ROOT / "app", "*.py", "python"),
        (ROOT / "templates", "*.html", "jinja2.ext:babel_extract"),
    ):
        for file in sorted(folder.rglob(pattern)):
            for line, message, _, _ in extract_from_file(method, file, KEYWORDS, ()):
                msgid = message[0] if isinstance(message, tuple) else message
                found.setdefault(msgid, f"{file.relative_to(ROOT)}:{line}")
    return found


def translated() -> set[str]:
    """The msgids some catalog has Chinese for."""
    known = set()
    for file in CATALOGS.glob("*.po"):
        with file.open("rb") as source:
            for message in read_po(source, locale="zh_CN"):
                if message.id and all([message.string] if isinstance(message.string, str) else message.string):
                    known.add(message.id[0] if isinstance(message.id, tuple) else message.id)
    return known
