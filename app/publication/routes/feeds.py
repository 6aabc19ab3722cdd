"""Feeds of what is new: publications (through the same filters), bulletins."""

from datetime import time

from flask import Response, request, url_for

from app.domain.inspection import Inspection
from app.kernel import clock
from app.publication import blueprint
from app.publication.queries.bulletins import bulletins
from app.publication.queries.cases import newest_moments
from app.publication.routes.narrowing import A_MINUTE, NARROWING, carried, read_filters
from app.web.described import Query, described
from app.web.feeds import FEED_ANSWERS, Feed, Item, send_feed
from app.web.guards import public
from app.web.inspecting import public_inspection
from app.web.security import may_be_kept

MOST = 50
INSPECTION = Query("inspection", "Its code; else the one open now.")


@blueprint.get("/feed.atom")
@public
@may_be_kept(A_MINUTE)
@described("The newest publications", answers=FEED_ANSWERS, queries=NARROWING, tags=("publication",))
def feed() -> Response:
    form, inspection = read_filters()
    kept = carried(form) | {"inspection": inspection.code}
    items = [
        Item(
            name=f"{inspection.code}/case/{row.number}",
            title=f"{row.number} {row.area} {row.problem[:40]}",
            updated=moment,
            href=url_for("publication.case", number=row.number, inspection=inspection.code, _external=True),
            said="\n\n".join(filter(None, (row.problem, row.findings, row.handling))),
            kinds=row.types,
        )
        for row, moment in newest_moments(inspection, form.narrowed(), MOST)
    ]
    said = "&".join(f"{name}={value}" for name, value in sorted(kept.items()))
    head = _feed(inspection, f"cases?{said}", "办理情况公开", url_for("publication.cases", **kept, _external=True))
    return send_feed(head, items)


@blueprint.get("/bulletins.atom")
@public
@may_be_kept(A_MINUTE)
@described("The newest bulletins", answers=FEED_ANSWERS, queries=[INSPECTION], tags=("publication",))
def bulletin_feed() -> Response:
    inspection = public_inspection()
    home = url_for("publication.every_bulletin", inspection=inspection.code, _external=True)
    items = [
        Item(
            name=f"{inspection.code}/bulletin/{one.label}",
            title=f"第{one.label}批群众举报交办情况通报",
            updated=one.handed_at,
            href=url_for("publication.bulletin", label=one.label, inspection=inspection.code, _external=True),
            said=f"第{one.label}批于{one.handed_on.isoformat()}交办，共 {one.cases} 件。",
        )
        for one in bulletins(inspection)
        if one.sound
    ]
    return send_feed(_feed(inspection, "bulletins", "每日通报", home), items[:MOST])


def _feed(inspection: Inspection, name: str, title: str, home: str) -> Feed:
    return Feed(
        name=f"{inspection.code}/{name}",
        title=f"{title} · {inspection.title}",
        author=inspection.team,
        home=home,
        own=request.url,
        since=clock.at_local(inspection.starts_on, time.min),
    )
