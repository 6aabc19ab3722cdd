"""Carries the reader's view (app/web/modes.py) on: in the addresses of citizens' pages, in the session of staff."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, current_app, g, has_request_context, request, session

from app.web.described import description_of
from app.web.guards import entry_of
from app.web.language import LANGUAGES, REMEMBERED, language
from app.web.modes import LANG, MODE, SWITCH, View, on_staff_side, view

FORMS = "hotline.forms"
FIRST = "kept-form"


def same_page(**changed: Any) -> str:
    """This page in another view, the rest of its address kept; the first page where this one cannot be fetched."""
    again = request.method == "GET" or request.url_rule is None or _can_be_fetched()
    others = [pair for pair in request.args.items(multi=True) if pair[0] not in {LANG, MODE}] if again else []
    return ("" if again else "/") + "?" + urlencode([*others, *_said(**changed).items()])


def own_href(path: str) -> str:
    """An address of ours that is not made by url_for, with the view carried on."""
    said = "" if on_staff_side() else urlencode(view().address())
    return f"{path}{'&' if '?' in path else '?'}{said}" if said else path


def here() -> str:
    """Where a form of this page is sent: the same address, in the view it is now drawn in."""
    others = [pair for pair in request.args.items(multi=True) if pair[0] not in {LANG, MODE}]
    said = urlencode([*others, *({} if on_staff_side() else view().address()).items()])
    return f"?{said}" if said or request.query_string else ""


def other_addresses() -> list[dict[str, str]]:
    """For machines that list pages: this one in the usual look, and the same in each language."""
    if g.get("failed") or request.url_rule is None or request.method != "GET":
        return []
    others = [pair for pair in request.args.items(multi=True) if pair[0] not in {LANG, MODE}]

    def address(lang: str) -> str:
        said = urlencode([*others, *View(lang).address().items()])
        return quote(request.path) + (f"?{said}" if said else "")

    own = {"rel": "canonical", "tag": "", "href": address(view().lang)}
    return [own, *({"rel": "alternate", "tag": one.tag, "href": address(one.code)} for one in LANGUAGES.values())]


def form_to_keep() -> str:
    """The id of the next form of this page. The first one is what the switches send."""
    count = request.environ[FORMS] = request.environ.get(FORMS, 0) + 1
    return FIRST if count == 1 else f"{FIRST}-{count}"


def switches() -> list[dict[str, Any]]:
    """The ways to the other views. `form` names the form that is sent along, where words could be lost."""
    form = FIRST if request.environ.get(FORMS) and not on_staff_side() else ""
    now = view()
    ways = [
        {"kind": "language", "code": one.code, "tag": one.tag, "label": one.label, "on": one is language()}
        | _way(form, lang=one.code)
        for one in LANGUAGES.values()
    ]
    if not on_staff_side():
        ways += [
            {"kind": name, "on": getattr(now, name)} | _way(form, **{name: not getattr(now, name)})
            for name in ("large", "contrast")
        ]
    return ways


def _way(form: str, **changed: Any) -> dict[str, Any]:
    return {"href": same_page(**changed), "form": form, "name": SWITCH, "value": urlencode(_said(**changed))}


def _said(**changed: Any) -> dict[str, str]:
    wish = replace(view(), **changed)
    if on_staff_side():
        return {LANG: wish.lang} if wish.lang else {}
    return wish.address()


def _can_be_fetched() -> bool:
    adapter = current_app.create_url_adapter(request)
    return adapter is not None and adapter.test(method="GET")


def init(app: Flask) -> None:
    app.jinja_env.globals.update(
        page_view=view,
        own_href=own_href,
        form_here=here,
        form_to_keep=form_to_keep,
        switches=switches,
        other_addresses=other_addresses,
    )

    @app.before_request
    def remember() -> None:
        """Staff have a session anyway: what they choose holds until they sign out."""
        if view().lang and on_staff_side():
            session[REMEMBERED] = view().lang

    @app.url_defaults
    def carry(endpoint: str, values: dict[str, Any]) -> None:
        """Into every address of a page for everybody; not into files, which are the same in every view."""
        said = view().address() if has_request_context() and not on_staff_side() else {}
        if said and _is_page(endpoint):
            for name, value in said.items():
                values.setdefault(name, value)


def _is_page(endpoint: str) -> bool:
    entry = entry_of(current_app, endpoint) if endpoint != "static" else None
    return entry is not None and entry.public and description_of(current_app.view_functions[endpoint], "GET") is None
