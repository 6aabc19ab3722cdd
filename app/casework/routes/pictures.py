"""The door for files of a case: safe copies of what the reporter sent; the unit's own, its documents as they came."""

from flask import Response, current_app

from app.casework import blueprint
from app.casework.queries.pictures import REPLY, safe_copy
from app.casework.routes.listing import READERS
from app.web.described import SAFE_KINDS, described
from app.web.guards import current_actor, door
from app.web.pictures import for_the_team, picture


@blueprint.get("/attachments/<token>")
@door(*READERS)
@described(
    "A file of a case: its safe copy, or a document of the unit's as it was received",
    answers={200: ((*SAFE_KINDS, "application/octet-stream"), "The file.")},
    tags=("files",),
)
def attachment(token: str) -> Response:
    house, found = current_app.extensions["installation"], safe_copy(current_actor(), token)
    return for_the_team(house, found) if found.noun == REPLY else picture(house.files, found)
