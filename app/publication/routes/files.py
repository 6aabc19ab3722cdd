"""The table as files: as it is printed, as data under keys that stay, and what each of these keys means."""

from collections.abc import Iterator
from typing import Any

from flask import Response, current_app, render_template, url_for

from app.domain.inspection import Inspection
from app.domain.tables.opendata import FIELDS, OpenField, codes_of
from app.kernel import clock
from app.publication import blueprint
from app.publication.queries.cases import disclosed
from app.publication.queries.opendata import Dataset, table_of
from app.publication.routes.narrowing import A_MINUTE, NARROWING, read_filters
from app.web.described import described
from app.web.guards import public
from app.web.inspecting import public_inspection
from app.web.named import named
from app.web.printed import TABLE_ANSWERS, send_table
from app.web.security import may_be_kept
from app.web.written import GEOJSON, JSON, KNOWN, send_json, send_list

NAME = "cases"
COLLECTION = {"type": "object", "required": ["type", "features"]}
DOCUMENT = {
    "type": "object",
    "required": ["inspection", "cases", "shown", "total"],
    "properties": {"cases": {"type": "array"}, "shown": {"type": "integer"}, "total": {"type": "integer"}},
}
DICTIONARY = {"type": "object", "required": ["fields"], "properties": {"fields": {"type": "array"}}}


@blueprint.get("/disclosure.<any(xlsx, csv):ending>")
@public
@may_be_kept(A_MINUTE)
@described("The disclosure table with its printed headings", answers=TABLE_ANSWERS, queries=NARROWING)
def disclosed_file(ending: str) -> Response:
    """What the table shows with these filters; the file says of how many."""
    form, inspection = read_filters()
    return send_table(disclosed(inspection, form.narrowed()), ending)


@blueprint.get("/cases.<any(xlsx, csv):ending>")
@public
@may_be_kept(A_MINUTE)
@described("The published cases under the keys of the data dictionary", answers=TABLE_ANSWERS, queries=NARROWING)
def cases_table(ending: str) -> Response:
    form, inspection = read_filters()
    return send_table(table_of(inspection, form.narrowed()), ending)


@blueprint.get("/cases.json")
@public
@may_be_kept(A_MINUTE)
@described(
    "The published cases under the keys of the data dictionary",
    answers={200: (JSON, "Every case that fits; `shown` of `total`.", DOCUMENT), **KNOWN},
    queries=NARROWING,
    tags=("publication",),
)
def cases_json() -> Response:
    form, inspection = read_filters()
    data = Dataset(inspection, form.narrowed())
    rows = (kept | {"address": _address(kept)} for kept, _point in data)
    return send_list(
        _head(inspection), "cases", rows, lambda: _count(data), media=JSON, file=f"{NAME}-{inspection.code}.json"
    )


@blueprint.get("/cases.geojson")
@public
@may_be_kept(A_MINUTE)
@described(
    "The published cases as features",
    answers={200: (GEOJSON, "A case without a public point has no geometry.", COLLECTION), **KNOWN},
    queries=NARROWING,
    tags=("publication",),
)
def cases_geojson() -> Response:
    form, inspection = read_filters()
    data = Dataset(inspection, form.narrowed())
    head = {"type": "FeatureCollection", **_head(inspection)}
    file = f"{NAME}-{inspection.code}.geojson"
    return send_list(head, "features", _features(data), lambda: _count(data), media=GEOJSON, file=file)


@blueprint.get("/data")
@public
@may_be_kept(A_MINUTE)
def data() -> str:
    return render_template(
        "publication/data.html",
        inspection=public_inspection(),
        fields=FIELDS,
        codes_of=codes_of,
        named=named,
        licence=_licence(),
    )


@blueprint.get("/data.json")
@public
@may_be_kept(A_MINUTE)
@described(
    "The data dictionary: each field's key, headings, kind, meaning, example and codes",
    answers={200: (JSON, "The fields in the order of the columns.", DICTIONARY), **KNOWN},
    tags=("publication",),
)
def dictionary() -> Response:
    return send_json({"licence": _licence(), "fields": [_field(field) for field in FIELDS]})


def _features(data: Dataset) -> Iterator[dict[str, Any]]:
    for kept, point in data:
        place = {"type": "Point", "coordinates": [point[1], point[0]]} if point else None
        yield {"type": "Feature", "geometry": place, "properties": kept | {"address": _address(kept)}}


def _address(kept: dict[str, Any]) -> str:
    return url_for("publication.case", number=kept["number"], inspection=kept["inspection"], _external=True)


def _head(inspection: Inspection) -> dict[str, Any]:
    return {
        "inspection": inspection.code,
        "title": inspection.title,
        "made_on": clock.today().isoformat(),
        "licence": _licence(),
        "dictionary": url_for("publication.dictionary", _external=True),
    }


def _count(data: Dataset) -> dict[str, int]:
    return {"shown": data.shown, "total": data.total}


def _field(field: OpenField) -> dict[str, Any]:
    told = {"key": field.key, "heading": {"zh": field.zh, "en": field.en}, "kind": field.kind}
    meaning = {"zh": field.meaning_zh, "en": field.meaning_en}
    return told | {"meaning": meaning, "example": field.example, "codes": codes_of(field)}


def _licence() -> dict[str, str]:
    """Under which terms the data may be used: a setting of the installation."""
    site = current_app.extensions["installation"].settings.site
    return {"zh": site.licence_zh, "en": site.licence_en}
