"""Fields for words. Each knows its component, strips and bounds what was written, and says plainly what is wrong."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, ValidationError, validators
from wtforms import fields as wt

from app.kernel import text

NEEDED = _l("This has to be filled in.")


class Ours:
    """What components/forms.html asks of a field: how it is drawn, and how many characters it takes (0: no words)."""

    component = "line"
    bound = 0


class Given:
    """Whether a field may be left empty. What was typed and could not be read has been said already: nothing more."""

    def __init__(self, *, required: bool) -> None:
        self.required = required
        self.field_flags = {"required": True} if required else {"optional": True}

    def __call__(self, _form: Form, field: Field) -> None:
        blank = all(isinstance(typed, str) and not text.tidy(typed) for typed in field.raw_data or ())
        if blank or (not field.errors and field.data in (None, "", [])):
            field.errors = []
            raise validators.StopValidation(*([NEEDED] if self.required else []))
        if field.errors:
            raise validators.StopValidation


def rules(*more: Any, required: bool) -> list[Any]:
    """Validators, of which the first says whether the field may be left empty."""
    return [Given(required=required), *more]


def bounded(most: int) -> validators.Length:
    return validators.Length(max=most, message=_l("Please shorten this to at most %(most)s characters.", most=most))


def _tidy(value: str | None) -> str:
    return text.tidy(value or "")


def _one_line(value: str | None) -> str:
    return text.one_line(value or "")


def _digits(value: str | None) -> str:
    """The digits; what has too few of them stays as typed, so that the reader sees what was wrong."""
    return text.phone_digits(value or "") or _one_line(value)


def telephone(_form: Form, field: Field) -> None:
    if not text.is_telephone(field.data):
        raise ValidationError(
            _l("Please give a telephone number, for example 13800138000 or 0731-28680230."),
        )


class LineField(Ours, wt.StringField):
    """One line of text."""

    def __init__(self, label: Any, *, most: int = 120, required: bool = True, hint: Any = "", **rest: Any) -> None:
        self.bound = most
        super().__init__(label, rules(bounded(most), required=required), [_one_line], hint, **rest)


class WordsField(Ours, wt.TextAreaField):
    """Words over several lines, as they were said."""

    component = "text"

    def __init__(self, label: Any, *, most: int = 2000, required: bool = True, hint: Any = "", **rest: Any) -> None:
        self.bound = most
        rest.setdefault("render_kw", {"rows": 5})
        super().__init__(label, rules(bounded(most), required=required), [_tidy], hint, **rest)


class PhoneField(Ours, wt.TelField):
    """A Chinese telephone number, however it is separated; kept as digits."""

    def __init__(self, label: Any, *, required: bool = True, hint: Any = "", **rest: Any) -> None:
        rest.setdefault("render_kw", {"autocomplete": "tel", "class": "w-s", "maxlength": 30})
        super().__init__(label, rules(telephone, required=required), [_digits], hint, **rest)


class SecretField(Ours, wt.PasswordField):
    """A password: never shown again, never tidied."""

    def __init__(self, label: Any, *, most: int = 200, required: bool = True, hint: Any = "", **rest: Any) -> None:
        rest.setdefault("render_kw", {"autocomplete": "current-password", "class": "w-m"})
        super().__init__(label, rules(bounded(most), required=required), (), hint, **rest)
