"""Every English sentence of the house, where it stands, and what the Chinese catalogs know."""

from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from app.settings import ROOT
from app.web.catalogs import FOLDER

ONE, TWO, THIRD = None, (1, 2), (3,)
KEYWORDS = dict.fromkeys(("_", "N_", "_l", "gettext", "lazy_gettext", "sentence", "Work"), ONE)
KEYWORDS |= dict.fromkeys(("ngettext", "lazy_ngettext"), TWO) | {"hang_sign": THIRD}
ENGLISH = ("app/cli/", "app/demo/", "app/history/")
"""Commands may speak English to whoever runs the machine."""
CATALOGS = FOLDER / "zh_CN" / "LC_MESSAGES"


def extracted() -> dict[str, str]:
    """Msgid → the first place it stands at, over code and templates."""
    code = sorted((ROOT / "app").rglob("*.py"))
    templates = sorted((ROOT / "templates").rglob("*.html"))
    found: dict[str, str] = {}
    for files, method in ((code, "python"), (templates, "jinja2.ext:babel_extract")):
        for file in files:
            for line, message, _, _ in extract_from_file(method, file, KEYWORDS, ()):
                msgid = message[0] if isinstance(message, tuple) else message
                found.setdefault(msgid, f"{file.relative_to(ROOT)}:{line}")
    return found


def translations() -> list[tuple[str, str, str]]:
    """(catalog, msgid, Chinese) of every sentence that has some."""
    found = []
    for file in sorted(CATALOGS.glob("*.po")):
        with file.open("rb") as source:
            for message in read_po(source, locale="zh_CN"):
                msgid = message.id if isinstance(message.id, str) else message.id[0]
                chinese = message.string if isinstance(message.string, str) else (message.string or ("",))[0]
                if msgid and chinese and not message.fuzzy:
                    found.append((file.stem, str(msgid), str(chinese)))
    return found
