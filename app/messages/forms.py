"""What somebody writes in the messages room."""

import re

from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, ValidationError

from app.domain.message import Mailing
from app.messages.commands import AddHook, TellMe, WordEvent
from app.messages.queries.wording import LONGEST_BODY, LONGEST_SUBJECT
from app.web.choosing import ChoiceField, TickField
from app.web.fields import LineField, PhoneField, WordsField
from app.web.forms import OfficeForm

MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def an_address(_form: Form, field: Field) -> None:
    if field.data and not MAIL.fullmatch(field.data):
        raise ValidationError(_l("Please give an e-mail address like name@example.cn."))


def an_hour(_form: Form, field: Field) -> None:
    if field.data and not HOUR.fullmatch(field.data):
        raise ValidationError(_l("Please give a time like 08:00."))


class WishForm(OfficeForm):
    mail = LineField(_l("E-mail address"), required=False, most=120)
    mailing = ChoiceField(_l("Mail"), Mailing)
    daily_at = LineField(_l("Together, at"), most=5, render_kw={"class": "w-s"})
    quiet_from = LineField(_l("Nothing is sent from"), most=5, render_kw={"class": "w-s"})
    quiet_to = LineField(_l("Nothing is sent until"), most=5, render_kw={"class": "w-s"})
    mobile = PhoneField(_l("Mobile telephone"), required=False)

    validate_mail = staticmethod(an_address)
    validate_daily_at = staticmethod(an_hour)
    validate_quiet_from = staticmethod(an_hour)
    validate_quiet_to = staticmethod(an_hour)

    def validate_mailing(self, field: Field) -> None:
        if field.data != Mailing.NEVER and not self.mail.data:
            raise ValidationError(_l("Mail needs an e-mail address."))

    def to_command(self) -> TellMe:
        return TellMe(
            self.mail.data or "", str(self.mailing.data), self.daily_at.data or "", self.mobile.data or "",
            self.quiet_from.data or "", self.quiet_to.data or "",
        )  # fmt: skip


class HookForm(OfficeForm):
    name = LineField(_l("Name of the system"), most=60)
    address = LineField(_l("Address it is told at"), most=300)
    only_mobile = TickField(_l("Only for people who left a mobile telephone's number"))

    def to_command(self) -> AddHook:
        return AddHook(self.name.data or "", self.address.data or "", bool(self.only_mobile.data))


class WordingForm(OfficeForm):
    subject = LineField(_l("Subject"), required=False, most=LONGEST_SUBJECT)
    body = WordsField(_l("Text"), required=False, most=LONGEST_BODY, render_kw={"rows": 4})

    def to_command(self, inspection_id: int, event: str, language: str) -> WordEvent:
        return WordEvent(inspection_id, event, language, self.subject.data or "", self.body.data or "")
