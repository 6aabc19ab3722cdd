"""The floors: a bare Flask page, and a bare Flask view with one durable INSERT on the same database."""

import os
from collections.abc import Callable

from flask import Flask, request
from sqlalchemy import Engine, create_engine, text

from app.db import WRITES, engine_options, prepare

PAGE = "<!doctype html><html lang=zh-CN><title>floor</title><h1>floor</h1></html>"
INSERT = text("INSERT INTO bench_floor (words) VALUES (:words)")


def bare_page() -> Callable[[], None]:
    """A Flask application with one view that returns a text."""
    app = Flask("floor")

    @app.get("/")
    def page() -> str:
        return PAGE

    client = app.test_client()

    def call() -> None:
        assert client.get("/").status_code == 200

    return call


def bare_insert(url: str) -> tuple[Callable[[], None], Engine]:
    """A Flask application with one view that keeps one row as durably as we keep a report."""
    engine = create_engine(url, **engine_options(sqlite=url.startswith("sqlite")))
    prepare(engine)
    number = "INTEGER PRIMARY KEY" if engine.dialect.name == "sqlite" else "SERIAL PRIMARY KEY"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE TABLE IF NOT EXISTS bench_floor (id {number}, words TEXT)"))
    app = Flask("floor")

    @app.post("/")
    def keep() -> str:
        with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            connection.execute(INSERT, {"words": "夜间有刺激性气味" * 10})
        return PAGE

    client = app.test_client()

    def call() -> None:
        assert client.post("/").status_code == 200

    return call, engine


def served_insert() -> Flask:
    """The same for a server's workers: the database is named by BENCH_URL, the engine is made after the fork."""
    url = os.environ["BENCH_URL"]
    engine = create_engine(url, **engine_options(sqlite=url.startswith("sqlite")))
    prepare(engine)
    app = Flask("floor")

    @app.get("/")
    def page() -> str:
        return PAGE

    @app.post("/")
    def keep() -> str:
        with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            connection.execute(INSERT, {"words": request.form["description"]})
        return PAGE

    return app
