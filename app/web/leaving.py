"""Leaving quickly: what this browser holds of a citizen is forgotten. Whoever is signed in stays so."""

from flask import request, session

from app.web.guards import signed_in_actor
from app.web.inspecting import CHOSEN
from app.web.language import REMEMBERED

STAFF = (CHOSEN, REMEMBERED, "csrf_token")


def forget_citizen() -> None:
    """Not when a page of another site asks for it: nobody else takes a receipt away."""
    if request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
        return
    staff = signed_in_actor() is not None
    for name in list(session):
        if not (staff and (name.startswith("_") or name in STAFF)):
            del session[name]
