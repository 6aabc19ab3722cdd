"""Doors to taking a report down: the day's list, the four forms, and number and code to be read back."""

from datetime import date
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.desk import blueprint, queries, services
from app.desk.forms import FORMS, CallForm, EntryForm, LetterForm, PassedOnForm
from app.desk.forms.entry import LEFT_OUT, filled
from app.domain.draft import Writing, in_order, lock_for, unlock_for
from app.domain.evidence.resting import NotTaken, SentFile
from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.receiving import submission_digest
from app.domain.workflow.vocabulary import Role as R
from app.kernel import clock, text
from app.kernel.errors import N_, NotFound, Stale
from app.web.guards import current_actor, door
from app.web.home import Work
from app.web.inspecting import current_inspection
from app.web.language import sentence
from app.web.telling import spoken

LONGEST_NUMBER = 30


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
        drafts=queries.drafts(house(), actor, inspection.id),
        kinds={kind: form.channel for kind, form in FORMS.items()},
        to_ring=queries.to_ring_now(actor, inspection.id)[0],
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
    """The answer to a kept report is its receipt: sent twice, it is the same report and the same receipt.

    A telephone system opens `?phone=…`; the number goes on in an address that says it to nobody else (ADR 0016).
    """
    if kind not in FORMS:
        raise NotFound
    actor = current_actor()
    inspection = current_inspection(actor)
    if request.method == "GET" and "phone" in request.args:
        called = text.phone_digits(request.args["phone"][:LONGEST_NUMBER])
        return redirect(url_for("desk.new", kind=kind, caller=lock_for(house(), actor, called)))
    if request.method == "GET":
        form, draft = opened(kind, actor, inspection)
        return draw(form, kind, inspection, draft=draft)
    form = FORMS[kind]()
    offer(form, inspection)
    not_taken = keep_scans(form)
    if isinstance(form, CallForm) and "blank" in request.form:
        return blank(form, actor, inspection)
    asks = {"lookup", "look"} & set(request.form)
    if not asks and form.submitted() and not_twice(form, inspection):
        return taken(form, kind, actor, inspection, not_taken)
    return draw(form, kind, inspection, not_taken, draft=save(form, kind, actor, inspection)), (
        422 if form.errors and not asks else 200
    )


def opened(kind: str, actor: Actor, inspection: Inspection) -> tuple[EntryForm, int | None]:
    """A new form; or the one that was left (`?draft=`), the next one of a letter (`?letter=`), or a caller's."""
    if found := request.args.get("draft", ""):
        writing = own_draft(actor, inspection, kind, found)
        form = filled(FORMS[kind], writing.typed, writing.key)
        offer(form, inspection)
        return form, writing.id
    form = FORMS[kind]()
    if isinstance(form, LetterForm) and (earlier := request.args.get("letter", "")):
        go_on(form, actor, earlier)
    offer(form, inspection)
    if locked := request.args.get("caller", ""):
        form.phone.data = unlock_for(house(), actor, locked)
    return form, None


def own_draft(actor: Actor, inspection: Inspection, kind: str, typed: str) -> Writing:
    writing = queries.draft(house(), actor, int(typed) if typed.isdecimal() else 0)
    if (writing.kind, writing.inspection_id) != (kind, inspection.id):
        raise NotFound
    return writing


def go_on(form: LetterForm, actor: Actor, typed: str) -> None:
    """The next report of a letter: what stands on its envelope is known."""
    earlier = queries.entry(actor, int(typed) if typed.isdecimal() else 0).report
    if earlier.letter is None:
        raise NotFound
    form.same_letter.data = str(earlier.id)
    form.envelope_number.data = earlier.letter.envelope
    form.postmarked_on.data, form.arrived_on.data = earlier.letter.postmarked_on, earlier.letter.arrived_on


def offer(form: EntryForm, inspection: Inspection) -> None:
    areas = queries.areas(inspection)
    form.begin(inspection, areas, queries.towns(areas))


def blank(form: CallForm, actor: Actor, inspection: Inspection) -> str | tuple[str, int] | Response:
    """One key: nothing was said. Where something was written down after all, nothing is lost by it."""
    form.validate()
    if form.has_words:
        form.form_errors = [_("Something has been written down: save it, or take it out first.")]
        return draw(form, "call", inspection, draft=save(form, "call", actor, inspection)), 422
    kept = services.take_down(house(), actor, inspection.id, form.to_blank(actor))
    flash(_("The blank call is kept as %(number)s.", number=kept.report.number), "done")
    return redirect(url_for("desk.new", kind="call"))


def not_twice(form: EntryForm, inspection: Inspection) -> bool:
    """A foreign number that was taken down before is pointed out; a second press takes it all the same."""
    if not isinstance(form, PassedOnForm) or form.twice.data:
        return True
    own = submission_digest(house(), form.key.data or "")
    ours = queries.under_foreign_number(inspection.id, form.foreign_number.data or "", own)
    if ours is None:
        return True
    said = _("This number was taken down before, as %(number)s.", number=ours)
    form.foreign_number.errors = [*form.foreign_number.errors, said]
    return False


def taken(
    form: EntryForm, kind: str, actor: Actor, inspection: Inspection, not_taken: tuple[NotTaken, ...]
) -> str | tuple[str, int]:
    kept = services.take_down(house(), actor, inspection.id, form.to_command(actor, queries.areas(inspection)))
    same = queries.reports_by_telephone(house(), actor, inspection.id, form.phone.data or "", kept.report.id)
    return render_template("desk/taken.html", kept=kept, kind=kind, same=same, refused=not_taken)


def save(form: EntryForm, kind: str, actor: Actor, inspection: Inspection) -> int | None:
    """Keep a form that is drawn again; None where there is nothing to keep any more."""
    typed = in_order(request.form.items(multi=True), LEFT_OUT)
    try:
        return services.save_draft(house(), actor, inspection.id, kind, form.key.data or "", typed)
    except Stale:
        return None


def draw(
    form: EntryForm,
    kind: str,
    inspection: Inspection,
    refused: tuple[NotTaken, ...] = (),
    draft: int | None = None,
) -> str:
    """The form, new or with what was typed; beside it what is known already."""
    actor = current_actor()
    more: dict[str, Any] = {}
    if isinstance(form, LetterForm) and form.same_letter.data:
        more["shared"] = queries.entry(actor, int(form.same_letter.data))
    return render_template(
        "desk/new.html",
        form=form,
        kind=kind,
        inspection=inspection,
        beside=queries.beside(house(), actor, inspection.id, form.look()),
        refused=refused,
        draft=draft,
        scans=queries.waiting_scans(form.key.data or "") if "scans" in form else [],
        **spoken(inspection),
        open_now=inspection.telephone_open(clock.now()),
        **more,
    )


def keep_scans(form: EntryForm) -> tuple[NotTaken, ...]:
    """Keep what was sent along before anything else is judged: a form that comes back has lost no scan."""
    sent = form["scans"].data[: form["scans"].most] if "scans" in form else []
    files = tuple(SentFile(file.filename or "", stream=file.stream) for file in sent if file)
    return services.keep_scans(house(), current_actor(), form.key.data or "", files)


@blueprint.app_template_filter("office_sentence")
def office_sentence(error: NotTaken) -> str:
    return sentence(error.message, error.params)


KINDS = {
    "call": N_("New call"),
    "letter": N_("New letter"),
    "visit": N_("New visit"),
    "passed-on": N_("Passed on from above"),
}
NEXT = {
    "call": N_("Next call"),
    "letter": N_("Next letter"),
    "visit": N_("Next visit"),
    "passed-on": N_("Next one passed on"),
}
GROUP = 4


@blueprint.app_template_filter("desk_kind")
def desk_kind(kind: str) -> str:
    return str(_(KINDS[kind]))


@blueprint.app_template_filter("next_kind")
def next_kind(kind: str) -> str:
    return str(_(NEXT[kind]))


@blueprint.app_template_filter("in_groups")
def in_groups(number: str) -> list[str]:
    """A number as it is read aloud: from its end in fours."""
    first = len(number) % GROUP
    rest = [number[at : at + GROUP] for at in range(first, len(number), GROUP)]
    return [number[:first], *rest] if first else rest
