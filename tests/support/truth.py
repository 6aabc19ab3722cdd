"""Whether a door for machines says what it answers: asked of every answer that any test fetches."""

from fnmatch import fnmatch

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from app.exchange.document import answers_of
from app.web.described import PAGE, description_of, media_of
from app.web.guards import entry_of

REDIRECTS = range(300, 400)


def untruth(app: Flask, path: str, method: str, response: TestResponse) -> str:
    """What an answer has that its door does not say; empty when there is nothing to object to."""
    try:
        rule, _values = app.url_map.bind("localhost").match(path.partition("?")[0], method, return_rule=True)
    except HTTPException:  # no door, or one that leads on
        return ""
    if rule.endpoint == "static":
        return ""
    status, media = response.status_code, media_of(response)
    mark = description_of(app.view_functions[rule.endpoint], method)
    if mark is None:
        silent = media == PAGE or status in REDIRECTS or not response.get_data()
        return "" if silent else f"{rule.endpoint} answers {media} and is not described (app/web/described.py)"
    told = answers_of(rule, method, mark, entry_of(app, rule.endpoint))
    if status not in told:
        return f"{rule.endpoint} answers {status}; described are {sorted(told)}"
    known = told[status].content
    if known and not any(fnmatch(media, one) for one in known) and method != "HEAD" and status not in REDIRECTS:
        return f"{rule.endpoint} answers {status} as {media}; described are {sorted(known)}"
    return ""
