"""What the doors of GeoReport have in common: two endings, errors in the asked form, readable from any site."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response

from app.exchange import schemas
from app.exchange.writing import fault
from app.kernel.errors import Refused
from app.web.described import Query, Schema, described, faults_under
from app.web.guards import public
from app.web.language import sentence
from app.web.security import may_be_kept, open_to_all

ENDING = "<any(json, xml):ending>"
A_MINUTE = 60
TAG = "Open311 GeoReport v2"
View = Callable[..., Response]

faults_under("/open311/", fault)


def reading(summary: str, schema: Schema, told: str, *queries: Query) -> Callable[[View], View]:
    """A door that everybody may read, from whatever site."""

    def mark(view: View) -> View:
        asked = [schemas.JURISDICTION, schemas.LANGUAGE, *queries]
        kinds = schemas.answers(schema, told)
        marked = described(summary, answers=kinds, queries=asked, tags=[TAG], fault=fault, faults=schemas.FAULTS)
        return public(open_to_all(may_be_kept(A_MINUTE)(marked(told_in_form(view)))))

    return mark


def told_in_form(view: View) -> View:
    """What the service refuses is a 400 here. The ending of the address is read where answers are written."""

    @wraps(view)
    def told(ending: str, **more: Any) -> Response:  # noqa: ARG001
        try:
            return view(**more)
        except Refused as error:
            return fault(400, sentence(error.message, error.params))

    return told
