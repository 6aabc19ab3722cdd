"""What a door for machines answers, said beside its view: /openapi.json is made of it, the tests hold views to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Response, current_app, json, make_response, request
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_options_header

View = TypeVar("View", bound=Callable[..., Any])
Schema = Mapping[str, Any]
Fault = Callable[[int, str], Response]
SAFE_KINDS = ("image/*", "video/*", "audio/*", "application/pdf")
MARKS = "_hotline_described"
UNDER: dict[str, Fault] = {}
PAGE, PROBLEM = "text/html", "application/problem+json"
TEXT: Schema = {"type": "string"}
PROBLEM_SCHEMA: Schema = {
    "type": "object",
    "required": ["title", "status"],
    "properties": {"title": TEXT, "status": {"type": "integer"}, "detail": TEXT},
}


PROBLEMS: Mapping[str, Schema] = {PROBLEM: {"$ref": "#/components/schemas/Problem"}, PAGE: {}}


@dataclass(frozen=True)
class Query:
    """A parameter of the address (or, with `place`, of a header). An unknown one is ignored everywhere."""

    name: str
    text: str
    schema: Schema = field(default_factory=lambda: TEXT)
    required: bool = False
    place: str = "query"


@dataclass(frozen=True)
class Body:
    """What is sent along: media type → schema."""

    content: Mapping[str, Schema]
    text: str = ""
    required: bool = True


@dataclass(frozen=True)
class Answer:
    """One status: what it means, and media type → schema ({}: not looked into). No media: an empty answer."""

    text: str
    content: Mapping[str, Schema] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


Short = tuple[str | Sequence[str], str] | tuple[str | Sequence[str], str, Schema]


@dataclass(frozen=True)
class Description:
    """What one view says of itself, for some of its methods or for all."""

    summary: str
    answers: Mapping[int, Answer]
    queries: tuple[Query, ...] = ()
    body: Body | None = None
    tags: tuple[str, ...] = ()
    text: str = ""
    methods: frozenset[str] = frozenset()
    fault: Fault | None = None
    faults: Mapping[str, Schema] = field(default_factory=lambda: PROBLEMS)


def described(
    summary: str,
    *,
    answers: Mapping[int, Answer | Short],
    queries: Sequence[Query] = (),
    body: Body | None = None,
    **more: Any,
) -> Callable[[View], View]:
    """Mark a view whose answers are read by programs.

    `answers={200: ("text/csv", "The table.")}`, several media types as a tuple, a JSON schema as a third part.
    `more`: `tags`, `text` (a paragraph), `methods` (else all of the view's; the mark may be put on twice), `fault`
    with `faults` (how errors are written; else problem+json, and a page for browsers).
    What the floor answers by itself is added where it is due: 404 for addresses with parameters, 302, 401 and 403 at
    doors that ask for somebody, 400 and 413 for what is sent.
    """
    told = {status: one if isinstance(one, Answer) else _spelled(one) for status, one in answers.items()}
    made = Description(
        summary,
        told,
        tuple(queries),
        body,
        tags=tuple(more.pop("tags", ())),
        methods=frozenset(more.pop("methods", ())),
        **more,
    )

    def mark(view: View) -> View:
        setattr(view, MARKS, (*getattr(view, MARKS, ()), made))
        return view

    return mark


def kept_file(view: View) -> View:
    """The mark of a door that gives a kept file: its safe copy."""
    return described("A kept file: its safe copy", answers={200: (SAFE_KINDS, "The safe copy.")}, tags=("files",))(view)


def description_of(view: Any, method: str) -> Description | None:
    """What a view says of a method; HEAD is a GET without its words."""
    wanted = "GET" if method == "HEAD" else method
    marks: tuple[Description, ...] = getattr(view, MARKS, ())
    return next((one for one in marks if not one.methods or wanted in one.methods), None)


def faults_under(path: str, fault: Fault) -> None:
    """How errors are written at addresses below `path` where there is no door."""
    UNDER[path] = fault


def fault_here(status: int, title: str, told: Sequence[str]) -> Response | None:
    """The error as this door writes it, or None where it is a page: at other doors, and for browsers."""
    view = current_app.view_functions.get(_endpoint() or "")
    mark = description_of(view, request.method) or next(iter(getattr(view, MARKS, ())), None)
    fault = mark.fault if mark else next((one for path, one in UNDER.items() if request.path.startswith(path)), None)
    if fault is not None:
        return fault(status, " ".join(told) or title)
    if mark is None or PAGE in request.headers.get("Accept", ""):
        return None
    response = make_response(json.dumps({"title": title, "status": status, "detail": " ".join(told)}), status)
    response.content_type = PROBLEM
    response.vary.add("Accept")
    return response


def media_of(response: Any) -> str:
    """The media type of an answer, without its parameters."""
    return parse_options_header(response.headers.get("Content-Type", ""))[0]


def _endpoint() -> str | None:
    """The door that is meant, also when it was asked by a method it does not know."""
    if request.endpoint or not isinstance(request.routing_exception, HTTPException):
        return request.endpoint
    methods = getattr(request.routing_exception, "valid_methods", None) or ()
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return None
    return next((adapter.match(method=method)[0] for method in methods if adapter.test(method=method)), None)


def _spelled(short: Short) -> Answer:
    media = (short[0],) if isinstance(short[0], str) else tuple(short[0])
    schema: Schema = short[2] if len(short) > 2 else {}  # noqa: PLR2004
    return Answer(short[1], dict.fromkeys(media, schema))
