"""What GeoReport's answers and parameters look like, for /openapi.json."""

from app.exchange.writing import JSON, XML
from app.web.described import Answer, Query, Schema

TEXT: Schema = {"type": "string"}
MAYBE: Schema = {"type": ["string", "null"]}
DEGREES: Schema = {"type": ["number", "null"]}


def rows(**fields: Schema) -> Schema:
    return {"type": "array", "items": record(**fields)}


def record(**fields: Schema) -> Schema:
    return {"type": "object", "required": list(fields), "properties": fields}


ERRORS = rows(code={"type": "integer"}, description=TEXT)
FAULTS: dict[str, Schema] = {JSON: ERRORS, XML: {}}
SERVICES = rows(
    service_code=TEXT,
    service_name=TEXT,
    description=TEXT,
    metadata={"type": "boolean"},
    type={"const": "realtime"},
    keywords=TEXT,
    group=TEXT,
)
DEFINITION = record(
    service_code=TEXT,
    attributes=rows(
        variable={"type": "boolean"},
        code=TEXT,
        datatype={"enum": ["string", "singlevaluelist"]},
        required={"type": "boolean"},
        order={"type": "integer", "minimum": 1},
        description=TEXT,
    ),
)
REQUESTS = rows(
    service_request_id=TEXT,
    status={"enum": ["open", "closed"]},
    status_notes=TEXT,
    service_name=TEXT,
    service_code=TEXT,
    description=TEXT,
    agency_responsible=MAYBE,
    service_notice=MAYBE,
    requested_datetime=MAYBE,
    updated_datetime=TEXT,
    expected_datetime=MAYBE,
    address=TEXT,
    address_id=MAYBE,
    zipcode=MAYBE,
    lat=DEGREES,
    long=DEGREES,
    media_url=MAYBE,
)
TAKEN = rows(service_request_id=TEXT, service_notice=TEXT, account_id={"type": "null"})
DISCOVERY = record(
    changeset=TEXT,
    contact=TEXT,
    key_service=TEXT,
    endpoints=rows(
        specification=TEXT, url=TEXT, changeset=TEXT, type={"const": "production"}, formats={"type": "array"}
    ),
)

JURISDICTION = Query("jurisdiction_id", "Code of an inspection; may be left out while only one is open.")
LANGUAGE = Query("lang", "en for English; else Chinese.")
DAY = "(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
HOUR = r"T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?"
ZONE = "(Z|[+-](0[0-9]|1[0-3]):?[0-5][0-9])?"
MOMENT: Schema = {"type": "string", "pattern": f"^({DAY}({HOUR}{ZONE})?)?$"}
"""A W3C date of this century or the last; an empty parameter is none."""
STATUS: Schema = {"type": "string", "pattern": "^(open|closed)?(,(open|closed)?)*$"}
VISIBLE = r"[^\s\x00-\x1f\x7f-\x9f\ufeff\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069]"
"""Something to be read (app/kernel/text.py)."""


def or_empty(schema: Schema) -> Schema:
    """A parameter whose empty value is none (GeoReport: Optional Arguments)."""
    return {"anyOf": [schema, {"const": ""}]}


def answers(schema: Schema, told: str) -> dict[int, Answer]:
    """200 with this content; 400 and 404 as GeoReport writes errors."""
    return {
        200: Answer(told, {JSON: schema, XML: {}}),
        400: Answer("Something is missing or cannot be read; the description says what.", FAULTS),
        404: Answer("There is no such jurisdiction, service, address or published request.", FAULTS),
    }
