"""Joins the rooms, decides nothing."""

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any

from flask import Flask

from app import settings as settings_module
from app.db import db, engine_options, prepare
from app.domain import geography, nouns  # noqa: F401  (every table is known before the first query)
from app.domain.evidence import preparing, tidying  # noqa: F401  (their jobs are known before the first is asked for)
from app.domain.installation import installation
from app.domain.suggesting import teaching  # noqa: F401  (the same)
from app.settings import ROOT, Settings

ROOMS = (
    "accounts",
    "administration",
    "intake",
    "tracking",
    "desk",
    "triage",
    "batches",
    "casework",
    "rectification",
    "publication",
    "supervision",
    "messages",
    "exchange",
    "vault",
)
WITH_JOBS = ("batches", "messages")


def build(settings: Settings | None = None, **overrides: Any) -> Flask:
    """The application: settings, session, the web floor, then each room's doors."""
    settings = replace(settings or settings_module.read(), **overrides)
    app = Flask("app", template_folder=str(ROOT / "templates"), instance_path=str(settings.instance))
    app.config.from_mapping(flask_config(settings))
    house = app.extensions["installation"] = installation(settings)
    house.jobs.attend(app.app_context, house)
    geography.look_in(settings.instance / "boundaries")
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    from app import web

    web.init(app, settings)
    for room in ROOMS:
        app.register_blueprint(import_module(f"app.{room}").blueprint)
    for room in WITH_JOBS:
        import_module(f"app.{room}.jobs")  # known to the line before the first is asked for
    return app


def flask_config(settings: Settings) -> Mapping[str, Any]:
    """What Flask and its extensions read."""
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(sqlite=settings.sqlite),
        "MAX_CONTENT_LENGTH": settings.max_request_bytes,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
    }
