"""What every long list of the staff side has: views one keeps and shares, columns one chooses; and their doors."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, flash, redirect, request, url_for
from flask import session as browser
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.widgets import HiddenInput

from app.db import session
from app.domain import lists
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Role
from app.kernel.errors import Refused
from app.web.choosing import TickField, TicksField
from app.web.fields import LineField
from app.web.forms import OfficeForm
from app.web.guards import current_actor, door
from app.web.inspecting import current_inspection
from app.web.language import sentence

LAST = "list:"
"""Under which name a browser's session knows the list of a room that was seen last."""


@dataclass(frozen=True)
class Column:
    """One column that a list can show. `label` is a msgid; `chosen`: shown to those who have not chosen."""

    code: str
    label: str
    chosen: bool = True


@dataclass(frozen=True)
class OwnList:
    """A list as one person keeps it: the columns in the list's order, the views, and the address of this cut.

    `name` is the room's, whose doors keep it.
    """

    name: str
    columns: Sequence[Column]
    shown: Sequence[Column]
    views: Sequence[lists.View]
    address: str
    may_share: bool


class KeepForm(OfficeForm):
    """A name for the list as it is cut now."""

    name = LineField(_l("Name of this view"), most=lists.LONGEST_NAME)
    shared = TickField(_l("Share it with the whole team"))
    address = StringField(widget=HiddenInput())


class ColumnsForm(OfficeForm):
    columns = TicksField(_l("Columns"), required=False, validate_choice=False)
    address = StringField(widget=HiddenInput())


def own_list(blueprint: Blueprint, inspection_id: int, columns: Sequence[Column]) -> OwnList:
    """How whoever reads this keeps the list of a room. One statement."""
    name = blueprint.name
    kept = lists.kept(session(), current_actor(), inspection_id, name)
    shown = [one for one in columns if (one.code in kept.columns if kept.columns else one.chosen)]
    return OwnList(name, columns, shown or columns, kept.views, cut_here(), kept.may_share)


@dataclass(frozen=True)
class Press:
    """What a key does with the rows of a list: `way` follows a row's own address; `together` is where the ticked ones

    go, "" for what is done to one at a time. `now`: it asks for nothing and acts at once, also on a row not ticked.
    """

    action: Term
    key: str
    way: str
    together: str = ""
    now: bool = False


def remember(room: str) -> None:
    """Which cut of a room's list was seen last, and on which page of it: a decision leads back to it."""
    here = request.query_string.decode("utf-8", "replace")[:1000]
    if browser.get(LAST + room) != here:
        browser[LAST + room] = here


def last_list(room: str, page: str) -> str | None:
    """The address of the list that was seen last in this session."""
    seen = browser.get(LAST + room)
    return None if seen is None else url_for(f"{room}.{page}") + (f"?{seen}" if seen else "")


def cut_here() -> str:
    """The address's questions, without the page of the list."""
    return urlencode([pair for pair in request.args.items(multi=True) if pair[0] not in {"page", "lang"}])


def keep_lists(blueprint: Blueprint, page: str, roles: Sequence[Role]) -> None:
    """Give a room the doors behind its list: keeping a view, taking one away, choosing columns."""

    def back(address: str) -> Response:
        asked = urlencode(parse_qsl(address))
        return redirect(url_for(f"{blueprint.name}.{page}") + (f"?{asked}" if asked else ""))

    @blueprint.post("/views")
    @door(*roles)
    def keep_view() -> Response:
        form, actor = KeepForm(), current_actor()
        address = form.address.data or ""
        if not form.submitted():
            flash(" ".join(str(told) for told in form.name.errors), "error")
            return back(address)
        name, here = form.name.data or "", current_inspection(actor).id
        try:
            lists.keep_view(actor, lists.KeepView(here, blueprint.name, name, address, form.shared.data))
        except Refused as error:
            flash(sentence(error.message, error.params), "error")
        else:
            flash(_("The view is kept: %(name)s.", name=name), "done")
        return back(address)

    @blueprint.post("/views/<int:view_id>/drop")
    @door(*roles)
    def drop_view(view_id: int) -> Response:
        lists.drop_view(current_actor(), view_id)
        flash(_("The view is taken away."), "done")
        return back("")

    @blueprint.post("/columns")
    @door(*roles)
    def choose_columns() -> Response:
        form = ColumnsForm()
        if form.submitted():
            lists.choose_columns(current_actor(), blueprint.name, form.columns.data or ())
        return back(form.address.data or "")
