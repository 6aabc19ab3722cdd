"""Numbers in addresses: one that no row can have is no address, on either database."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """`<int:…>` of every address, bounded by what a row's number can be."""

    def __init__(self, url_map: Map, *args: Any, **more: Any) -> None:
        super().__init__(url_map, *args, **({"max": LARGEST} | more))


def init(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber
