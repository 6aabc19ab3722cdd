"""The doors of casework. Who comes through is said here; what they see there is the scope's matter."""

from app.casework.routes import (
    acting,
    gate,
    listing,
    opening,
    pictures,
    publishing,
    reading,
    replying,
    searching,
    together,
)

__all__ = [
    "acting",
    "gate",
    "listing",
    "opening",
    "pictures",
    "publishing",
    "reading",
    "replying",
    "searching",
    "together",
]
