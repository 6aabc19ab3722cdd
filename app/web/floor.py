"""Lays the floor under an application, in the order in which a request crosses it."""

from flask import Flask

from app.settings import Settings
from app.web import addresses, carrying, compressing, errors, guards, language, layout, logs, maps, security, static
from app.web.layout import House


def lay(app: Flask, settings: Settings, house: House) -> None:
    compressing.init(app)  # what is first here sees an answer last
    logs.init(app)
    addresses.init(app)
    static.init(app)
    security.init(app, settings)
    maps.init(app, settings)
    language.init(app)
    guards.init(app)
    carrying.init(app)
    layout.init(app, house, settings.site)
    errors.init(app, production=settings.production)
