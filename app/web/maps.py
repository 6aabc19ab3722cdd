"""Maps on pages: whose tiles are under them, and the one exception this makes to “no request leaves the origin”.

Without a setting there are no tiles: boundaries are drawn from our own file. Where an office names a provider, pages
with a map, and only those, may fetch pictures from that host (ADR 0012).
"""

from urllib.parse import urlsplit

from flask import Flask, Response, g

from app.domain.geography import boundaries
from app.settings import Maps, Settings
from app.web.security import POLICY

MARK = "hotline_map"
PICTURES = "img-src 'self'"


def hosts(maps: Maps) -> list[str]:
    """The origins the tiles come from; {s} stands for any of a provider's servers."""
    found = []
    for template in maps.tiles:
        parts = urlsplit(template.replace("{s}", "*"))
        found.append(f"{parts.scheme}://{parts.netloc}")
    return list(dict.fromkeys(found))


def init(app: Flask, settings: Settings) -> None:
    maps = settings.maps
    allowed = POLICY.replace(PICTURES, " ".join([PICTURES, *hosts(maps)]))

    def map_tiles() -> str:
        """The templates of the tiles for this page's map, one after the other; the page may now fetch them."""
        g.setdefault(MARK, maps.tiles != ())
        return " ".join(maps.tiles)

    def map_source(locality: str) -> str:
        """Whose map it is, and its number of approval 审图号."""
        found = boundaries(locality)
        told = [found.source, found.approval] if found else []
        return "；".join(one for one in [*told, maps.attribution] if one)

    app.jinja_env.globals.update(map_tiles=map_tiles, map_source=map_source)

    @app.after_request
    def allow_tiles(response: Response) -> Response:
        if g.get(MARK):
            response.headers["Content-Security-Policy"] = allowed
        return response
