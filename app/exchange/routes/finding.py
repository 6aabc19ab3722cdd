"""Open311 GeoReport v2, the reading doors: discovery, services, definitions, published requests, tokens."""

from typing import Any

from flask import Response, request, url_for

from app.exchange import blueprint, presenting, queries, schemas
from app.exchange.forms import line, wanted
from app.exchange.routes.georeport import ENDING, reading
from app.exchange.writing import JSON, XML, answer
from app.kernel import clock
from app.kernel.errors import N_, NotFound
from app.web.described import Query
from app.web.language import sentence

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"


@blueprint.get(f"/open311/discovery.{ENDING}")
@blueprint.get(f"/open311/v2/discovery.{ENDING}")
@reading("Where the doors of GeoReport v2 are", schemas.DISCOVERY, "Service discovery.")
def discovery() -> Response:
    day = f"{clock.today().isoformat()} 00:00"  # the services follow the inspections, day by day
    endpoint = {
        "specification": SPECIFICATION,
        "url": url_for("exchange.discovery", ending="xml", _external=True).partition("/open311/")[0] + "/open311/v2",
        "changeset": day,
        "type": "production",
        "formats": [XML, JSON],
    }
    return answer(
        "discovery",
        {
            "changeset": day,
            "contact": _contact(),
            "key_service": sentence(
                N_("Reports are taken without a key, too. For a key please turn to whoever runs this site.")
            ),
            "endpoints": [endpoint],
        },
    )


@blueprint.get(f"/open311/v2/services.{ENDING}")
@reading("What can be reported", schemas.SERVICES, "The pollution types of an inspection.")
def services() -> Response:
    here = queries.jurisdiction(line(request.args, "jurisdiction_id"))
    offered = [
        presenting.service_fields(one, asks=bool(queries.questions_of(here, one.code)))
        for one in queries.services_of(here)
    ]
    return answer("services", offered)


@blueprint.get(f"/open311/v2/services/<service_code>.{ENDING}")
@reading("What is asked in addition about a service", schemas.DEFINITION, "Its questions; nobody has to answer.")
def definition(service_code: str) -> Response:
    here = queries.jurisdiction(line(request.args, "jurisdiction_id"))
    found = queries.service(here, service_code)
    asked = queries.questions_of(here, found.code)
    return answer("service_definition", presenting.definition_fields(found.code, asked))


@blueprint.get(f"/open311/v2/requests.{ENDING}")
@reading(
    "Published cases",
    schemas.REQUESTS,
    "The newest first, at most 1000. Nothing that is not published is among them.",
    Query("service_request_id", "Numbers, separated by commas; overrides all that follows."),
    Query("service_code", "Services, separated by commas."),
    Query("start_date", "Received on or after; without end_date, the 90 days that follow.", schemas.MOMENT),
    Query("end_date", "Received on or before; without both, the last 90 days.", schemas.MOMENT),
    Query("status", "open, closed, or both with a comma.", schemas.STATUS),
    Query("page", "From 1 on.", schemas.or_empty({"type": "integer", "minimum": 1, "maximum": 1_000_000})),
    Query("page_size", "Rows on a page.", schemas.or_empty({"type": "integer", "minimum": 1, "maximum": 1000})),
)
def requests() -> Response:
    here, asked = queries.jurisdiction(line(request.args, "jurisdiction_id")), wanted(request.args)
    rows = queries.published(here, asked)
    return _told([presenting.request_fields(row, here, asked.services) for row in rows])


@blueprint.get(f"/open311/v2/requests/<service_request_id>.{ENDING}")
@reading("One published case", schemas.REQUESTS, "The case; all of them, where a report was divided into several.")
def single(service_request_id: str) -> Response:
    here = queries.jurisdiction(line(request.args, "jurisdiction_id"))
    rows = queries.published_as(here, service_request_id.replace("\x00", ""))
    return _told([presenting.request_fields(row, here) for row in rows])


@blueprint.get(f"/open311/v2/tokens/<token_id>.{ENDING}")
@reading("The number behind a token", schemas.TAKEN, "Never answered: every report gets its number at once.")
def token(token_id: str) -> Response:  # noqa: ARG001  (there is none to look up)
    queries.jurisdiction(line(request.args, "jurisdiction_id"))
    raise NotFound(N_("No token is ever given here: every report gets its service_request_id at once."))


def _told(rows: list[dict[str, Any]]) -> Response:
    return answer("service_requests", rows)


def _contact() -> str:
    found = [one for one in queries.open_inspections() if one.settings.telephone]
    return "; ".join(f"{one.title} {one.settings.telephone}" for one in found) or "12345, 12369"
