"""The door to what is known beside a report, for the script of the form: its words come in the body, none is kept."""

from flask import render_template, request

from app.desk import blueprint, queries
from app.desk.forms import FORMS
from app.desk.routes import house, offer
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import NotFound
from app.web.guards import current_actor, door
from app.web.inspecting import current_inspection


@blueprint.post("/beside/<kind>")
@door(R.CLERK)
def beside(kind: str) -> str:
    """A small page, from which the script takes what it shows."""
    if kind not in FORMS:
        raise NotFound
    actor = current_actor()
    inspection = current_inspection(actor)
    form = FORMS[kind](formdata=request.form)
    offer(form, inspection)
    found = queries.beside(house(), actor, inspection.id, form.look())
    return render_template("desk/beside.html", beside=found, inspection=inspection)
