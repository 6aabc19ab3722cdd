"""The forms of what a sign-off rests on: evidence for a line of its checklist, the same fault elsewhere."""

from flask_babel import lazy_gettext as _l

from app.domain.workflow.vocabulary import Need
from app.rectification.commands import DecideFault, Gather
from app.rectification.forms import LONG, PICTURES_HINT, SHORT, Versioned
from app.web.choosing import ChoiceField, FilesField
from app.web.fields import LineField, WordsField
from app.web.language import term_label


class GatherForm(Versioned):
    evidence = WordsField(term_label(Need.EVIDENCE), most=LONG, hint=_l("What shows that this condition is met."))
    document = LineField(
        _l("Number of the document"), most=SHORT, required=False, hint=_l("Needed where no photograph is attached.")
    )
    pictures = FilesField(_l("Photographs"), hint=PICTURES_HINT)

    def to_command(self, cycle: int, line: str) -> Gather:
        return Gather(
            **self.on(cycle), line=line, words=self.read("evidence"), document=self.read("document") or "",
            pictures_key=self.key.data or "",
        )  # fmt: skip


class FaultForm(Versioned):
    decision = ChoiceField(
        _l("Is it the same fault?"),
        [("confirmed", _l("Yes: to be put right there too")), ("declined", _l("No, for this reason"))],
    )
    reason = WordsField(
        term_label(Need.REASON), most=LONG, hint=_l("What both have in common, or in what they differ.")
    )

    def to_command(self, cycle: int, case_id: int) -> DecideFault:
        confirmed = self.decision.data == "confirmed"
        return DecideFault(**self.on(cycle), case_id=case_id, confirmed=confirmed, reason=self.read("reason"))
