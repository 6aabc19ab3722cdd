"""The supervisor's doors; leaders and inspectors see the same."""

from typing import Any

from flask import Response, render_template, request, url_for

from app.domain.inspection import Inspection
from app.domain.people import Reach
from app.domain.tables.figures import CaseFigure as C
from app.domain.tables.figures import ReportFigure as R
from app.domain.workflow.vocabulary import Role
from app.kernel import clock
from app.kernel.errors import N_, NotAllowed
from app.supervision import blueprint
from app.supervision.behind import behind as read_behind
from app.supervision.behind import figure_of
from app.supervision.queries import board as read_board
from app.supervision.tables import printed_table, shown
from app.web.described import Query, described
from app.web.guards import current_actor, door
from app.web.inspecting import current_inspection
from app.web.language import term
from app.web.named import named
from app.web.printed import KINDS, TABLE_ANSWERS, send_table

BATCH = Query("batch", "The batch of a table that speaks of one.")
WATCHERS = (Role.SUPERVISOR, Role.LEADER, Role.INSPECTOR)
FUNNEL = (R.RECEIVED, R.ACCEPTED, R.REFERRED, R.MERGED, R.VOIDED, R.WITHDRAWN, R.PENDING)
WORK = (C.CASES, C.HANDED_OVER, C.REPLIED, C.PUBLISHED, C.LATE, C.KEY)
OUTCOME = (C.DONE, C.STAGED, C.OPEN, C.UNSTATED)
BY_AREA = (R.RECEIVED, R.ACCEPTED, C.HANDED_OVER, C.REPLIED, C.PUBLISHED, C.DONE, C.STAGED, C.OPEN, C.LATE)
BY_BATCH = (C.HANDED_OVER, C.REPLIED, C.PUBLISHED, C.LATE)
BY_CHANNEL = (R.RECEIVED, R.ACCEPTED, R.REFERRED, R.MERGED, R.PENDING)
TITLES = {
    "handover": N_("Table of cases handed over"),
    "disclosure": N_("Table of disclosure"),
    "summary": N_("Summary table"),
}


@blueprint.get("/")
@door(*WATCHERS)
def board() -> str:
    inspection, now = watched(), clock.now()
    return render_template(
        "supervision/board.html",
        inspection=inspection,
        board=read_board(inspection, clock.local_date(now)),
        now=now,
        named=named,
        term_of=term,
        label_of=lambda batch: batch.label,
        titles=TITLES,
        rows={"funnel": FUNNEL, "work": WORK, "outcome": OUTCOME},
        columns={"area": BY_AREA, "batch": BY_BATCH, "channel": BY_CHANNEL},
    )


@blueprint.get("/behind/<name>")
@door(*WATCHERS)
def behind(name: str) -> str:
    figure, inspection = figure_of(name), watched()
    found = read_behind(current_actor(), inspection, figure, request.args.get("page", ""))
    return render_template("supervision/behind.html", inspection=inspection, found=found)


@blueprint.get("/tables/<name>")
@door(*WATCHERS)
def table(name: str) -> str:
    inspection = watched()
    found = shown(inspection, name, request.args.get("batch", ""), request.args.get("page", ""))
    chosen: dict[str, Any] = {"batch": found.batch} if found.batch else {}
    files = [(kind, url_for("supervision.file", name=name, kind=kind, **chosen)) for kind in KINDS]
    return render_template(
        "supervision/table.html", inspection=inspection, found=found, title=TITLES[name], files=files, titles=TITLES
    )


@blueprint.get("/tables/<name>.<any(xlsx, docx, pdf, csv, json):kind>")
@door(*WATCHERS)
@described("A statutory table as a file", answers=TABLE_ANSWERS, queries=[BATCH])
def file(name: str, kind: str) -> Response:
    return send_table(printed_table(watched(), name, request.args.get("batch", "")), kind)


def watched() -> Inspection:
    """The inspection of the bar, if this actor watches over it. Raises NotAllowed when they do something else there."""
    actor = current_actor()
    inspection = current_inspection(actor)
    if not actor.roles_over(Reach(inspection.id)) & set(WATCHERS):
        raise NotAllowed(N_("Your role does not open this door."))
    return inspection
