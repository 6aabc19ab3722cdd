"""What a clerk writes down: one form for each way in which a report comes."""

from app.desk.forms.call import CallForm
from app.desk.forms.entry import EntryForm, VisitForm
from app.desk.forms.letter import LetterForm, PassedOnForm

FORMS: dict[str, type[EntryForm]] = {
    "call": CallForm,
    "letter": LetterForm,
    "visit": VisitForm,
    "passed-on": PassedOnForm,
}

__all__ = ["FORMS", "CallForm", "EntryForm", "LetterForm", "PassedOnForm", "VisitForm"]
