"""What is said when a day is closed, a batch handed over or signed for, and when a case is taken out."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField
from wtforms.widgets import HiddenInput

from app.batches.commands import TakeOut
from app.web.fields import WordsField
from app.web.forms import OfficeForm


class SeenForm(OfficeForm):
    """One press; it carries what was on the page."""

    seen = HiddenField()


class TakeOutForm(OfficeForm):
    version = IntegerField(widget=HiddenInput())
    reason = WordsField(_l("Reason"), most=1000, render_kw={"rows": 3})

    def to_command(self, batch_id: int, case_id: int) -> TakeOut:
        return TakeOut(batch_id, case_id, self.reason.data or "", self.version.data)
