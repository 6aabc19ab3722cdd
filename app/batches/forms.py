"""What is said when a day is closed, a batch handed over or signed for, and when a case is taken out."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField
from wtforms.widgets import HiddenInput

from app.batches.commands import TakeOut
from app.domain.papers.word import LARGEST
from app.kernel.errors import N_, Refused
from app.web.choosing import FilesField
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


class TemplateForm(OfficeForm):
    """The edited template, as one file."""

    file = FilesField(_l("The edited template"), most=1, required=True)

    def content(self) -> bytes:
        """The file's bytes; one more than is allowed is enough to refuse it. Raises Refused when there is none."""
        if not self.file.data:
            raise Refused(N_("Please choose a file."))
        found: bytes = self.file.data[0].stream.read(LARGEST + 1)
        return found
