"""What the holder of a query code may write."""

from flask_babel import lazy_gettext as _l

from app.domain.report import Rating
from app.tracking.commands import Rate, Say
from app.web.choosing import ChoiceField
from app.web.fields import LineField, WordsField
from app.web.forms import OfficeForm

MOST = 5000


class CodeForm(OfficeForm):
    """A code that is none gets the same sentence as one that opens nothing: the page is no oracle."""

    query_code = LineField(
        _l("Query code"),
        most=100,
        hint=_l("The 25 letters and figures of your receipt. Capitals, spaces and dashes do not matter."),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "w-m number"},
    )


class AnswerForm(OfficeForm):
    answer = WordsField(_l("Your answer"), most=MOST)

    def to_command(self, report_id: int) -> Say:
        return Say(report_id, self.answer.data or "")


class AddForm(OfficeForm):
    addition = WordsField(_l("What would you like to add?"), most=MOST)

    def to_command(self, report_id: int) -> Say:
        return Say(report_id, self.addition.data or "")


class WithdrawForm(OfficeForm):
    reason = WordsField(_l("Why do you withdraw the report?"), most=500, hint=_l("One sentence is enough."))

    def to_command(self, report_id: int) -> Say:
        return Say(report_id, self.reason.data or "")


class RateForm(OfficeForm):
    rating = ChoiceField(_l("Are you satisfied with the answer?"), Rating)
    reason = WordsField(
        _l("Why?"),
        most=2000,
        required=False,
        hint=_l("If you are dissatisfied, please say with what: the team then reviews the answer again."),
    )

    def to_command(self, report_id: int) -> Rate:
        return Rate(report_id, str(self.rating.data), self.reason.data or "")
