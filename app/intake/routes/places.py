"""The boundaries of a locality's counties, for the maps: our own file, no other host."""

import json

from flask import Response

from app.domain.geography import boundaries as kept_boundaries
from app.intake import blueprint
from app.intake.queries import areas
from app.kernel.errors import NotFound
from app.web.described import described
from app.web.guards import public
from app.web.security import may_be_kept
from app.web.written import GEOJSON, send_json

A_DAY = 24 * 60 * 60


@blueprint.get("/places/<locality>.geojson")
@public
@may_be_kept(A_DAY)
@described(
    "The counties of an inspected locality with their boundaries, simplified, in CGCS2000",
    answers={200: (GEOJSON, "A FeatureCollection of polygons with code, name and name_en.")},
    tags=("places",),
)
def boundaries(locality: str) -> Response:
    """Raises NotFound where no boundaries of this locality are known."""
    found = kept_boundaries(locality)
    if found is None:
        raise NotFound
    told = json.loads(found.text)
    names = {area.code: area for area in areas(locality)}
    for feature in told["features"]:
        code = str(feature["properties"]["code"])
        name, name_en = (names[code].zh, names[code].en) if code in names else (code, code)
        feature["properties"] = {"code": code, "name": name, "name_en": name_en}
    return send_json(told, GEOJSON)
