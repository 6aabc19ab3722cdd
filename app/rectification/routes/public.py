"""What everybody may read: notices of sign-offs, running and past; and the door for an objection."""

from typing import Any

from flask import current_app, redirect, render_template, request, url_for

from app.domain.people import CITIZEN
from app.kernel import crypto
from app.kernel.errors import Refused
from app.rectification import blueprint, queries, services
from app.rectification.forms import ObjectionForm
from app.web.guards import public

GET_POST = ("GET", "POST")


@blueprint.get("/notices")
@public
def notices() -> str:
    running, past = queries.public_notices(request.args.get("page", ""))
    return render_template("rectification/notices.html", running=running, past=past)


@blueprint.route("/notices/<int:notice>", methods=GET_POST)
@public
def notice(notice: int) -> Any:
    """One notice. Whoever is signed in objects as anybody else does: nobody has a better right to it."""
    found, outcomes = queries.public_notice(notice)
    form = ObjectionForm(data={"key": crypto.random_token()})
    if form.submitted():
        try:
            services.object_to(CITIZEN, current_app.extensions["installation"], form.to_command(notice))
        except Refused as error:
            form.refuse(error)
        else:
            return redirect(url_for("rectification.objected", notice=notice))
    page = render_template("rectification/notice.html", notice=found, outcomes=outcomes, form=form)
    return page, 422 if form.errors else 200


@blueprint.get("/notices/<int:notice>/received")
@public
def objected(notice: int) -> str:
    found, _outcomes = queries.public_notice(notice)
    return render_template("rectification/objected.html", notice=found)
