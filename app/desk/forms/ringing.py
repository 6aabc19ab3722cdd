"""What a clerk writes down of a telephone call to a reporter."""

from flask_babel import lazy_gettext as _l

from app.desk.commands import Answered, CalledBack, Tried
from app.domain.ringing import Again, CallBack, RingOutcome
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


class CalledBackForm(OfficeForm):
    """Who was not reached is noted as a try."""

    result = ChoiceField(
        _l("What the reporter thinks of the answer"), [one for one in CallBack if one is not CallBack.NOT_REACHED],
        coerce=CallBack,
    )  # fmt: skip
    words = WordsField(
        _l("What was said"), most=2000, required=False, render_kw={"rows": 4},
        hint=_l("Needed of who is dissatisfied. For the team only: no name, number or address."),
    )  # fmt: skip

    def to_command(self, ring_up_id: int) -> CalledBack:
        return CalledBack(ring_up_id, self.result.data, self.words.data or "")
