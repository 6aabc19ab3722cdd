"""Open311 GeoReport v2, the door that takes reports: with a system's key, or without."""

from flask import Response, current_app, request, url_for
from werkzeug.datastructures import CombinedMultiDict

from app.domain.people import CITIZEN
from app.exchange import blueprint, schemas, services
from app.exchange.forms import stated
from app.exchange.routes.georeport import ENDING, TAG, told_in_form
from app.exchange.schemas import VISIBLE
from app.exchange.writing import answer, fault
from app.kernel.errors import N_
from app.web import pressure
from app.web.described import Answer, Body, Query, Schema, described
from app.web.guards import public
from app.web.language import sentence
from app.web.security import csrf, open_to_all

TEXT: Schema = {"type": "string"}
SEEN: Schema = {"type": "string", "pattern": VISIBLE}
WRITTEN: Schema = {
    "type": "string",
    "pattern": r"^([+-]?[0-9]{1,3}(\.[0-9]{0,30})?([eE][+-]?[0-9]{1,3})?)?$",
}
"""A number as a form brings it; an empty one is none."""
LATITUDE: Schema = {"anyOf": [{"type": "number", "minimum": -90, "maximum": 90}, WRITTEN]}
LONGITUDE: Schema = {"anyOf": [{"type": "number", "minimum": -180, "maximum": 180}, WRITTEN]}
PLACE: Schema = {"type": "string", "maxLength": 500}
FORM: Schema = {
    "type": "object",
    "required": ["service_code", "description"],
    "anyOf": [
        {"required": ["lat", "long"]},
        {"required": ["address_string"], "properties": {"address_string": {"pattern": VISIBLE}}},
        {"required": ["address_id"], "properties": {"address_id": {"pattern": VISIBLE}}},
    ],
    "properties": {
        "api_key": {"type": "string", "description": "Of a system that has one; a wrong one is refused."},
        "jurisdiction_id": TEXT,
        "service_code": SEEN,
        "description": {**SEEN, "maxLength": 20_000},
        "lat": {**LATITUDE, "description": "With long; WGS84."},
        "long": LONGITUDE,
        "address_string": PLACE,
        "address_id": {"type": "string", "description": "Code of a county or town (GB/T 2260)."},
        "first_name": TEXT,
        "last_name": TEXT,
        "email": TEXT,
        "phone": TEXT,
        "media_url": {"type": "string", "description": "Kept as words; nothing is fetched from there."},
        "device_id": {"type": "string", "description": "Not looked at, never kept."},
        "account_id": {"type": "string", "description": "Not looked at, never kept."},
    },
    "patternProperties": {r"^attribute\[[^\[\]]+\](\[\])?$": TEXT},
}
MEDIA: Schema = {"type": "string", "format": "binary"}
WITH_FILES: Schema = {**FORM, "properties": {**FORM["properties"], "media": MEDIA}}
ABOUT = (
    "The report is taken like one from the site's own form. service_request_id is its number; its query code, by which "
    "it can be followed and withdrawn, is in service_notice of this one answer: give it to the person. "
    "The same request again within ten minutes is the same report. Files sent along are its evidence: pictures, video, "
    "audio, documents; one that cannot be taken never keeps the report from being taken, and is named in the notice."
)
ATTEMPT = Query(
    "Idempotency-Key",
    "A random text of 16 to 200 visible characters: a repeated request then tells the query code again.",
    {"type": "string", "pattern": "^([!-~]{16,200})?$"},
    place="header",
)


@blueprint.post(f"/open311/v2/requests.{ENDING}")
@public
@open_to_all
@described(
    "Report something",
    answers={
        **schemas.answers(schemas.TAKEN, "Taken: its number, and the query code in the notice."),
        403: Answer("The api_key is not valid here.", schemas.FAULTS),
    },
    queries=[ATTEMPT],
    body=Body({"application/x-www-form-urlencoded": FORM, "multipart/form-data": WITH_FILES}),
    tags=[TAG],
    text=ABOUT,
    fault=fault,
    faults=schemas.FAULTS,
)
@told_in_form
def post() -> Response:
    said = CombinedMultiDict([request.form, request.args])  # some clients put everything into the address
    attempt = request.headers.get("Idempotency-Key", "")
    words = stated(said, attempt, [file for _, file in request.files.items(multi=True) if file])
    taken = services.take(current_app.extensions["installation"], CITIZEN, words, repeatable=bool(attempt))
    if not words.api_key:
        pressure.count_sender()
    told = {"service_request_id": taken.number, "service_notice": _notice(taken), "account_id": None}
    return answer("service_requests", [told])


csrf.exempt(post)  # no cookie speaks here: whoever sends it says everything in it


def _notice(taken: services.Taken) -> str:
    """With the files that were not taken, and why."""
    left_out = [f"{one.name}：{sentence(one.message, one.params)}" for one in taken.not_taken]
    return "\n".join([_about(taken), *left_out])


def _about(taken: services.Taken) -> str:
    if taken.test:
        return sentence(N_("A test: everything was in order, and nothing was kept."))
    if not taken.query_code:
        return sentence(N_("This report had been taken already. Its query code was in the first answer."))
    told = N_(
        "The team has your report. Please keep this query code, it is shown only now: %(code)s. "
        "With it you can follow your report at %(address)s. Pictures behind a link are not fetched."
    )
    return sentence(told, {"code": taken.query_code, "address": url_for("tracking.enter", _external=True)})
