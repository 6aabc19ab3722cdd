"""The inspector's last look before everybody reads it."""

from dataclasses import asdict

from flask import render_template

from app.casework import blueprint, services
from app.casework.forms import PublishForm
from app.casework.queries.choices import drafts
from app.casework.queries.page import case_page
from app.casework.routes.acting import Answer, done, must_be_offered
from app.casework.routes.reading import shown
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import Refused
from app.web.guards import current_actor, door


@blueprint.route("/<int:case_id>/publish", methods=["GET", "POST"])
@door(R.INSPECTOR)
def publish(case_id: int) -> Answer:
    actor = current_actor()
    page = case_page(actor, case_id)
    form = PublishForm(version=page.version, **asdict(drafts(actor, case_id)))
    marks = services.marks_in(form.texts())
    form.point_out(marks)
    if form.submitted():
        try:
            services.publish(actor, form.to_command(case_id))
        except Refused as error:
            form.refuse(error)
        else:
            return done(case_id, A.PUBLISH)
    elif not form.is_submitted():
        must_be_offered(page, A.PUBLISH)
    body = render_template("casework/publish.html", page=page, form=form, marks=marks, **shown(page))
    return body, 422 if form.errors else 200
