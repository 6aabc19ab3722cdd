"""Doors to ledger sheets: bring one, name its columns, see what is wrong, have it taken, watch how far it is."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app.desk import blueprint
from app.desk.routes import house
from app.desk.sheets import queries, services
from app.desk.sheets.forms import GOOD, WHOLE, RowForm, SheetForm, TakeForm, columns_form
from app.desk.sheets.tables import cell_name, numbers_table, template_table, wrong_table
from app.desk.sheets.understanding import WrongCell
from app.domain.report import Channel
from app.domain.tables.table import PrintedTable
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import NotFound, OfficeError, Refused, Stale
from app.web.described import described
from app.web.guards import current_actor, door
from app.web.inspecting import current_inspection
from app.web.language import sentence
from app.web.printed import TABLE_ANSWERS, send_table
from app.web.reading import never_on_disk

SHEETS = ("sheets",)


@blueprint.route("/sheets", methods=["GET", "POST"])
@door(R.CLERK)
@never_on_disk
def sheets() -> str | tuple[str, int] | Answer:
    actor = current_actor()
    inspection = current_inspection(actor)
    form = SheetForm()
    if form.submitted():
        try:
            sheet_id = services.bring(house(), actor, form.to_command(inspection.id))
        except OfficeError as error:
            form.refuse(error if isinstance(error, Refused) else Refused(error.message, **error.params))
        else:
            return redirect(url_for("desk.sheet_columns", sheet_id=sheet_id))
    own = queries.own_sheets(house(), actor, inspection.id)
    page = render_template("desk/sheets.html", form=form, inspection=inspection, sheets=own)
    return page, 422 if form.errors else 200


@blueprint.get("/sheets/template.<any(xlsx, csv):kind>")
@door(R.CLERK)
@described("An empty ledger sheet with the headings that are known", answers=TABLE_ANSWERS, tags=SHEETS)
def sheet_template(kind: str) -> Response:
    return send_table(template_table(current_inspection(current_actor())), kind)


@blueprint.route("/sheets/<int:sheet_id>/columns", methods=["GET", "POST"])
@door(R.CLERK)
def sheet_columns(sheet_id: int) -> str | tuple[str, int] | Answer:
    """Another row of headings is a question of the address; naming the columns sends every row to be checked."""
    actor = current_actor()
    asked = RowForm(request.args)
    row = asked.row.data if asked.validate() else None
    sheet, columns = queries.columns_of(house(), actor, sheet_id, row)
    heading_row = row or sheet.heading_row
    form = columns_form(columns)(data={"channel": Channel(sheet.channel)})
    if form.submitted():
        try:
            services.name_columns(house(), actor, form.to_command(sheet_id, heading_row))
        except Refused as error:
            form.refuse(error)
        else:
            return redirect(url_for("desk.sheet", sheet_id=sheet_id))
    asked.row.data = heading_row
    page = render_template("desk/sheet_columns.html", form=form, asked=asked, sheet=sheet, columns=columns)
    return page, 422 if form.errors else 200


@blueprint.route("/sheets/<int:sheet_id>", methods=["GET", "POST"])
@door(R.CLERK)
def sheet(sheet_id: int) -> str | tuple[str, int] | Answer:
    actor = current_actor()
    found = queries.sheet_page(house(), actor, sheet_id)
    form = TakeForm(data={"how": GOOD})
    if form.is_submitted() and not found.checked:
        raise Stale(services.NOT_NOW)
    if form.submitted():
        try:
            services.take_rows(house(), actor, sheet_id, whole=form.how.data == WHOLE)
        except Refused as error:
            form.refuse(error)
        else:
            return redirect(url_for("desk.sheet", sheet_id=sheet_id))
    return render_template("desk/sheet.html", form=form, found=found), 422 if form.errors else 200


@blueprint.post("/sheets/<int:sheet_id>/remove")
@door(R.CLERK)
def remove_sheet(sheet_id: int) -> Answer:
    queries.sheet_page(house(), current_actor(), sheet_id)
    services.remove_sheet(house(), current_actor(), sheet_id)
    flash(_("The sheet was removed. Reports that were made of it stay."), "done")
    return redirect(url_for("desk.sheets"))


@blueprint.get("/sheets/<int:sheet_id>/<any(wrong, numbers):which>.<any(xlsx, csv):kind>")
@door(R.CLERK)
@described(
    "What is wrong in a ledger sheet, or which report each of its rows became", answers=TABLE_ANSWERS, tags=SHEETS
)
def sheet_table(sheet_id: int, which: str, kind: str) -> Response:
    return send_table(_table(sheet_id, which), kind)


def _table(sheet_id: int, which: str) -> PrintedTable:
    actor = current_actor()
    inspection = current_inspection(actor)
    if which == "numbers":
        return numbers_table(inspection, queries.numbers_of(house(), actor, sheet_id))
    cells = queries.wrong_cells(house(), actor, sheet_id)
    if not cells:
        queries.sheet_page(house(), actor, sheet_id)
        raise NotFound
    return wrong_table(inspection, cells, sheet_reason)


@blueprint.app_template_filter("sheet_reason")
def sheet_reason(cell: WrongCell) -> str:
    return sentence(cell.reason, cell.params)


blueprint.add_app_template_filter(cell_name, "sheet_cell")
blueprint.add_app_template_filter(zip, "zip")
