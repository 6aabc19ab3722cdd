"""The day's bulletins: which batches were handed over, and each one's bulletin as a page and as plain text."""

from flask import Response, render_template
from flask_babel import gettext as _

from app.domain.tables.bulletin_text import bulletin_text
from app.kernel.errors import Refused
from app.publication import blueprint
from app.publication.queries.bulletins import bulletin_of, bulletins
from app.publication.routes.narrowing import A_MINUTE
from app.web.described import Query, described
from app.web.guards import public
from app.web.inspecting import public_inspection
from app.web.security import may_be_kept

IN_CORRECTION = 409
PLAIN = "text/plain; charset=utf-8"
INSPECTION = Query("inspection", "Its code; else the one open now.")


@blueprint.get("/bulletins")
@public
@may_be_kept(A_MINUTE)
def every_bulletin() -> str:
    inspection = public_inspection()
    return render_template("publication/bulletins.html", inspection=inspection, bulletins=bulletins(inspection))


@blueprint.get("/bulletins/<label>")
@public
@may_be_kept(A_MINUTE)
def bulletin(label: str) -> str | tuple[str, int]:
    """A bulletin whose parts do not add up is never shown; its page says that it is being corrected."""
    inspection = public_inspection()
    try:
        found = bulletin_of(inspection, label)
    except Refused:
        return render_template("publication/incorrect.html", inspection=inspection, label=label), IN_CORRECTION
    return render_template(
        "publication/bulletin.html", inspection=inspection, told=found, paragraphs=bulletin_text(found)
    )


@blueprint.get("/bulletins/<label>.txt")
@public
@may_be_kept(A_MINUTE)
@described(
    "The day's bulletin of a batch, as text",
    answers={
        200: ("text/plain", "The bulletin in Chinese."),
        IN_CORRECTION: ("text/plain", "Its figures do not add up; it is being corrected."),
    },
    queries=[INSPECTION],
    tags=("publication",),
)
def bulletin_as_text(label: str) -> Response:
    try:
        told = "\n\n".join(bulletin_text(bulletin_of(public_inspection(), label)))
    except Refused:
        return Response(_("This bulletin is being corrected.") + "\n", IN_CORRECTION, content_type=PLAIN)
    return Response(told + "\n", content_type=PLAIN)
