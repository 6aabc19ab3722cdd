"""What a search page was asked for, as its address says it."""

from flask import request

from app.domain.search import Sought
from app.kernel import text


def read_sought() -> Sought:
    """Words, area and page of the address; what is none of them is left out."""
    given = request.args
    return Sought(text.one_line(given.get("q", "")), given.get("area", ""), given.get("page", ""))
