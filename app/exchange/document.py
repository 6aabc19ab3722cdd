"""The OpenAPI document of this application: every door that says what it answers, and what the floor adds to it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

from flask import Flask
from werkzeug.routing import AnyConverter, Rule
from werkzeug.routing.converters import NumberConverter

from app.web.described import PROBLEM_SCHEMA, TEXT, Answer, Description, description_of
from app.web.guards import Entry, entry_of
from app.web.inspecting import NAMED

Json = dict[str, Any]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OPEN = Entry(public=True)
PARAMETER = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
ABOUT = (
    "Every door of this installation that answers programs: open data, Open311 GeoReport v2, files. "
    "Doors under /staff need a signed-in session of the team. Unknown parameters are ignored."
)
SESSION = {
    "session": {"type": "apiKey", "in": "cookie", "name": "session", "description": "A session of a signed-in person."}
}


def document(app: Flask) -> Json:
    """OpenAPI 3.1, from the addresses and the marks of their views."""
    paths: dict[str, Json] = {}
    names = Counter[str]()
    for rule, method, mark in described_doors(app):
        entry = entry_of(app, rule.endpoint) or Entry()
        path = PARAMETER.sub(r"{\1}", rule.rule)
        told = paths.setdefault(path, {})[method.lower()] = _operation(rule, method, mark, entry)
        names[told["operationId"]] += 1
        if names[told["operationId"]] > 1:  # another address of the same view
            told["operationId"] += f".{names[told['operationId']]}"
    return {
        "openapi": "3.1.0",
        "info": {"title": "督察热线", "description": ABOUT, "version": version("hotline")},
        "servers": [{"url": "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": {"Problem": dict(PROBLEM_SCHEMA)}, "securitySchemes": SESSION},
    }


def described_doors(app: Flask) -> Iterator[tuple[Rule, str, Description]]:
    """Every address and method with a description."""
    for rule in app.url_map.iter_rules():
        for method in METHODS:
            mark = description_of(app.view_functions[rule.endpoint], method)
            if method in (rule.methods or ()) and mark is not None:
                yield rule, method, mark


def answers_of(rule: Rule, method: str, mark: Description, entry: Entry = OPEN) -> Mapping[int, Answer]:
    """What a door says it answers, and what the floor answers for it."""
    return {**{status: _fault(mark, text) for status, text in _by_the_floor(rule, method, mark, entry)}, **mark.answers}


def _by_the_floor(rule: Rule, method: str, mark: Description, entry: Entry) -> Iterator[tuple[int, str]]:
    if rule.arguments or any(query.name == NAMED for query in mark.queries):
        yield 404, "There is no such thing, or not for whoever asks."
    if not entry.public:
        yield (302, "Sign in first.") if method == "GET" else (401, "Sign in first.")
        yield 403, "This role may not."
    if method != "GET":
        yield 400, "What was sent could not be read, or came from nowhere."
        yield 413, "What was sent is too large."


def _fault(mark: Description, text: str) -> Answer:
    return Answer(text, dict(mark.faults))


def _operation(rule: Rule, method: str, mark: Description, entry: Entry) -> Json:
    path = [_parameter(name, "path", "", _schema(rule._converters[name]), required=True) for name in _names(rule)]  # noqa: SLF001  (werkzeug offers no other way to them)
    asked = [_parameter(q.name, q.place, q.text, dict(q.schema), required=q.required) for q in mark.queries]
    told: Json = {
        "operationId": f"{rule.endpoint}.{method.lower()}",
        "summary": mark.summary,
        "tags": list(mark.tags) or [rule.endpoint.split(".")[0]],
        "parameters": path + asked,
        "responses": {str(s): _answer(a) for s, a in sorted(answers_of(rule, method, mark, entry).items())},
    }
    if mark.text:
        told["description"] = mark.text
    if not entry.public:
        told["security"] = [{"session": []}]
    if mark.body is not None:
        content = {media: {"schema": dict(schema)} for media, schema in mark.body.content.items()}
        told["requestBody"] = {"description": mark.body.text, "required": mark.body.required, "content": content}
    return told


def _answer(answer: Answer) -> Json:
    told: Json = {"description": answer.text}
    if answer.content:
        told["content"] = {
            media: {"schema": dict(schema)} if schema else {} for media, schema in answer.content.items()
        }
    if answer.headers:
        told["headers"] = {name: {"description": text, "schema": TEXT} for name, text in answer.headers.items()}
    return told


def _parameter(name: str, place: str, text: str, schema: Json, *, required: bool) -> Json:
    told: Json = {"name": name, "in": place, "required": required, "schema": schema}
    return told | ({"description": text} if text else {})


def _names(rule: Rule) -> list[str]:
    return PARAMETER.findall(rule.rule)


def _schema(converter: Any) -> Json:
    """The values an address takes: the converter is asked, not the name."""
    if isinstance(converter, AnyConverter):
        return {"type": "string", "enum": sorted(converter.items)}
    if isinstance(converter, NumberConverter):
        least = converter.min if converter.min is not None else 0
        kind = "integer" if converter.num_convert is int else "number"
        most = {} if converter.max is None else {"maximum": converter.max}
        return {"type": kind, "minimum": least} | most
    return {"type": "string", "minLength": 1, "pattern": f"^(?:{converter.regex})$"}
