"""The one form every form of the house is made from."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext, ngettext
from flask_wtf import FlaskForm
from wtforms import Field

from app.kernel.errors import Refused
from app.web.language import sentence
from app.web.modes import switched


class _Translations:
    """WTForms' own sentences, from our catalogs."""

    def gettext(self, message: str) -> str:
        return str(gettext(message))

    def ngettext(self, one: str, many: str, number: int) -> str:
        return str(ngettext(one, many, number))


class OfficeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no annotations: the only form that says so
    """A form with CSRF and the house's sentences."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # the same
        def get_translations(self, _form: Any) -> _Translations:
            return _Translations()

    def submitted(self) -> bool:
        """Whether the form came back and everything in it can be read; not when it only asks for another view."""
        return not switched() and bool(self.validate_on_submit())

    def refuse(self, error: Refused) -> None:
        """Show a refusal of the domain beside the fields it names, the rest above the form."""
        elsewhere = {name: told for name, told in error.fields.items() if name not in self}
        for name, told in error.fields.items():
            if name in self:
                self[name].errors = [*self[name].errors, sentence(told)]
        if elsewhere or not error.fields:
            self.form_errors.append(sentence(error.message, error.params))


def component(field: Field) -> str:
    """How components/forms.html draws a field."""
    if getattr(field.widget, "input_type", "") == "hidden":
        return "hidden"
    return getattr(field, "component", "line")


def problems(field: Field) -> list[str]:
    """Every sentence about a field, those of its parts included."""
    return list(_flat(field.errors))


def takes_files(form: OfficeForm) -> bool:
    return any(component(field) == "files" for field in form)


def _flat(errors: Any) -> Iterator[str]:
    if isinstance(errors, dict):
        errors = errors.values()
    for error in errors:
        if isinstance(error, (list, tuple, dict)):
            yield from _flat(error)
        else:
            yield str(error)
