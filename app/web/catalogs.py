"""Translations: every .po file of a language's folder is one catalog; each room owns its own file.

Read from the .po texts themselves at first use, so that no compiled file can lag behind what was translated.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask_babel import Babel, Domain, get_locale

FOLDER = Path(__file__).resolve().parent.parent / "translations"
FOLDER_OF = {"zh": "zh_CN"}
"""Babel knows zh_CN as zh_Hans_CN; the folders are named as translators name them."""


@cache
def catalog(language: str) -> NullTranslations:
    """All .po files of a language, merged; English is written in the code itself and has none."""
    merged = Translations()
    for file in sorted((FOLDER / FOLDER_OF.get(language, language) / "LC_MESSAGES").glob("*.po")):
        compiled = BytesIO()
        with file.open("rb") as source:
            write_mo(compiled, read_po(source, locale=FOLDER_OF.get(language, language)))
        compiled.seek(0)
        one = Translations(compiled, domain=file.stem)
        merged.merge(one)
        merged.plural = one.plural
    return merged


class OfficeDomain(Domain):  # type: ignore[misc]  # Flask-Babel has no annotations
    """Every room's catalog at once."""

    def get_translations(self) -> NullTranslations:
        locale = get_locale()
        return catalog(locale.language) if locale else NullTranslations()


class OfficeBabel(Babel):  # type: ignore[misc]  # Flask-Babel has no annotations
    """Flask-Babel over the house's catalogs."""

    domain_instance = OfficeDomain()
