"""Forms for an inspection: its window and every setting, and the texts of its notice page."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import fields as wt

from app.administration.commands import InspectionWords
from app.administration.forms.questions import QuestionsField, write
from app.domain import catalogue
from app.domain.inspection import Inspection, InspectionSettings
from app.web.choosing import MenuField, TickField, TicksField
from app.web.fields import LineField, Ours, WordsField, rules
from app.web.figures import CountField, DateField
from app.web.forms import OfficeForm
from app.web.language import in_chinese

SMALL = {"class": "w-s"}
DAYS = (
    "feedback_days", "refer_days", "ask_days", "dispute_working_days", "decision_working_days", "notice_working_days",
    "look_back_days",
)  # fmt: skip
WATCH = ("alarm_reports", "alarm_days", "alarm_metres", "spot_unfounded", "spot_repeat", "spot_key")
LINES = ("round_code", "area_code", "number_pattern", "telephone", "mailbox")
HOURS = ("opens", "closes", "cut_off")
SHORT_TEXTS, LONG_TEXTS = ("round", "team", "title"), ("notice", "scope", "elsewhere", "secrecy", "tips", "afterwards")
SPOKEN_TEXTS = ("greeting", "closing", "ringing", "call_back")


def _days(text: Any) -> CountField:
    return CountField(text, least=1, most=365)


class HourField(Ours, wt.TimeField):
    """An hour on the office's wall."""

    def __init__(self, label: Any, **rest: Any) -> None:
        super().__init__(label, rules(required=True), render_kw=SMALL, **rest)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_l("Please give the hour as hours:minutes, for example 20:00.")) from error


def _type_choices() -> list[tuple[str, str]]:
    return [(code, entry.zh if in_chinese() else entry.en) for code, entry in catalogue.types().items()]


class InspectionForm(OfficeForm):
    round = LineField(_l("Round"), most=60)
    team = LineField(_l("Team"), most=60)
    region = MenuField(_l("Inspected locality"))
    starts_on = DateField(_l("First day"))
    ends_on = DateField(_l("Last day"))
    telephone = LineField(_l("Telephone"), most=30, required=False, render_kw=SMALL)
    opens, closes = HourField(_l("Telephone opens")), HourField(_l("Telephone closes"))
    mailbox = LineField(_l("Post-office box"), most=80, required=False)
    cut_off = HourField(_l("The day's batch closes at"))
    round_code = LineField(_l("Round in numbers"), most=4, render_kw=SMALL)
    area_code = LineField(_l("Area in numbers"), most=6, render_kw=SMALL)
    number_pattern = LineField(_l("Pattern of numbers"), most=120, hint=_l("For example D2ZZ202403150001."))
    feedback_days = _days(_l("Feedback from hand-over, days"))
    feedback_working = TickField(
        _l("Count the days of feedback as working days"),
        hint=_l("Cases that were handed over keep their day. Working days follow the calendar of public holidays."),
    )
    refer_days = _days(_l("Telling a reporter of a referral, calendar days"))
    ask_days = _days(_l("Waiting for a reporter's answer, calendar days"))
    dispute_working_days = _days(_l("Disputing jurisdiction, working days"))
    decision_working_days = _days(_l("Deciding a dispute, working days"))
    notice_working_days = _days(_l("Public notice before sign-off, working days"))
    look_back_days = _days(_l("Look-back after filing, calendar days"))
    alarm_reports = CountField(_l("An alarm rings from this many reports"), least=2, most=1000)
    alarm_days = CountField(_l("… within this many days"), least=1, most=60)
    alarm_metres = CountField(_l("… of one place, up to this many metres apart"), least=50, most=600)
    spot_unfounded = CountField(_l("Spot checks: an unfounded verdict adds to the weight of 1"), most=100)
    spot_repeat = CountField(_l("Spot checks: a repeat adds"), most=100)
    spot_key = CountField(_l("Spot checks: a key case adds"), most=100)
    types = TicksField(_l("Pollution types"), _type_choices)
    questions = QuestionsField()

    def to_command(self, code: str, before: InspectionSettings) -> InspectionWords:
        """What is not on the form stays as it was."""
        said: dict[str, Any] = {name: self[name].data or "" for name in LINES}
        said |= {name: self[name].data for name in (*DAYS, *WATCH)}
        said |= {name: f"{self[name].data:%H:%M}" for name in HOURS}
        said["feedback_working"] = bool(self.feedback_working.data)
        said["types"] = tuple(self.types.data or ())
        said["questions"] = self.questions.asked
        return InspectionWords(
            code=code,
            round=self.round.data or "",
            team=self.team.data or "",
            region_code=str(self.region.data),
            starts_on=self.starts_on.data or date.min,
            ends_on=self.ends_on.data or date.min,
            settings=replace(before, **said),
        )

    def speak(self, settings: InspectionSettings, inspection: Inspection | None = None) -> None:
        """Show an inspection, or the settings a new one begins with."""
        if inspection is not None:
            for name in ("round", "team", "starts_on", "ends_on"):
                self[name].data = getattr(inspection, name)
            self.region.data = inspection.region_code
        for name in (*LINES, *DAYS, *WATCH):
            self[name].data = getattr(settings, name)
        for name in HOURS:
            self[name].data = time.fromisoformat(getattr(settings, name))
        self.feedback_working.data = settings.feedback_working
        self.types.data = list(settings.types)
        self.questions.data = write(catalogue.questions(settings.questions).values())


class NewInspectionForm(InspectionForm):
    code = LineField(_l("Code"), most=40, hint=_l("Stands in public addresses; it cannot be changed later."))


class TextsForm(OfficeForm):
    round = LineField(_l("Round"), most=80, required=False)
    team = LineField(_l("Team"), most=80, required=False)
    title = LineField(_l("Title of the notice"), most=120, required=False)
    notice = WordsField(_l("The notice"), most=4000, required=False)
    scope = WordsField(_l("What is taken"), most=2000, required=False)
    elsewhere = WordsField(_l("Where other matters go"), most=2000, required=False)
    secrecy = WordsField(_l("How a reporter is protected"), most=2000, required=False)
    tips = WordsField(_l("Tips for a good report, one a line"), most=2000, required=False)
    afterwards = WordsField(_l("What happens afterwards"), most=2000, required=False)
    greeting = WordsField(_l("Said when a call begins"), most=500, required=False, render_kw={"rows": 3})
    closing = WordsField(_l("Said before a call ends"), most=500, required=False, render_kw={"rows": 3})
    ringing = WordsField(_l("Said when a reporter is rung up"), most=500, required=False, render_kw={"rows": 3})
    call_back = WordsField(_l("Said when a reporter is called back"), most=500, required=False, render_kw={"rows": 3})

    def to_texts(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in (*SHORT_TEXTS, *LONG_TEXTS, *SPOKEN_TEXTS)}
