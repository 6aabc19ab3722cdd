"""The publication's form: the last look before everybody reads it."""

from flask_babel import lazy_gettext as _l

from app.casework.commands import Publish
from app.casework.forms.acting import CaseForm
from app.domain.privacy import Found
from app.domain.workflow.vocabulary import Need
from app.web.choosing import TickField, TicksField
from app.web.fields import WordsField
from app.web.language import term, term_label

LONG = 10_000
TEXTS = ("publication_problem", "publication_text", "handling", "target", "accountability")


class PublishForm(CaseForm):
    """`confirmed` offers the self-identifying words that stand in the texts as they were sent."""

    publication_problem = WordsField(term_label(Need.PUBLICATION_PROBLEM), most=LONG)
    publication_text = WordsField(_l("Findings as published"), most=LONG, render_kw={"rows": 8})
    handling = WordsField(_l("Handling and rectification"), most=LONG, required=False)
    target = WordsField(_l("Target of completion"), most=LONG, required=False, render_kw={"rows": 3})
    accountability = WordsField(_l("Accountability"), most=LONG, required=False, render_kw={"rows": 3})
    confirmed = TicksField(_l("This does not tell who reported"), required=False, validate_choice=False)

    place_hidden = TickField(
        _l("Do not show the place on the public map"),
        hint=_l("Else the map shows it to the nearest 500 metres or so. Tick it where the matter is somebody's home."),
    )

    def texts(self) -> list[str]:
        return [self[name].data or "" for name in TEXTS]

    def point_out(self, marks: list[Found]) -> None:
        self.confirmed.offer([(found.words, f"{found.words} · {term(found.mark)}") for found in marks])

    def to_command(self, case_id: int) -> Publish:
        return Publish(
            case_id=case_id,
            problem=self.publication_problem.data or "",
            text=self.publication_text.data or "",
            handling=self.handling.data,
            target=self.target.data,
            accountability=self.accountability.data,
            confirmed=frozenset(self.confirmed.data or ()),
            place_hidden=bool(self.place_hidden.data),
            version=self.version.data,
        )
