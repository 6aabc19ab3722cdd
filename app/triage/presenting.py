"""What a row of the queue says in the reader's language, made ready before the page is drawn."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.domain.workflow.terms import Term
from app.triage.queries.queue import QueueRow
from app.web.language import brief_date, brief_time, in_chinese, term
from app.web.named import named_types
from app.web.tones import tone_of

Cells = Mapping[str, Any]


def row_cells(today: date, shown: Collection[str]) -> Callable[[QueueRow], Cells]:
    """A function of one row, for the columns that are shown.

    What is the same in every row is looked up once: fifty rows are read at a time, many times a day.
    """
    way = url_for("triage.report_page", report_id=0).removesuffix("0")
    chinese, choose = in_chinese(), _("Choose")
    said: dict[Term, str] = {}

    def word(value: Term) -> str:
        found = said.get(value)
        if found is None:
            found = said[value] = term(value)
        return found

    told: dict[str, Callable[[QueueRow], Any]] = {
        "received": lambda row: brief_time(row.received_at),
        "channel": lambda row: word(row.channel),
        "types": lambda row: named_types(row.types),
        "area": lambda row: (row.area.zh if chinese else row.area.en) if row.area else row.area_printed,
        "place": lambda row: row.place,
        "polluter": lambda row: row.polluter,
        "state": lambda row: word(row.state),
        "hands": lambda row: row.in_hand,
        "until": lambda row: brief_date(row.due_on),
    }
    asked = [(code, cell) for code, cell in told.items() if code in shown]

    def cells(row: QueueRow) -> Cells:
        found = {code: cell(row) for code, cell in asked}
        found["href"], found["choose"] = f"{way}{row.id}", f"{choose} {row.number}"
        found["tone"], found["overdue"] = tone_of(row.state), row.due_on is not None and row.due_on < today
        return found

    return cells
