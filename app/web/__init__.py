"""The last place that knows HTTP: guards, forms, errors, headers, language, paging. Knows no room."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.settings import Settings
    from app.web.layout import House


def init(app: "Flask", settings: "Settings", house: "House") -> None:
    from app.web.floor import lay  # noqa: PLC0415  (queries import paging without the rest of the web)

    lay(app, settings, house)
