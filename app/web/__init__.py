"""The last place that knows HTTP: guards, forms, errors, headers, language, paging. Knows no room."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.settings import Settings


def init(app: "Flask", settings: "Settings") -> None:
    """The floor with the house as its inspections make it."""
    # Late, so that queries may import paging without the rest of the web.
    from app.web.floor import lay  # noqa: PLC0415
    from app.web.house import HOUSE  # noqa: PLC0415

    lay(app, settings, HOUSE)
