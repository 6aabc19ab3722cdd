"""What everybody may read: notices of sign-offs, running and past; and the door for an objection."""

from datetime import UTC, datetime
from typing import Any

from flask import Response, current_app, redirect, render_template, request, url_for

from app.domain.people import CITIZEN
from app.kernel import crypto
from app.kernel.errors import Refused
from app.rectification import blueprint, queries, services
from app.rectification.forms import ObjectionForm
from app.web.described import described
from app.web.feeds import FEED_ANSWERS, Feed, Item, send_feed
from app.web.guards import public
from app.web.security import may_be_kept

GET_POST = ("GET", "POST")
A_MINUTE, MOST = 60, 50
START = datetime(2024, 1, 1, tzinfo=UTC)
"""Dates the feed while there is no notice."""


@blueprint.get("/notices")
@public
def notices() -> str:
    running, past = queries.public_notices(request.args.get("page", ""))
    return render_template("rectification/notices.html", running=running, past=past)


@blueprint.get("/public/notices.atom")
@public
@may_be_kept(A_MINUTE)
@described("The newest notices before a sign-off", answers=FEED_ANSWERS, tags=("publication",))
def notice_feed() -> Response:
    """Of every inspection, from published texts only."""
    found = queries.newest_notices(MOST)
    items = [
        Item(
            name=f"notice/{one.id}",
            title=f"拟销号公示 {one.number} {one.area_zh}（{one.starts_on.isoformat()}至{one.ends_on.isoformat()}）",
            updated=moment,
            href=url_for("rectification.notice", notice=one.id, _external=True),
            said="\n\n".join(filter(None, (one.problem, one.investigated, one.handled))),
        )
        for one, moment in found
    ]
    home = url_for("rectification.notices", _external=True)
    title, own = "拟销号公示", request.url
    return send_feed(Feed("notices", title, "生态环境保护督察", home, own, since=START), items)


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
