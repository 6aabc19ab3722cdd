"""The last place that knows HTTP: guards, forms, errors, headers, language, paging. Knows no room."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.settings import Settings
    from app.web.layout import House


def init(app: "Flask", settings: "Settings", house: "House | None" = None) -> None:
    """Lay the floor under an application, in the order in which a request crosses it."""
    from app.web import errors, guards, language, layout, logs, security, static  # noqa: PLC0415  (rings of imports)

    logs.init(app)
    static.init(app)
    security.init(app, settings)
    language.init(app)
    guards.init(app)
    layout.init(app, house or layout.House())
    errors.init(app, production=settings.production)
