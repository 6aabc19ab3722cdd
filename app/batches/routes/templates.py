"""The office's templates: which are in use, taken home to be edited, put back, given up for the shipped ones."""

from io import BytesIO

from flask import flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.batches import blueprint
from app.batches.forms import SeenForm, TemplateForm
from app.batches.queries.templates import template, template_file, templates
from app.batches.routes.papers import MEDIA, TYPES
from app.batches.services.templates import EDITORS, keep_template, reset_template
from app.domain.papers.paper import TEMPLATES, PaperKind
from app.kernel.errors import Refused
from app.web.described import described
from app.web.guards import current_actor, door
from app.web.inspecting import current_inspection

Answer = str | tuple[str, int] | Response
KINDS = f"<any({', '.join(TEMPLATES)}):kind>"


@blueprint.get("/templates")
@door(*EDITORS)
def all_templates() -> str:
    actor = current_actor()
    rows = templates(actor, current_inspection(actor).id)
    return render_template("batches/templates.html", rows=rows)


@blueprint.route(f"/templates/{KINDS}", methods=["GET", "POST"])
@door(*EDITORS)
def one_template(kind: str) -> Answer:
    actor, which = current_actor(), PaperKind(kind)
    inspection, form = current_inspection(actor), TemplateForm()
    if form.submitted():
        try:
            keep_template(actor, inspection.id, which, form.content())
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The template has been tried and is in use from now on."), "done")
            return redirect(url_for("batches.all_templates"))
    page = render_template("batches/template.html", row=template(actor, inspection.id, which), form=form)
    return page, 422 if form.errors else 200


@blueprint.get(f"/templates/{KINDS}/file")
@door(*EDITORS)
@described("A template as it is in use", answers={200: (MEDIA, "The file.")}, tags=("files",))
def template_as_file(kind: str) -> Response:
    actor, which = current_actor(), PaperKind(kind)
    content = template_file(actor, current_inspection(actor).id, which)
    name = f"{which.zh}-模板.{TEMPLATES[which]}"
    return send_file(BytesIO(content), TYPES[TEMPLATES[which]], as_attachment=True, download_name=name)


@blueprint.post(f"/templates/{KINDS}/reset")
@door(*EDITORS)
def give_template_up(kind: str) -> Response:
    actor = current_actor()
    if SeenForm().submitted():
        reset_template(actor, current_inspection(actor).id, PaperKind(kind))
        flash(_("The shipped template is in use again."), "done")
    return redirect(url_for("batches.all_templates"))
