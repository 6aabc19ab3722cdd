"""The receipt, for the sender's own browser."""

from flask import Response, make_response, render_template, session

from app.intake import blueprint
from app.intake.queries import what_follows
from app.intake.receipt import carried, code_picture
from app.intake.routes.here import spoken
from app.kernel.errors import NotFound
from app.web.described import PROBLEMS, Answer, described
from app.web.guards import public


@blueprint.get("/report/receipt")
@public
def receipt() -> str | tuple[str, int]:
    shown = carried(session)
    if shown is None:
        return render_template("intake/no_receipt.html"), 404
    return render_template(
        "intake/receipt.html",
        receipt=shown,
        following=what_follows(shown.inspection_id, shown.received_at),
        not_taken=spoken(shown.not_taken),
    )


@blueprint.get("/report/receipt/code.svg")
@public
@described(
    "The query code of a receipt just given, as a QR picture",
    answers={200: ("image/svg+xml", "The picture."), 404: Answer("This session has been given no receipt.", PROBLEMS)},
)
def receipt_code() -> Response:
    """The code as a picture, from the reader's own session: no address holds it, nothing may store it."""
    shown = carried(session)
    if shown is None:
        raise NotFound
    picture = make_response(code_picture(shown.query_code))
    picture.mimetype = "image/svg+xml"
    return picture
