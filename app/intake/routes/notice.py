"""The team's notice: the first page."""

from flask import render_template, request

from app.intake import blueprint
from app.intake.notice import notice_of, stay, telephone_says
from app.intake.routes.here import at_work
from app.kernel import clock
from app.web.guards import public
from app.web.inspecting import NAMED, public_inspection, public_inspections
from app.web.telling import facts_of


@blueprint.get("/")
@public
def notice() -> str:
    """The notice of the inspection the address names; a short list when several teams are at work."""
    every = public_inspections()
    working = at_work(every)
    if not every:
        return render_template("intake/nobody.html")
    if len(working) > 1 and NAMED not in request.args:
        return render_template("intake/choose.html", choices=[(one, facts_of(one)) for one in working])
    inspection = public_inspection()
    return render_template(
        "intake/notice.html",
        inspection=inspection,
        told=notice_of(inspection),
        facts=facts_of(inspection),
        stay=stay(inspection, clock.now()),
        telephone=telephone_says(inspection, clock.now()),
        answered=inspection.telephone_open(clock.now()),
        open=inspection.is_open(clock.today()),
        others=[(one, facts_of(one)) for one in working if one.id != inspection.id],
    )
