"""Every door that answers programs is in /openapi.json, and answers as it says there."""

import pytest
from flask import Response

from app.exchange.document import described_doors
from app.web.guards import entry_of
from tests.support.browsing import browse
from tests.support.cast import PEOPLE
from tests.support.parameters import own_ways, values_of
from tests.support.truth import untruth

LOGINS = [login for login, *_ in PEOPLE]


def browser_for(app, cast, rule):
    entry = entry_of(app, rule.endpoint)
    login = next((one for one in LOGINS if entry.admits(cast[one])), "inspector")
    return browse(app) if entry.public else browse(app).as_(cast, login)


def test_every_described_door_answers_as_it_says(app, cast, world):
    for rule, method, _mark in described_doors(app):
        if method == "GET":
            for values in own_ways(values_of(world, rule)):
                with app.test_request_context():
                    path = app.url_map.bind("localhost").build(rule.endpoint, values)
                browser_for(app, cast, rule).get(path, None)  # the browser itself objects to an untruth


def test_every_door_that_answers_otherwise_than_with_a_page_is_described(app, cast, world):
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint != "static":
            values = next(own_ways(values_of(world, rule)))
            with app.test_request_context():
                path = app.url_map.bind("localhost").build(rule.endpoint, values, method="GET")
            browser_for(app, cast, rule).get(path, None)


def test_a_door_that_does_not_describe_its_answer_is_found_out(app):
    response = app.test_client().get("/healthz")
    view = app.view_functions["accounts.pulse"]
    marks, view._hotline_described = view._hotline_described, ()
    try:
        assert "is not described" in untruth(app, "/healthz", "GET", response)
    finally:
        view._hotline_described = marks


@pytest.mark.parametrize(("status", "media"), [(418, "text/plain"), (200, "image/gif")])
def test_an_answer_that_was_not_promised_is_found_out(app, status, media):
    response = app.test_client().response_wrapper(
        iter([b"x"]), str(status), Response(mimetype=media).headers, request=None
    )
    assert untruth(app, "/healthz", "GET", response)


def test_an_error_is_a_page_for_a_browser_and_a_problem_for_a_program(app, cast, world):
    browser = browse(app).as_(cast, "supervisor")
    missing = "/staff/supervision/tables/no-such-thing.csv"
    assert browser.get(missing, 404).headers["Content-Type"] == "application/problem+json"
    assert browser.get(missing, 404, headers={"Accept": "text/html,*/*"}).is_html
