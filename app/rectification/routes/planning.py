"""What is done to an adopted plan: a change proposed and decided, its versions; and the plans everybody may read."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.domain.workflow.vocabulary import RectificationAction as A
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import Refused
from app.rectification import blueprint, queries, services
from app.rectification.changing import DecisionForm, change_form
from app.rectification.commands import PublishPlan
from app.rectification.queries import View
from app.rectification.routes.doing import GET_POST, PATH, refuse_closed, view_of
from app.web.described import described
from app.web.guards import current_actor, door, public
from app.web.inspecting import public_inspection
from app.web.printed import TABLE_ANSWERS, send_table
from app.web.security import may_be_kept

A_MINUTE = 60
READERS = (R.OFFICER, R.UNIT_LEADER, R.ACCEPTOR, R.COORDINATOR, R.INSPECTOR, R.LEADER, R.SUPERVISOR)


@blueprint.route(PATH + "/plan/change", methods=GET_POST)
@door(R.OFFICER)
def propose_change(cycle: int) -> Any:
    view = view_of(cycle)
    refuse_closed(view, A.PROPOSE_CHANGE)
    form = change_form(view.plan.text, view.units, view.version)
    if form.submitted():
        try:
            services.propose_change(current_actor(), form.to_command(cycle, A.PROPOSE_CHANGE))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The change has been proposed; the plan stays as it is until it is approved."), "done")
            return redirect(url_for("rectification.show", cycle=cycle))
    return _page("change", view, form)


@blueprint.route(PATH + "/plan/decision", methods=GET_POST)
@door(R.COORDINATOR)
def decide_change(cycle: int) -> Any:
    view = view_of(cycle)
    refuse_closed(view, A.REFUSE_CHANGE)
    form = DecisionForm(data={"version": view.version})
    if form.submitted():
        try:
            services.decide_change(current_actor(), form.to_command(cycle))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The change has its decision."), "done")
            return redirect(url_for("rectification.show", cycle=cycle))
    return _page("decision", view, form)


@blueprint.post(PATH + "/plan/publish")
@door(R.COORDINATOR)
def publish_plan(cycle: int) -> Any:
    services.publish_plan(current_actor(), PublishPlan(cycle, request.form.get("version", type=int)))
    flash(_("Everybody may read the plan and its progress now."), "done")
    return redirect(url_for("rectification.show", cycle=cycle))


@blueprint.get(PATH + "/plan")
@door(*READERS)
def versions(cycle: int) -> str:
    return render_template("rectification/versions.html", view=queries.view(current_actor(), cycle))


@blueprint.get("/plans")
@public
@may_be_kept(A_MINUTE)
def plans() -> str:
    inspection = public_inspection()
    page = queries.plan_rows(inspection, request.args.get("page", ""))
    return render_template("rectification/plans.html", inspection=inspection, page=page)


@blueprint.get("/plans.<any(xlsx, csv):ending>")
@public
@may_be_kept(A_MINUTE)
@described("The plans that are published, and how far they are", answers=TABLE_ANSWERS, tags=("publication",))
def plans_file(ending: str) -> Response:
    return send_table(queries.plan_table(public_inspection()), ending)


def _page(name: str, view: View, form: Any) -> tuple[str, int]:
    page = render_template(f"rectification/{name}.html", form=form, view=view)
    return page, 422 if form.errors else 200
