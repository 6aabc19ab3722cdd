"""Where and how much: the map with its table and its GeoJSON, the charts with theirs."""

from dataclasses import replace
from typing import Any

from flask import Response, render_template, url_for

from app.domain.inspection import Inspection
from app.domain.tables.disclosure import Narrowed
from app.publication import blueprint
from app.publication.charting import charts
from app.publication.queries.cases import count_by_area
from app.publication.queries.figures import charted
from app.publication.queries.places import spots
from app.publication.routes.narrowing import A_MINUTE, NARROWING, carried, read_filters
from app.web.described import described
from app.web.guards import public
from app.web.inspecting import public_inspection
from app.web.named import named
from app.web.security import may_be_kept
from app.web.written import GEOJSON, KNOWN, send_json


@blueprint.get("/map")
@public
@may_be_kept(A_MINUTE)
def on_map() -> str:
    form, inspection = read_filters()
    wanted, kept = form.narrowed(), carried(form)
    counts = count_by_area(inspection, wanted)
    return render_template(
        "publication/map.html",
        inspection=inspection,
        form=form,
        several=len(form.inspection.choices) > 1,
        narrowed=replace(wanted, words="") != Narrowed(),
        areas=[(area, count, _cases(kept, area.code)) for area, count in counts],
        total=sum(count for _area, count in counts),
        spots=spots(inspection, wanted),
        places=url_for("publication.places_file", **kept),
        names={area.code: area for area, _count in counts},
        kept=kept,
        named=named,
    )


@blueprint.get("/places.geojson")
@public
@may_be_kept(A_MINUTE)
@described(
    "Counties with their published cases, and the cells of the map's grid that hold some",
    answers={200: (GEOJSON, "A county's feature has no geometry, a cell's is its middle."), **KNOWN},
    queries=NARROWING,
    tags=("publication",),
)
def places_file() -> Response:
    form, inspection = read_filters()
    wanted, kept = form.narrowed(), carried(form)
    counties = [_county(area, count, _cases(kept, area.code)) for area, count in count_by_area(inspection, wanted)]
    cells = [_cell(spot, inspection) for spot in spots(inspection, wanted)]
    return send_json({"type": "FeatureCollection", "features": counties + cells}, GEOJSON)


@blueprint.get("/charts")
@public
@may_be_kept(A_MINUTE)
def in_charts() -> str:
    inspection = public_inspection()
    return render_template(
        "publication/charts.html", inspection=inspection, charts=charts(inspection, charted(inspection))
    )


def _cases(kept: dict[str, Any], area: str) -> str:
    return url_for("publication.cases", **kept | {"area": area})


def _county(area: Any, count: int, href: str) -> dict[str, Any]:
    told = {"kind": "area", "code": area.code, "name": area.zh, "name_en": area.en, "count": count, "href": href}
    return {"type": "Feature", "geometry": None, "properties": told}


def _cell(spot: Any, inspection: Inspection) -> dict[str, Any]:
    cases = [
        {"number": number, "href": url_for("publication.case", number=number, inspection=inspection.code)}
        for number in spot.numbers
    ]
    point = {"type": "Point", "coordinates": [spot.longitude, spot.latitude]}
    told = {"kind": "point", "area": spot.area_code, "count": len(cases), "cases": cases}
    return {"type": "Feature", "geometry": point, "properties": told}
