"""Doors to taking a report down: the day's list, the four forms, and number and code to be read back."""

from datetime import date

from flask import current_app, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app.desk import blueprint, queries, services
from app.desk.forms import FORMS, EntryForm
from app.domain.evidence.keeping import files_waiting
from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.workflow.vocabulary import Role as R
from app.kernel import clock
from app.kernel.errors import N_, NotFound, OfficeError, TooLarge
from app.web.guards import current_actor, door
from app.web.home import Work
from app.web.inspecting import current_inspection
from app.web.language import sentence

TOO_LARGE = N_("A picture is larger than %(most)s MB and was left out.")
MEGABYTE = 1024 * 1024


def house() -> Installation:
    found: Installation = current_app.extensions["installation"]
    return found


@blueprint.get("/")
@door(R.CLERK)
def entries() -> str:
    actor = current_actor()
    inspection = current_inspection(actor)
    day = read_day(request.args.get("day", ""))
    return render_template(
        "desk/entries.html",
        inspection=inspection,
        today=clock.today(),
        day=queries.own_day(actor, inspection.id, day),
        waiting=queries.own_waiting(actor, inspection.id),
        kinds={kind: form.channel for kind, form in FORMS.items()},
    )


def waiting_work(actor: Actor, inspection: Inspection) -> list[Work]:
    """For the home page: own entries whose reporter has been asked something."""
    if R.CLERK not in actor.roles:
        return []
    waiting = queries.own_waiting(actor, inspection.id)
    late = sum(row.due_on is not None and row.due_on < clock.today() for row in waiting)
    return [Work(N_("Own entries waiting for the reporter"), url_for("desk.entries"), len(waiting), late)]


def read_day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return clock.today()


@blueprint.route("/new/<kind>", methods=["GET", "POST"])
@door(R.CLERK)
def new(kind: str) -> str | tuple[str, int] | Response:
    """The answer to a kept report is its receipt: sent twice, it is the same report and the same receipt."""
    if kind not in FORMS:
        raise NotFound
    actor = current_actor()
    inspection = current_inspection(actor)
    areas = queries.areas(inspection)
    form = FORMS[kind]()
    form.begin(inspection, areas)
    refused = keep_scans(form) if form.is_submitted() else []
    looking = "lookup" in request.form
    if not looking and form.submitted():
        kept = services.take_down(house(), actor, inspection.id, form.to_command(actor, areas))
        same = queries.reports_by_telephone(house(), actor, inspection.id, form.phone.data or "", kept.report.id)
        return render_template("desk/taken.html", kept=kept, kind=kind, same=same, refused=refused)
    return draw(form, kind, inspection, refused), 422 if form.errors else 200


def draw(form: EntryForm, kind: str, inspection: Inspection, refused: list[OfficeError]) -> str:
    """The form, new or with what was typed; beside it how often this telephone has called."""
    phone = form.phone.data or ""
    count = queries.reports_by_telephone(house(), current_actor(), inspection.id, phone) if phone else None
    return render_template(
        "desk/new.html",
        form=form,
        kind=kind,
        inspection=inspection,
        same=count,
        refused=refused,
        files=files_waiting(form.key.data or ""),
        open_now=inspection.telephone_open(clock.now()),
    )


def keep_scans(form: EntryForm) -> list[OfficeError]:
    """Keep what was sent along before anything else is judged: a form that comes back has lost no scan."""
    sent: list[FileStorage] = form["scans"].data[: form["scans"].most] if "scans" in form else []
    most = house().settings.max_file_bytes
    contents = [file.read(most + 1) for file in sent if file]
    refused: list[OfficeError] = [TooLarge(TOO_LARGE, most=most // MEGABYTE) for one in contents if len(one) > most]
    fitting = [one for one in contents if len(one) <= most]
    return [*refused, *services.keep_scans(house(), current_actor(), form.key.data or "", fitting)]


@blueprint.app_template_filter("office_sentence")
def office_sentence(error: OfficeError) -> str:
    return sentence(error.message, error.params)


KINDS = {
    "call": N_("New call"),
    "letter": N_("New letter"),
    "visit": N_("New visit"),
    "passed-on": N_("Passed on from above"),
}


@blueprint.app_template_filter("desk_kind")
def desk_kind(kind: str) -> str:
    return str(_(KINDS[kind]))
