"""The door that says what every door for machines answers."""

from flask import Response, current_app, jsonify

from app.exchange import blueprint
from app.exchange.document import document
from app.web.described import described
from app.web.guards import public
from app.web.security import may_be_kept, open_to_all

A_MINUTE = 60


@blueprint.get("/openapi.json")
@public
@open_to_all
@may_be_kept(A_MINUTE)
@described("This document", answers={200: ("application/json", "OpenAPI 3.1.")}, tags=["description"])
def openapi() -> Response:
    return jsonify(document(current_app))
