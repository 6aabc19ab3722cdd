"""What a clerk says of a ledger sheet: the file, what its columns mean, and how its rows are taken."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from app.desk.sheets.columns import NEEDED, SheetField
from app.desk.sheets.commands import BringSheet, NameColumns
from app.desk.sheets.queries import HeadedColumn
from app.domain.report import Channel
from app.domain.tables.reading import HEADINGS_WITHIN
from app.kernel.errors import N_, Refused
from app.web.choosing import ChoiceField, FilesField, MenuField
from app.web.figures import CountField
from app.web.forms import OfficeForm
from app.web.language import term

FILE = _l("Excel (.xlsx) or CSV (UTF-8 or GB18030), at most 20 MB and 50,000 rows. Only the first sheet is read.")
WAYS = [channel for channel in Channel if channel is not Channel.UNSTATED]
GOOD, WHOLE = "good", "whole"


class SheetForm(OfficeForm):
    """One file."""

    file = FilesField(_l("Ledger sheet"), most=1, required=True, hint=FILE)

    def to_command(self, inspection_id: int) -> BringSheet:
        sent = self.file.data[0]
        return BringSheet(inspection_id, sent.filename or "", sent.read())


class RowForm(OfficeForm):
    """Which row holds the headings, when another was taken for it; a question, it changes nothing."""

    class Meta(OfficeForm.Meta):
        csrf = False

    row = CountField(_l("Headings stand in row"), least=1, most=HEADINGS_WITHIN, required=False)


class ColumnsForm(OfficeForm):
    """A menu for each column; made for the sheet by `columns_form`."""

    channel = MenuField(_l("Rows that do not say how they came"), WAYS, coerce=Channel, render_kw={"class": "w-s"})

    def menus(self) -> list[Any]:
        return [field for field in self if field.name.startswith("column_")]

    def to_command(self, sheet_id: int, heading_row: int) -> NameColumns:
        """Raises Refused when two columns mean the same."""
        columns: dict[SheetField, int] = {}
        for menu in self.menus():
            if menu.data:
                if menu.data in columns:
                    told = N_("Another column has this meaning already.")
                    raise Refused(told, fields={menu.name: told})
                columns[menu.data] = int(menu.name.removeprefix("column_"))
        return NameColumns(sheet_id, heading_row, columns, self.channel.data)


def columns_form(columns: Iterable[HeadedColumn]) -> type[ColumnsForm]:
    def choices() -> list[tuple[str, str]]:
        return [(str(one), term(one) + (" *" if one in NEEDED else "")) for one in SheetField]

    fields = {
        f"column_{one.at}": MenuField(
            f"{one.letters} · {one.heading}" if one.heading else one.letters,
            choices,
            coerce=SheetField,
            required=False,
            default=one.means,
        )
        for one in columns
    }
    return type("ColumnsOfSheet", (ColumnsForm,), fields)


class TakeForm(OfficeForm):
    how = ChoiceField(
        _l("How the rows are taken"),
        lambda: [
            (GOOD, str(_l("Take the good rows and leave the wrong ones"))),
            (WHOLE, str(_l("Take all rows, or none while one is wrong"))),
        ],
    )
