"""The inspector's last look before everybody reads it."""

from dataclasses import asdict

from app.casework import blueprint, services
from app.casework.forms import PublishForm
from app.casework.queries.choices import drafts
from app.casework.queries.page import case_page
from app.casework.routes.opening import Answer, done, draw, must_be_offered
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import Role as R
from app.web.guards import current_actor, door
from app.web.versioned import tried


@blueprint.route("/<int:case_id>/publish", methods=["GET", "POST"])
@door(R.INSPECTOR)
def publish(case_id: int) -> Answer:
    actor = current_actor()
    page = case_page(actor, case_id)
    form = PublishForm(version=page.version, **asdict(drafts(actor, case_id)))
    marks = services.marks_in(form.texts())
    form.point_out(marks)
    if form.submitted() and tried(form, lambda: services.publish(actor, form.to_command(case_id))):
        return done(case_id, A.PUBLISH)
    if not form.is_submitted():
        must_be_offered(page, A.PUBLISH)
    return draw("casework/publish.html", page, form, A.PUBLISH, marks=marks)
