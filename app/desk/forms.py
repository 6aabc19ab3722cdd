"""What a clerk writes down: one form for each way in which a report comes."""

import re
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, ValidationError

from app.desk.commands import TakeDown
from app.domain import catalogue
from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.receiving import Statement
from app.domain.region import Region
from app.domain.report import Channel
from app.domain.reporter import Reporter
from app.kernel import clock, crypto
from app.web.choosing import FilesField, MenuField, TickField, TicksField
from app.web.fields import LineField, PhoneField, WordsField
from app.web.figures import DateField
from app.web.forms import OfficeForm
from app.web.named import named

KEY = re.compile(r"[0-9a-f]{40}")
LONGEST_CALL = timedelta(hours=6)
WIDE, NARROW = {"class": "w-m"}, {"class": "w-s"}


class EntryForm(OfficeForm):
    """What every way has in common. `key` makes a repeated submit the same report."""

    channel = Channel.VISIT

    key = HiddenField()
    description = WordsField(_l("What was reported"), most=10000, render_kw={"rows": 9}, hint=_l("As it was said."))
    area = MenuField(_l("County or district"), required=False, render_kw=NARROW)
    place = LineField(_l("Place"), most=200, required=False)
    polluter = LineField(_l("Who pollutes"), most=200, required=False)
    since = LineField(_l("Since when"), most=60, required=False)
    frequency = LineField(_l("How often"), most=60, required=False)
    types = TicksField(_l("Pollution types"), required=False)
    earlier = LineField(_l("Earlier complaints and their numbers"), most=200, required=False)
    name = LineField(_l("Reporter's name"), most=60, required=False, render_kw={"autocomplete": "off"})
    phone = PhoneField(
        _l("Reporter's telephone"), required=False, render_kw={"autocomplete": "off", "class": "w-s", "maxlength": 30}
    )
    address = LineField(_l("Reporter's address"), most=200, required=False, render_kw={"autocomplete": "off"})
    anonymous = TickField(_l("Wishes to stay anonymous"))
    wants_answer = TickField(_l("Wants an answer"))

    def begin(self, inspection: Inspection, areas: list[Region]) -> None:
        """Offer this inspection's areas and types; give a new form its key."""
        self.area.offer([(region.code, named(region)) for region in areas])
        known = catalogue.types()
        self.types.offer([(code, named(known[code])) for code in inspection.settings.types if code in known])
        if not KEY.fullmatch(self.key.data or ""):
            self.key.data = crypto.random_token()

    def reporter(self) -> Reporter:
        return Reporter(
            name=self.name.data or "",
            phone=self.phone.data or "",
            address=self.address.data or "",
            anonymous=bool(self.anonymous.data),
        )

    def to_command(self, actor: Actor, areas: list[Region]) -> TakeDown:
        area = next((region for region in areas if region.code == self.area.data), None)
        statement = Statement(
            channel=self.channel,
            description=self.description.data or "",
            area_code=area.code if area else None,
            area_printed=area.zh if area else "",
            place=self.place.data or "",
            polluter=self.polluter.data or "",
            since=self.since.data or "",
            frequency=self.frequency.data or "",
            earlier=self.earlier.data or "",
            types=tuple(self.types.data or ()),
            wants_answer=bool(self.wants_answer.data),
            **self.particulars(actor),
        )
        return TakeDown(statement, self.reporter(), self.key.data or "")

    def particulars(self, actor: Actor) -> dict[str, Any]:
        """What only this way of reporting knows."""
        return {}


class VisitForm(EntryForm):
    """走访: somebody came in person."""


class CallForm(EntryForm):
    """来电. The call began when the form was opened, and ends when it is saved."""

    channel = Channel.CALL
    started = HiddenField()

    def begin(self, inspection: Inspection, areas: list[Region]) -> None:
        super().begin(inspection, areas)
        self.started.data = self.call_started(clock.now()).isoformat()

    def call_started(self, now: datetime) -> datetime:
        """The moment the form carries; now, when it carries none that can be."""
        try:
            began = datetime.fromisoformat(self.started.data or "")
        except ValueError:
            return now
        return began if began.tzinfo and now - LONGEST_CALL <= began <= now else now

    def particulars(self, actor: Actor) -> dict[str, Any]:
        now = actor.now()
        return {"call_started_at": self.call_started(now), "call_ended_at": now}


class LetterForm(EntryForm):
    """来信, with its scans."""

    channel = Channel.LETTER
    postmarked_on = DateField(_l("Postmark"), required=False)
    arrived_on = DateField(_l("Arrived on"))
    scans = FilesField(_l("Scans"), hint=_l("Letter and envelope, as pictures (JPEG, PNG or WebP), at most 9."))

    def begin(self, inspection: Inspection, areas: list[Region]) -> None:
        super().begin(inspection, areas)
        if not self.is_submitted():
            self.arrived_on.data = clock.today()

    def validate_arrived_on(self, field: Field) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError(_l("This day has not come yet."))
        if field.data and self.postmarked_on.data and field.data < self.postmarked_on.data:
            raise ValidationError(_l("A letter cannot arrive before it was posted."))

    def particulars(self, actor: Actor) -> dict[str, Any]:
        return {"postmarked_on": self.postmarked_on.data, "arrived_on": self.arrived_on.data}


class PassedOnForm(EntryForm):
    """上级转来: from above, or from 12345 and 12369, under a number of theirs."""

    channel = Channel.PASSED_ON
    foreign_number = LineField(_l("Their number"), most=60)
    arrived_on = DateField(_l("Arrived on"), required=False)
    scans = FilesField(_l("Scans"), hint=_l("What came along, as pictures (JPEG, PNG or WebP), at most 9."))

    def particulars(self, actor: Actor) -> dict[str, Any]:
        return {"foreign_number": self.foreign_number.data or "", "arrived_on": self.arrived_on.data}


FORMS: dict[str, type[EntryForm]] = {
    "call": CallForm,
    "letter": LetterForm,
    "visit": VisitForm,
    "passed-on": PassedOnForm,
}
