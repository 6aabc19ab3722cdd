"""The citizen's form. Only what happened has to be said."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from app.domain import catalogue
from app.domain.inspection import Inspection
from app.intake.commands import SentFile, StateReport
from app.intake.queries import areas
from app.kernel import crypto, text
from app.web.choosing import FilesField, MenuField, TickField, TicksField
from app.web.fields import LineField, PhoneField, WordsField
from app.web.forms import OfficeForm
from app.web.language import in_chinese
from app.web.named import named

KEY = re.compile(r"[\w-]{20,100}", re.ASCII)
LONGEST_NAME = 40
PICTURES = "image/jpeg,image/png,image/webp"
MANY = 1000
"""Files beyond the limit are named in the receipt, not refused with the whole form."""


class AreaField(MenuField):
    """A menu whose blank choice says what it means."""

    blank = (SelectChoice("", _l("Not sure")),)


class ReportForm(OfficeForm):
    """The names of the fields are known to other systems that fill the form in; they stay as they are."""

    description = WordsField(
        _l("What is the problem?"),
        most=5000,
        hint=_l("What do you see, smell or hear? Day or night, how often? Your own words are best."),
        render_kw={"rows": 7},
    )
    area = AreaField(_l("County or district"), required=False)
    place = LineField(
        _l("Where exactly"), required=False, most=200, hint=_l("Street or village, road, a landmark beside it.")
    )
    polluter = LineField(
        _l("Who causes it"), required=False, most=200, hint=_l("Name of the works, shop or site, if you know it.")
    )
    types = TicksField(_l("What kind of pollution"), required=False, hint=_l("Tick all that fit, or none."))
    since = LineField(
        _l("Since when"), required=False, most=100, hint=_l("For example: since last winter; every night after ten.")
    )
    files = FilesField(_l("Photographs"), most=MANY, render_kw={"accept": PICTURES})
    anonymous = TickField(_l("Report anonymously: keep neither my name nor my telephone number"))
    name = LineField(_l("Your name"), required=False, most=60, render_kw={"autocomplete": "name", "class": "w-m"})
    phone = PhoneField(_l("Your telephone number"), required=False)
    wants_answer = TickField(_l("I would like to be told the result"))
    key = HiddenField()
    inspection = HiddenField()

    def prepare(self, inspection: Inspection) -> None:
        """What this inspection offers, and a key of the form's own when it brings none that could be one."""
        self.area.offer([(area.code, named(area)) for area in areas(inspection.region_code)])
        kinds = [catalogue.types()[code] for code in inspection.settings.types if code in catalogue.types()]
        self.types.offer([(kind.code, named(kind)) for kind in kinds])
        self.inspection.data = inspection.code
        self.key.data = key if KEY.fullmatch(key := self.key.data or "") else crypto.random_token()

    @property
    def own_key(self) -> str:
        """The form's idempotency key: every copy of one submit carries the same."""
        return self.key.data or ""

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """A telephone number that will not be kept need not be one."""
        valid = bool(super().validate(*args, **kwargs))
        if not valid and self.anonymous.data and self.phone.errors:
            self.phone.errors = []
            return not self.errors
        return valid

    def sent_files(self, largest: int) -> tuple[SentFile, ...]:
        """The files as sent; of one that is too large just enough is read to know it."""
        chosen = [file for file in self.files.data if file.filename]
        return tuple(SentFile(_shown(file.filename), file.stream.read(largest + 1)) for file in chosen)

    def to_command(self, inspection: Inspection, files: tuple[SentFile, ...]) -> StateReport:
        return StateReport(
            inspection_id=inspection.id,
            key=self.own_key,
            description=self.description.data or "",
            area_code=self.area.data,
            place=self.place.data or "",
            polluter=self.polluter.data or "",
            types=tuple(self.types.data or ()),
            since=self.since.data or "",
            name=self.name.data or "",
            phone=self.phone.data or "",
            anonymous=self.anonymous.data,
            wants_answer=self.wants_answer.data,
            files=files,
        )


def plain_words() -> dict[str, str]:
    """What each type of pollution means, in everyday words."""
    return {code: one.plain_zh if in_chinese() else one.plain_en for code, one in catalogue.types().items()}


def _shown(name: str) -> str:
    return text.excerpt(name, LONGEST_NAME)
