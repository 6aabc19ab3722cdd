"""督察热线: the hotline of an environmental-inspection team, from the telephone to the signed-off rectification."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(**overrides: Any) -> "Flask":
    """Build the WSGI application; `overrides` replace single settings (tests and commands use this)."""
    from app.factory import build

    return build(**overrides)
