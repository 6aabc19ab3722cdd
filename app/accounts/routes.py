"""The doors of accounts: sign in and out, the first page, the own password, choosing an inspection, the pulse."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.accounts import blueprint, queries, services, sessions
from app.accounts.forms import DeputyForm, PasswordForm, SignInForm
from app.domain.inspection import Inspection
from app.domain.people import DEPUTISED, Actor
from app.kernel import clock
from app.kernel.errors import NotFound, Refused
from app.web.described import described
from app.web.guards import SIGN_IN, current_actor, door, own_address, public, signed_in_actor
from app.web.home import next_work
from app.web.house import name_of
from app.web.inspecting import choose_inspection, current_inspection
from app.web.layout import CHOOSE, SIGN_OUT
from app.web.modes import STAFF

UNREADABLE = 422


@blueprint.get("/healthz")
@public
@described(
    "Whether the service is well",
    answers={200: ("text/plain", "It is."), 503: ("text/plain", "The database does not answer.")},
    tags=["description"],
)
def pulse() -> Response:
    """For whoever watches the machine: 200 while the database answers."""
    well = queries.database_answers()
    return Response("ok\n" if well else "the database does not answer\n", 200 if well else 503, mimetype="text/plain")


@blueprint.route(SIGN_IN, methods=["GET", "POST"])
@public
def sign_in() -> AnyResponse | str | tuple[str, int]:
    form = SignInForm()
    wish = form.next.data or request.args.get("next", "")
    if request.method == "GET" and signed_in_actor():
        return redirect(own_address(wish))
    form.next.data = wish
    if form.submitted():
        try:
            sessions.begin(services.sign_in(form.to_command()))
        except Refused as error:
            form.refuse(error)
        else:
            return redirect(own_address(wish))
    return render_template("accounts/sign_in.html", form=form), UNREADABLE if form.errors else 200


@blueprint.post(SIGN_OUT)
@public
def sign_out() -> AnyResponse:
    actor = signed_in_actor()
    if actor:
        services.sign_out(actor)
    sessions.end()
    flash(_("You are signed out."), "done")
    return redirect(SIGN_IN)


@blueprint.get(STAFF)
@door()
def home() -> str:
    actor = current_actor()
    inspection = _inspection_of(actor)
    return render_template(
        "accounts/home.html",
        inspection=inspection,
        day=queries.day_of(inspection) if inspection else None,
        today=clock.today(),
        name_of=name_of,
        may_name_deputies=bool(actor.roles & set(DEPUTISED)),
        work=next_work(actor, inspection) if inspection else [],
    )


def _inspection_of(actor: Actor) -> Inspection | None:
    try:
        return current_inspection(actor)
    except NotFound:
        return None


@blueprint.post(CHOOSE)
@door()
def choose() -> AnyResponse:
    choose_inspection(current_actor(), request.form.get("inspection", 0, type=int))
    return redirect(STAFF)


@blueprint.route("/staff/password", methods=["GET", "POST"])
@door()
def password() -> AnyResponse | str | tuple[str, int]:
    form = PasswordForm()
    if form.submitted():
        try:
            sessions.begin(services.change_password(current_actor(), form.to_command()))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Your password has been changed. Every other machine is signed out."), "done")
            return redirect(STAFF)
    return render_template("accounts/password.html", form=form), UNREADABLE if form.errors else 200


@blueprint.route("/staff/deputies", methods=["GET", "POST"])
@door(*DEPUTISED)
def deputies() -> AnyResponse | str | tuple[str, int]:
    actor, form = current_actor(), DeputyForm()
    inspection = current_inspection(actor)
    form.deputy.offer(queries.possible_deputies(actor, inspection))
    if form.submitted():
        try:
            services.name_deputy(actor, form.to_command(inspection.id))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Your deputy has been named; the ledger says so."), "done")
            return redirect(url_for(".deputies"))
    rows = queries.deputies(actor, inspection)
    page = render_template("accounts/deputies.html", form=form, rows=rows, inspection=inspection)
    return page, UNREADABLE if form.errors else 200


@blueprint.post("/staff/deputies/<int:deputy_id>/end")
@door(*DEPUTISED)
def end_deputy(deputy_id: int) -> AnyResponse:
    services.end_deputy(current_actor(), deputy_id)
    flash(_("From now on nobody acts for you under this."), "done")
    return redirect(url_for(".deputies"))


@blueprint.post("/staff/sign-out-everywhere")
@door()
def leave_everywhere() -> AnyResponse:
    services.leave_everywhere(current_actor())
    sessions.end()
    flash(_("You are signed out on every machine."), "done")
    return redirect(SIGN_IN)
