"""“Is it this one?”: published cases like what is being written, for the script of the form."""

from flask import render_template

from app.intake import blueprint
from app.intake.forms import form_for
from app.intake.queries import perhaps_the_same
from app.intake.routes.here import inspection_meant
from app.kernel.errors import NotFound
from app.web.guards import public


@blueprint.post("/report/alike")
@public
def alike() -> str:
    """A small page, from which the script takes what it shows. The words come in the body and are forgotten."""
    inspection = inspection_meant()
    if inspection is None:
        raise NotFound
    found = perhaps_the_same(form_for(inspection).to_description(inspection))
    return render_template("intake/alike.html", alike=found, inspection=inspection.code)
