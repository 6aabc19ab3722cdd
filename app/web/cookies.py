"""Cookies by the house's rules: locked to the host in production, plain names over http in development."""

from flask import Flask

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
