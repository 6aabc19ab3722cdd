"""The door for pictures: safe copies only, to those who may see the case."""

from flask import Response, current_app

from app.casework import blueprint
from app.casework.queries.pictures import safe_copy
from app.casework.routes.listing import READERS
from app.web.described import kept_file
from app.web.guards import current_actor, door
from app.web.pictures import picture


@blueprint.get("/attachments/<token>")
@door(*READERS)
@kept_file
def attachment(token: str) -> Response:
    return picture(current_app.extensions["installation"].files, safe_copy(current_actor(), token))
