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
LANGUAGE = Query("lang", "zh (else) or en.", {"enum": ["zh", "en"]})
MOMENT: Schema = {"type": "string", "format": "date-time"}


def answers(schema: Schema, told: str) -> dict[int, Answer]:
    """200 with this content; 400 and 404 as GeoReport writes errors."""
    return {
        200: Answer(told, {JSON: schema, XML: {}}),
        400: Answer("Something is missing or cannot be read; the description says what.", FAULTS),
        404: Answer("There is no such jurisdiction, service, address or published request.", FAULTS),
    }
