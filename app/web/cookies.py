"""Cookies by the house's rules: locked to the host in production, plain names over http in development."""

from flask import Flask, Response, current_app

PREFIX = "__Host-"


def init(app: Flask, *, production: bool) -> None:
    app.config.update(
        SESSION_COOKIE_NAME=(PREFIX if production else "") + "hotline",
        SESSION_COOKIE_SECURE=production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_COOKIE_DOMAIN=None,
    )


def cookie_name(name: str) -> str:
    """The full name of a cookie of ours."""
    return (PREFIX if current_app.config["SESSION_COOKIE_SECURE"] else "") + name


def set_cookie(response: Response, name: str, value: str, *, max_age: int | None = None) -> None:
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=max_age,
        path="/",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
