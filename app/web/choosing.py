"""Fields that choose: radio buttons, a menu, boxes to tick, files."""

from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import Field, Form, ValidationError, widgets
from wtforms import fields as wt
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from app.domain.workflow.terms import Term
from app.web.fields import Ours, rules
from app.web.language import term

Choices = Iterable[Any] | Callable[[], Iterable[Any]]
"""Terms (a vocabulary will do), or pairs of value and label, or a function that gives them when the page is drawn."""

UNKNOWN = _l("Please choose one of the choices shown.")


def options(choices: Choices) -> list[SelectChoice]:
    found = choices if isinstance(choices, Iterable) else choices()
    return [SelectChoice(one, term(one)) if isinstance(one, Term) else SelectChoice(*one) for one in found]


def _setup(choices: Choices, coerce: Callable[[Any], Any], blank: list[SelectChoice]) -> dict[str, Any]:
    reader = choices if isinstance(choices, type) else coerce
    return {
        "choices": lambda: blank + options(choices),
        "coerce": lambda value: None if value in (None, "") else reader(value),
        "invalid_value_message": UNKNOWN,
        "invalid_choice_message": UNKNOWN,
    }


class Choosing(Ours):
    """`coerce` reads a value back: a vocabulary reads its own terms, `int` reads numbers of rows."""

    blank: tuple[SelectChoice, ...] = ()
    choices: Any

    def __init__(
        self,
        label: Any,
        choices: Choices = (),
        *,
        coerce: Callable[[Any], Any] = str,
        required: bool = True,
        hint: Any = "",
        **rest: Any,
    ) -> None:
        given = _setup(choices, coerce, list(self.blank)) | rest
        super().__init__(label, rules(required=required), description=hint, **given)  # type: ignore[call-arg]  # mixin

    def offer(self, choices: Choices) -> None:
        """Choices that are known only now: those this person may choose here."""
        self.choices = [*self.blank, *options(choices)]


class ChoiceField(Choosing, wt.RadioField):
    """One of a few, all of them in sight."""

    component = "choices"


class MenuField(Choosing, wt.SelectField):
    """One of many."""

    component = "menu"
    blank = (SelectChoice("", "—"),)


class TicksField(Choosing, wt.SelectMultipleField):
    """Any number of a few, all of them in sight."""

    component = "ticks"
    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class TickField(Ours, wt.BooleanField):
    """One box to tick."""

    component = "tick"

    def __init__(self, label: Any, *, hint: Any = "", **rest: Any) -> None:
        super().__init__(label, description=hint, **rest)


class FilesField(Ours, MultipleFileField):  # type: ignore[misc]  # Flask-WTF has no annotations
    """Several files at once; `data` is a list, empty when there are none. What is in them is judged elsewhere."""

    component = "files"

    def __init__(self, label: Any, *, most: int = 9, required: bool = False, hint: Any = "", **rest: Any) -> None:
        self.most = most
        rest.setdefault("default", ())  # an empty request brings no form at all
        super().__init__(label, rules(self.not_too_many, required=required), description=hint, **rest)

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data: list[Any] = self.data or []

    def not_too_many(self, _form: Form, field: Field) -> None:
        if len(field.data) > self.most:
            raise ValidationError(_l("Please choose at most %(most)s files.", most=self.most))
