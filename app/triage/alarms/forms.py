"""What is said when an alarm has been looked at."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.widgets import HiddenInput

from app.triage.alarms.commands import SeeAlarm
from app.web.fields import WordsField
from app.web.forms import OfficeForm


class SeenForm(OfficeForm):
    reports = IntegerField(widget=HiddenInput())
    note = WordsField(_l("What follows from it"), most=1000, render_kw={"rows": 3})

    def to_command(self, alarm_id: int) -> SeeAlarm:
        return SeeAlarm(alarm_id, self.reports.data or 0, self.note.data or "")
