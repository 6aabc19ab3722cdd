"""What triage writes down: how a report is referred, merged; and the text for hand-over."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.widgets import HiddenInput

from app.domain import catalogue
from app.domain.report import Report
from app.triage.commands import Merge, MergeCopies, Refer, SecondApprove
from app.web.choosing import MenuField, TickField, TicksField
from app.web.fields import LineField, WordsField
from app.web.forms import OfficeForm
from app.web.named import named
from app.web.versioned import VersionedForm


class ReferForm(VersionedForm):
    """Filled in from the class that was chosen; every word of it may be changed."""

    referral_class = MenuField(_l("Class of referral"))
    receiving_body = LineField(_l("Receiving body"), most=120)
    advice = WordsField(_l("Words for the reporter"), most=2000)

    def begin(self) -> None:
        self.referral_class.offer([(one.code, named(one)) for one in catalogue.referral_classes().values()])

    def to_command(self, report_id: int) -> Refer:
        return Refer(
            report_id,
            self.referral_class.data,
            self.receiving_body.data or "",
            self.advice.data or "",
            self.version.data,
        )


def referral_draft(code: str, number: str) -> dict[str, Any]:
    """What a class of referral fills in; nothing for a class nobody knows."""
    chosen = catalogue.referral_classes().get(code)
    if chosen is None:
        return {}
    words = chosen.words.replace("{number}", number).replace("{body}", chosen.receiving_body)
    return {"referral_class": code, "receiving_body": chosen.receiving_body, "advice": words}


class MergeForm(VersionedForm):
    earlier = LineField(_l("Number of the earlier report"), most=40, render_kw={"class": "w-m"})
    note = WordsField(_l("Note"), most=1000, required=False, render_kw={"rows": 3})
    read = StringField(widget=HiddenInput())

    def have_read(self, earlier: Report | None) -> bool:
        """Whether what is merged into was in sight when it was pressed; a number of no report is refused by name."""
        return earlier is None or (self.read.data or "") == earlier.number

    def show(self, earlier: Report | None) -> None:
        self.read.data = earlier.number if earlier else ""

    def to_command(self, report_id: int) -> Merge:
        return Merge(report_id, self.earlier.data or "", self.note.data or "", self.version.data)


class CopiesForm(OfficeForm):
    """Which of the reports of the same words follow the first; ticked until somebody unticks them."""

    copies = TicksField(_l("Reports of the same words"), coerce=int, required=False)
    every = TickField(_l("Also those that are not shown"))
    note = WordsField(_l("Note"), most=1000, required=False, render_kw={"rows": 3})

    def to_command(self, report_id: int) -> MergeCopies:
        return MergeCopies(report_id, tuple(self.copies.data or ()), self.note.data or "", self.every.data)


class SecondForm(VersionedForm):
    """Nothing but the version that was read."""

    def to_command(self, case_id: int) -> SecondApprove:
        return SecondApprove(case_id, self.version.data or 0)
