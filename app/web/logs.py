"""Logs hold allow-listed keys only: no body, no query string, nothing of a person (docs: trust)."""

import logging
import sys
import time
from collections.abc import Mapping, MutableMapping
from typing import Any
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request

ALLOWED = frozenset(
    {"event", "level", "time", "method", "endpoint", "status", "ms", "request_id", "person_id", "error", "where"},
)
log: structlog.stdlib.BoundLogger = structlog.get_logger("hotline")


def only_allowed(_logger: Any, _method: str, told: MutableMapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in told.items() if key in ALLOWED}


def configure() -> None:
    """One JSON line for each thing that happened, on standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            only_allowed,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),  # looked up each time: it may be redirected
    )
    # The development server's own lines would show query strings.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)


def init(app: Flask) -> None:
    configure()

    @app.before_request
    def begin() -> None:
        g.request_id = uuid4().hex[:12]
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        if request.endpoint != "static":
            log.info(
                "request",
                method=request.method,
                endpoint=request.endpoint,
                status=response.status_code,
                ms=round((time.perf_counter() - g.began) * 1000),
                request_id=g.request_id,
                person_id=g.get("person_id"),
            )
        return response
