"""What a clerk writes down of a telephone call to a reporter."""

from flask_babel import lazy_gettext as _l

from app.desk.commands import Answered, Tried
from app.domain.ringing import Again, RingOutcome
from app.domain.workflow.vocabulary import Need
from app.web.choosing import ChoiceField, MenuField
from app.web.fields import WordsField
from app.web.forms import OfficeForm
from app.web.language import term_label


class AnsweredForm(OfficeForm):
    answer = WordsField(
        term_label(Need.ANSWER), most=5000, hint=_l("As it was said. Read it back."), render_kw={"rows": 5}
    )

    def to_command(self, ring_up_id: int) -> Answered:
        return Answered(ring_up_id, self.answer.data or "")


class TriedForm(OfficeForm):
    outcome = ChoiceField(_l("What came of it"), RingOutcome)
    again = MenuField(_l("Ring again"), Again, default=Again.LATER, render_kw={"class": "w-m"})

    def to_command(self, ring_up_id: int) -> Tried:
        return Tried(ring_up_id, RingOutcome(self.outcome.data), Again(self.again.data))
