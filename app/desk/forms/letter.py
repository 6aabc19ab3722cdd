"""来信 with its scans, and what is passed on under somebody else's number."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, ValidationError

from app.desk.commands import SCANS
from app.desk.forms.entry import EntryForm
from app.domain.evidence.kinds import ACCEPT
from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.region import Region
from app.domain.report import Channel, PassedBy
from app.kernel import clock
from app.web.choosing import FilesField, MenuField, TickField
from app.web.fields import LineField
from app.web.figures import DateField

SMALL = {"class": "w-s", "autocomplete": "off"}
PAGES = _l("Letter and envelope, as pictures or PDF; at most %(most)s pages and files.", most=SCANS)


class LetterForm(EntryForm):
    channel = Channel.LETTER
    envelope_number = LineField(_l("Envelope number"), most=40, required=False, render_kw=SMALL)
    postmarked_on = DateField(_l("Postmark"), required=False)
    arrived_on = DateField(_l("Arrived on"))
    scans = FilesField(_l("Scans"), most=SCANS, hint=PAGES, render_kw={"accept": ACCEPT})
    same_letter = HiddenField()

    def begin(self, inspection: Inspection, areas: list[Region], towns: Any) -> None:
        super().begin(inspection, areas, towns)
        if not self.arrived_on.raw_data and self.arrived_on.data is None:
            self.arrived_on.data = clock.today()

    def validate_arrived_on(self, field: Field) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError(_l("This day has not come yet."))
        if field.data and self.postmarked_on.data and field.data < self.postmarked_on.data:
            raise ValidationError(_l("A letter cannot arrive before it was posted."))

    def particulars(self, actor: Actor) -> dict[str, Any]:
        return {"postmarked_on": self.postmarked_on.data, "arrived_on": self.arrived_on.data}

    def envelope(self) -> dict[str, Any]:
        earlier = self.same_letter.data or ""
        return {"envelope": self.envelope_number.data or "", "same_letter": int(earlier) if earlier.isdigit() else None}


class PassedOnForm(EntryForm):
    """上级转来: from above, or from 12345 and 12369, under a number of theirs."""

    channel = Channel.PASSED_ON
    passed_by = MenuField(_l("Passed on by"), PassedBy, coerce=PassedBy, required=False, render_kw={"class": "w-m"})
    foreign_number = LineField(_l("Their number"), most=60, render_kw=SMALL)
    twice = TickField(_l("Take it down all the same"))
    arrived_on = DateField(_l("Arrived on"), required=False)
    scans = FilesField(_l("Scans"), most=SCANS, hint=PAGES, render_kw={"accept": ACCEPT})

    def particulars(self, actor: Actor) -> dict[str, Any]:
        return {
            "foreign_number": self.foreign_number.data or "",
            "passed_by": str(self.passed_by.data or ""),
            "arrived_on": self.arrived_on.data,
        }
