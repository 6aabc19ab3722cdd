"""What the holder of a query code may write."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, ValidationError

from app.domain.evidence.kinds import ACCEPT
from app.domain.evidence.resting import SentFile
from app.domain.news import NewsWay
from app.domain.report import Rating
from app.kernel import crypto, text
from app.tracking.commands import AskForNews, Rate, Say
from app.tracking.rows import OwnReport
from app.web.choosing import ChoiceField, FilesField, TicksField
from app.web.fields import LineField, WordsField
from app.web.forms import OfficeForm
from app.web.named import named

MOST = 5000
MANY = 1000
"""Files beyond what is taken are named, not refused together with the words."""
MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
KEY = re.compile(r"[\w-]{20,100}", re.ASCII)


class CodeForm(OfficeForm):
    """A code that is none gets the same sentence as one that opens nothing: the page is no oracle."""

    query_code = LineField(
        _l("Query code"),
        most=100,
        hint=_l("The 25 letters and figures of your receipt. Capitals, spaces and dashes do not matter."),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "w-m number"},
    )


class SayingForm(OfficeForm):
    """A form with a key of its own: every copy of one submit carries the same, and is taken once.

    `about` marks the report it was drawn for, so that words never reach another one that was opened meanwhile.
    """

    key = HiddenField()
    about = HiddenField()

    def prepare(self, _report: OwnReport | None = None) -> None:
        """A key that no page of ours gave is replaced; what was written stays."""
        self.key.data = key if KEY.fullmatch(key := self.key.data or "") else crypto.random_token()

    def own_key(self) -> str:
        return self.key.data or ""


class WithFiles(SayingForm):
    """What is said may be shown too. Words need not be written by somebody who sends files alone."""

    files = FilesField(_l("Photographs, videos, recordings, documents"), most=MANY, render_kw={"accept": ACCEPT})
    words_in = ""
    has_files = False
    """Set by the door once the files are kept."""

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = bool(super().validate(*args, **kwargs))
        if not valid and self.has_files and set(self.errors) == {self.words_in} and not self[self.words_in].data:
            self[self.words_in].errors = []
            return True
        return valid

    def sent_files(self) -> tuple[SentFile, ...]:
        return tuple(SentFile(one.filename, stream=one.stream) for one in self.files.data or () if one.filename)


class AnswerForm(WithFiles):
    answer = WordsField(_l("Your answer"), most=MOST)
    words_in = "answer"

    def to_command(self, report_id: int) -> Say:
        return Say(report_id, self.answer.data or "", self.own_key())


class AddForm(WithFiles):
    addition = WordsField(_l("What would you like to add?"), most=MOST)
    words_in = "addition"

    def to_command(self, report_id: int) -> Say:
        return Say(report_id, self.addition.data or "", self.own_key())


class WithdrawForm(SayingForm):
    reason = WordsField(_l("Why do you withdraw the report?"), most=500, hint=_l("One sentence is enough."))

    def to_command(self, report_id: int) -> Say:
        return Say(report_id, self.reason.data or "", self.own_key())


class RateForm(WithFiles):
    rating = ChoiceField(_l("Are you satisfied with the answer?"), Rating)
    parts = TicksField(
        _l("If you are dissatisfied: with which part?"),
        required=False,
        coerce=int,
        hint=_l("Tick none if it is all of them."),
    )
    reason = WordsField(
        _l("Why?"),
        most=2000,
        required=False,
        hint=_l("If you are dissatisfied, please say with what: the team then reviews the answer again."),
    )

    def prepare(self, report: OwnReport | None = None) -> None:
        """A report that was not split has no parts to choose from."""
        super().prepare(report)
        parts = report.parts if report else []
        if len(parts) > 1:
            self.parts.offer([(row.part, _part_name(row)) for row in parts])
        else:
            del self.parts

    def to_command(self, report_id: int) -> Rate:
        chosen = tuple(self.parts.data or ()) if "parts" in self else ()
        return Rate(report_id, str(self.rating.data), self.reason.data or "", self.own_key(), chosen)


def _part_name(row: Any) -> str:
    told = _("Part %(number)s", number=row.part)
    return f"{told}{_(': ')}{named(row.area)}" if row.area else told


class NewsForm(OfficeForm):
    way = ChoiceField(_l("How shall we tell you?"), NewsWay)
    to = LineField(_l("Mobile telephone or e-mail address"), most=100, render_kw={"autocomplete": "off"})

    def validate_to(self, field: Field) -> None:
        told = field.data or ""
        if self.way.data == NewsWay.MOBILE and not text.is_telephone(text.phone_digits(told)):
            raise ValidationError(_l("Please give a telephone number, for example 13800138000 or 0731-28680230."))
        if self.way.data == NewsWay.MAIL and not MAIL.fullmatch(told):
            raise ValidationError(_l("Please give an e-mail address like name@example.cn."))

    def to_command(self, report_id: int, language: str) -> AskForNews:
        told = self.to.data or ""
        digits = text.phone_digits(told) if self.way.data == NewsWay.MOBILE else told
        return AskForNews(report_id, str(self.way.data), digits, language)
