"""What a row of the queue says in the reader's language, made ready before the page is drawn."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.domain.workflow.terms import Term
from app.triage.queries.queue import QueueRow
from app.web.language import brief_date, brief_time, in_chinese, term
from app.web.named import named_types
from app.web.tones import tone_of


def row_cells(today: date) -> Callable[[QueueRow], Mapping[str, Any]]:
    """A function of one row. What is the same in every row is looked up once: fifty rows are read at a time."""
    way = url_for("triage.report_page", report_id=0).removesuffix("0")
    chinese, choose = in_chinese(), _("Choose")
    terms: dict[Term, str] = {}

    def said(value: Term) -> str:
        if value not in terms:
            terms[value] = term(value)
        return terms[value]

    def cells(row: QueueRow) -> Mapping[str, Any]:
        area = row.area
        return {
            "href": f"{way}{row.id}",
            "choose": f"{choose} {row.number}",
            "received": brief_time(row.received_at),
            "channel": said(row.channel),
            "types": named_types(row.types),
            "area": (area.zh if chinese else area.en) if area else row.area_printed,
            "place": row.place,
            "polluter": row.polluter,
            "state": said(row.state),
            "tone": tone_of(row.state),
            "hands": row.in_hand,
            "until": brief_date(row.due_on),
            "overdue": row.due_on is not None and row.due_on < today,
        }

    return cells
