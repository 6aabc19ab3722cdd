"""GeoReport's fields, in its order, from our rows; in the reader's language where both are known."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from app.domain import catalogue
from app.domain.expected import feedback_expected
from app.domain.inspection import Inspection
from app.exchange.queries import PublishedRequest
from app.kernel import clock
from app.web.language import in_chinese, term
from app.web.named import named

Fields = dict[str, Any]
OTHER = "other"


def service_fields(entry: catalogue.Entry, *, asks: bool) -> Fields:
    tags = [named(tag) for tag in catalogue.tags().values() if tag.parent == entry.code]
    plain, example = (entry.plain_zh, entry.example_zh) if in_chinese() else (entry.plain_en, entry.example_en)
    return {
        "service_code": entry.code,
        "service_name": named(entry),
        "description": " ".join(filter(None, (plain, example))),
        "metadata": asks,
        "type": "realtime",
        "keywords": ", ".join([named(entry), *tags]),
        "group": "生态环境" if in_chinese() else "Environment",
    }


def definition_fields(code: str, questions: Sequence[catalogue.Question]) -> Fields:
    return {
        "service_code": code,
        "attributes": [_attribute(place, one) for place, one in enumerate(questions, 1)],
    }


def _attribute(place: int, asked: catalogue.Question) -> Fields:
    told: Fields = {
        "variable": True,
        "code": asked.code,
        "datatype": "singlevaluelist" if asked.choices else "string",
        "required": False,
        "datatype_description": None,
        "order": place,
        "description": named(asked),
    }
    return told | {"values": [{"key": one.zh, "name": named(one)} for one in asked.choices]} if asked.choices else told


def request_fields(row: PublishedRequest, inspection: Inspection, preferred: Sequence[str] = ()) -> Fields:
    """`preferred` are the services that were asked for: a case of several types is shown under one of them."""
    code = _service_code(row, inspection, preferred)
    due = feedback_expected(inspection, row.received_on + timedelta(days=1)) if row.received_on else None
    return {
        "service_request_id": row.number,
        "status": "closed" if row.closed else "open",
        "status_notes": "\n".join(filter(None, (term(row.verdict), row.findings, row.handling))),
        "service_name": named(catalogue.types().get(code)),
        "service_code": code,
        "description": row.problem,
        "agency_responsible": None,
        "service_notice": None,
        "requested_datetime": _midnight(row.received_on),
        "updated_datetime": _midnight(row.published_on),
        "expected_datetime": _midnight(due),
        "address": row.area,
        "address_id": row.area_code or None,
        "zipcode": None,
        "lat": row.point[0] if row.point else None,
        "long": row.point[1] if row.point else None,
        "media_url": None,
    }


def _service_code(row: PublishedRequest, inspection: Inspection, preferred: Sequence[str]) -> str:
    parents = {tag.code: tag.parent or OTHER for tag in catalogue.tags().values()}
    kinds = [parents.get(code, code) for code in row.types]
    known = [code for code in kinds if code in inspection.settings.types and code in catalogue.types()]
    return next((code for code in known if code in preferred), known[0] if known else OTHER)


def _midnight(day: date | None) -> str | None:
    """The first moment of a local day: what is told of a date is the date."""
    return clock.local(clock.at_local(day, time.min)).isoformat() if day else None
