"""/openapi.json: whole, and the same thing the doors say."""

from app.exchange.document import document
from tests.support.browsing import browse


def test_anybody_may_read_the_document_and_keep_it_a_while(app):
    page = browse(app).get("/openapi.json")
    assert page.headers["Content-Type"] == "application/json"
    assert page.headers["Cache-Control"] == "public, max-age=60"
    assert "/openapi.json" in page


def test_the_document_names_every_parameter_of_its_addresses(app):
    for path, doors in document(app)["paths"].items():
        for method, door in doors.items():
            named = {one["name"] for one in door["parameters"] if one["in"] == "path"}
            assert all(f"{{{name}}}" in path for name in named), (method, path)
            assert path.count("{") == len(named), (method, path)


def test_no_two_doors_of_the_document_share_a_name(app):
    names = [door["operationId"] for doors in document(app)["paths"].values() for door in doors.values()]
    assert len(names) == len(set(names))
