"""What the site says of itself: for whom it can be used, what it keeps of whom; and the quick way out."""

from flask import current_app, redirect, render_template
from werkzeug.wrappers import Response

from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.kernel import clock
from app.kernel.errors import NotFound
from app.publication import blueprint
from app.publication.statements import who_sees
from app.web.guards import public
from app.web.inspecting import public_inspection
from app.web.leaving import forget_citizen
from app.web.security import may_be_kept

A_MINUTE = 60


@blueprint.get("/accessibility")
@public
@may_be_kept(A_MINUTE)
def accessibility() -> str:
    return render_template("publication/accessibility.html", inspection=_inspection(), today=clock.today())


@blueprint.get("/privacy")
@public
@may_be_kept(A_MINUTE)
def privacy() -> str:
    return render_template("publication/privacy.html", inspection=_inspection(), seen=who_sees(), today=clock.today())


@blueprint.get("/leave")
@public
def leave() -> Response:
    """Away from here, and nothing of a report is left in this browser's session."""
    forget_citizen()
    house: Installation = current_app.extensions["installation"]
    return redirect(house.settings.site.exit_url, 303)


def _inspection() -> Inspection | None:
    """Whose telephone and days are named; a site without an inspection has its statements too."""
    try:
        return public_inspection()
    except NotFound:
        return None
