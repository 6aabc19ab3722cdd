"""The citizen's form. Only what happened has to be said."""

import re
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.domain import catalogue
from app.domain.catalogue import Question
from app.domain.evidence.kinds import ACCEPT
from app.domain.evidence.names import shown
from app.domain.evidence.resting import NotTaken, SentFile
from app.domain.inspection import Inspection
from app.domain.report import StillGoing
from app.intake.commands import Describe, StateReport
from app.intake.forms.fields import ASKED, AreaField, TownField, asked_field
from app.intake.queries import areas, towns
from app.kernel import crypto
from app.kernel.errors import N_
from app.settings import MEGABYTE
from app.web import kept
from app.web.choosing import ChoiceField, FilesField, TickField, TicksField
from app.web.fields import LineField, PhoneField, WordsField
from app.web.forms import OfficeForm
from app.web.modes import SWITCH
from app.web.named import named
from app.web.points import DegreesField, LatitudeField, point_of
from app.web.pressure import PROOF, TICKET
from app.web.reading import taken_at_once, was_let_go

KEY = re.compile(r"[\w-]{20,100}", re.ASCII)
MANY = 1000
"""Files beyond the limit are named in the receipt, not refused with the whole form."""
NOT_CARRIED = {"key", "same_as", "checked", "change", SWITCH, PROOF, TICKET}
"""What the check page asks anew, or what belongs to one sending alone."""
TOO_MUCH = N_("Together at most %(most)s MB can be sent at once. Please send this file by itself, or add it later.")
ANONYMOUS, NAMED = "y", "n"
OFTEN = [
    ("always", _l("All the time")),
    ("daily", _l("Every day or night")),
    ("weekly", _l("Several times a week")),
    ("sometimes", _l("Now and then")),
    ("once", _l("Only once")),
]
WHO = [(ANONYMOUS, _l("I will stay anonymous")), (NAMED, _l("I will leave my name or contact details"))]


class ReportForm(OfficeForm):
    """The names of the fields are known to other systems that fill the form in; they stay as they are."""

    description = WordsField(
        _l("What is the problem?"),
        most=5000,
        hint=_l("What do you see, smell or hear? Your own words are best."),
        render_kw={"rows": 6},
    )
    types = TicksField(_l("What kind of pollution"), required=False, hint=_l("Tick all that apply, or none."))
    since = LineField(_l("Since when"), required=False, most=100, hint=_l("For example: since last winter."))
    frequency = ChoiceField(_l("How often is it"), OFTEN, required=False)
    still = ChoiceField(_l("Is it still going on?"), StillGoing, coerce=StillGoing, required=False)
    area = AreaField(_l("County or district"), required=False)
    town = TownField(_l("Town or subdistrict"), required=False)
    address = LineField(
        _l("Road or village"), required=False, most=200, hint=_l("Road and house number, or village and group.")
    )
    place = LineField(
        _l("How to find it"),
        required=False,
        most=200,
        hint=_l("What is beside it: a school, a bridge, a shop."),
    )
    latitude, longitude = LatitudeField(), DegreesField()
    polluter = LineField(
        _l("Who is causing it"), required=False, most=200, hint=_l("Name of the works, shop or site, if you know it.")
    )
    files = FilesField(_l("Photographs, videos, recordings, documents"), most=MANY, render_kw={"accept": ACCEPT})
    earlier = LineField(
        _l("Have you complained about it before?"),
        required=False,
        most=200,
        hint=_l("To whom, when, and the number you were given, if any."),
    )
    anonymous = ChoiceField(_l("Do you want to say who you are?"), WHO, required=False, default=ANONYMOUS)
    name = LineField(_l("Your name"), required=False, most=60, render_kw={"autocomplete": "name", "class": "w-m"})
    phone = PhoneField(_l("Your telephone number"), required=False)
    home = LineField(
        _l("Your address"),
        required=False,
        most=120,
        hint=_l("Only if you would like an answer by letter."),
        render_kw={"autocomplete": "address-line1"},
    )
    wants_answer = TickField(_l("I would like to be told the result"))
    same_as = HiddenField()
    key = HiddenField()
    inspection = HiddenField()

    asked: tuple[Question, ...] = ()

    def prepare(self, inspection: Inspection) -> None:
        """What this inspection offers, and a key of the form's own when it brings none that could be one."""
        counties = areas(inspection.region_code)
        self.area.offer([(area.code, named(area)) for area in counties])
        self.town.offer_towns(inspection.region_code, counties, towns([area.code for area in counties]))
        kinds = [catalogue.types()[code] for code in inspection.settings.types if code in catalogue.types()]
        self.types.offer([(kind.code, named(kind)) for kind in kinds])
        self.inspection.data = inspection.code
        self.key.data = key if KEY.fullmatch(key := self.key.data or "") else crypto.random_token()

    @property
    def own_key(self) -> str:
        """The form's idempotency key: every copy of one submit carries the same."""
        return self.key.data or ""

    @property
    def stays_anonymous(self) -> bool:
        """What was chosen; where nothing was (another system sent it), whether anything was said of the sender."""
        if self.anonymous.raw_data:
            return bool(self.anonymous.data != NAMED)
        return not (self.name.data or self.phone.data or self.home.data)

    @property
    def chosen_area(self) -> str | None:
        """The county; that of the town where a town was chosen, since it says more."""
        return self.town.county or self.area.data

    @property
    def point(self) -> tuple[float, float] | None:
        return point_of(self.latitude, self.longitude)

    def fields_asked(self, kind: str) -> list[Any]:
        """The fields of the inspection's own questions about one type."""
        return [self[ASKED + one.code] for one in self.asked if one.type == kind]

    @property
    def names_asked(self) -> set[str]:
        """The names of the fields of all those questions."""
        return {ASKED + one.code for one in self.asked}

    def answers(self) -> dict[str, str]:
        """What was said to the questions, by their codes. One whose type was not ticked was still answered."""
        said = {one.code: self[ASKED + one.code].data for one in self.asked}
        return {code: answer for code, answer in said.items() if answer}

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """A telephone number that will not be kept need not be one."""
        valid = bool(super().validate(*args, **kwargs))
        if not valid and self.stays_anonymous and self.phone.errors:
            self.phone.errors = []
            return not self.errors
        return valid

    def carried_on(self) -> list[tuple[str, str]]:
        """What was sent, to be sent once more: every word as it was typed, under the key this form has now."""
        return [pair for pair in kept.carried() if pair[0] not in NOT_CARRIED] + [("key", self.own_key)]

    def own_words(self) -> list[str]:
        """What was written in words of one's own, to be copied where it cannot be sent."""
        written = (self.description, self.address, self.place, self.polluter, self.since, self.earlier)
        return [one.data for one in written if one.data]

    def sent_files(self) -> tuple[SentFile, ...]:
        """The files as sent, still on the disk the request was read to."""
        chosen = [file for file in self.files.data if file.filename and not was_let_go(file.stream)]
        return tuple(SentFile(file.filename, stream=file.stream) for file in chosen)

    def too_much(self) -> tuple[NotTaken, ...]:
        """The files that did not fit into one sending."""
        gone = [file for file in self.files.data if file.filename and was_let_go(file.stream)]
        most = {"most": taken_at_once() // MEGABYTE}
        return tuple(NotTaken(shown(file.filename), TOO_MUCH, most) for file in gone)

    def to_command(self, inspection: Inspection, files: tuple[SentFile, ...]) -> StateReport:
        lines = ("description", "place", "address", "polluter", "since", "earlier", "name", "phone", "home", "same_as")
        return StateReport(
            inspection_id=inspection.id,
            key=self.own_key,
            area_code=self.chosen_area,
            town_code=self.town.data,
            point=self.point,
            types=tuple(self.types.data or ()),
            frequency=str(dict(OFTEN).get(self.frequency.data or "", "")),
            still=str(self.still.data or ""),
            answers=self.answers(),
            anonymous=self.stays_anonymous,
            wants_answer=self.wants_answer.data,
            files=files,
            **{name: self[name].data or "" for name in lines},
        )

    def to_description(self, inspection: Inspection) -> Describe:
        """What is known so far of the matter itself."""
        words = " ".join(one.data for one in (self.description, self.polluter, self.place) if one.data)
        types = tuple(self.types.data or ())
        return Describe(inspection.id, words, self.chosen_area, types, self.point)


def form_for(inspection: Inspection, key: str = "") -> ReportForm:
    """The form of an inspection, its own questions included, as it was sent or empty (then with this key)."""
    known = catalogue.types().keys() & set(inspection.settings.types)
    asked = catalogue.questions(inspection.settings.questions).values()
    form = _form_asking(tuple(one for one in asked if one.type in known))()
    form.key.data = form.key.data or key
    form.prepare(inspection)
    return form


@cache
def _form_asking(asked: tuple[Question, ...]) -> type[ReportForm]:
    """A form with a field for each question."""
    return type("AskingForm", (ReportForm,), {"asked": asked} | {ASKED + one.code: asked_field(one) for one in asked})
