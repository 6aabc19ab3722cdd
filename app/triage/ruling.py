"""Doors to the rules of the suggestions: read, try, write, switch off, and put back as they were shipped."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.domain.suggesting.rules import Rule
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import Refused
from app.triage import blueprint, services
from app.triage.queries.advising import Group, tried
from app.triage.queries.ruling import RuleRow, every_rule, one_rule, speaking_model, targets
from app.triage.rule_forms import RuleForm, TryForm, written
from app.web.guards import current_actor, door
from app.web.inspecting import current_inspection

Answer = str | tuple[str, int] | Response
READERS, WRITERS = (R.ADMINISTRATOR, R.LEADER, R.SUPERVISOR), (R.ADMINISTRATOR, R.LEADER)
SEE_WORTH = frozenset({R.LEADER, R.SUPERVISOR})


@blueprint.route("/suggestions/", methods=["GET", "POST"])
@door(*READERS)
def suggestion_rules() -> Answer:
    """Sending a text here only tries the rules on it."""
    form, told = TryForm(), None
    if form.submitted():
        told = tried(current_inspection(current_actor()), form.text.data or "")
    return _draw_rules(form, told), 422 if form.errors else 200


def _draw_rules(form: TryForm, told: tuple[Group, ...] | None) -> str:
    roles = current_actor().roles
    return render_template(
        "triage/rules.html",
        form=form,
        told=told,
        groups=every_rule(),
        model=speaking_model(),
        may_write=bool(roles & set(WRITERS)),
        may_see_worth=bool(roles & SEE_WORTH),
    )


@blueprint.route("/suggestions/rules/new", methods=["GET", "POST"])
@door(*WRITERS)
def new_rule() -> Answer:
    return _write(RuleForm(weight="3", enabled=True), None)


@blueprint.route("/suggestions/rules/<rule>", methods=["GET", "POST"])
@door(*WRITERS)
def suggestion_rule(rule: str) -> Answer:
    found = one_rule(rule)
    return _write(RuleForm(data=written(found.rule)), found)


def _write(form: RuleForm, found: RuleRow | None) -> Answer:
    form.begin(targets())
    if form.submitted():
        try:
            services.write_rule(current_actor(), form.to_command(found.rule.code if found else ""))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved. It speaks from the next page on."), "done")
            return redirect(url_for("triage.suggestion_rules"))
    page = render_template("triage/rule.html", form=form, found=found, rule=found.rule if found else None)
    return page, 422 if form.errors else 200


@blueprint.post("/suggestions/rules/<rule>/reset")
@door(*WRITERS)
def reset_rule(rule: str) -> Answer:
    left = services.reset_rule(current_actor(), rule)
    flash(_("It is as it was shipped.") if left else _("It was removed."), "done")
    return redirect(url_for("triage.suggestion_rules"))


@blueprint.post("/suggestions/rules/<rule>/switch")
@door(*WRITERS)
def switch_rule(rule: str) -> Answer:
    """On, or off."""
    found: Rule = one_rule(rule).rule
    form: dict[str, Any] = written(found) | {"enabled": not found.enabled}
    switched = RuleForm(formdata=None, data=form).to_command(found.code)
    services.write_rule(current_actor(), switched)
    flash(_("It speaks again.") if switched.enabled else _("It is silent now."), "done")
    return redirect(url_for("triage.suggestion_rules"))


@blueprint.post("/suggestions/rules/reset")
@door(*WRITERS)
def reset_every_rule() -> Answer:
    count = services.reset_every_rule(current_actor())
    flash(ngettext("%(num)s rule was changed back.", "%(num)s rules were changed back.", count), "done")
    return redirect(url_for("triage.suggestion_rules"))
