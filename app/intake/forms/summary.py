"""What a form says, line by line, as its writer reads it once more before it is sent."""

from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import Field

from app.intake.forms.report import ReportForm


def summary(form: ReportForm, files: int) -> list[tuple[str, str | None]]:
    """Names and values in the order of the form; what was left out has none. The description stands apart."""
    return [
        _line(form.types),
        *(_line(one) for one in form if one.name in form.names_asked),
        *(_line(one) for one in (form.since, form.frequency, form.still, form.area, form.town)),
        *(_line(one) for one in (form.address, form.place)),
        (_("On the map"), _point(form)),
        *(_line(one) for one in (form.polluter, form.earlier)),
        (_("Files"), ngettext("%(num)s file", "%(num)s files", files) if files else _("no files")),
        *_who(form),
    ]


def _line(field: Field) -> tuple[str, str | None]:
    return str(field.label.text), said(field) or None


def said(field: Field) -> str:
    """What was chosen or typed, in words."""
    if not hasattr(field, "iter_choices"):
        return str(field.data or "")
    chosen = (str(choice.label) for choice in field.iter_choices() if choice.value and choice.selected)
    return str(_(", ")).join(chosen)


def _point(form: ReportForm) -> str | None:
    return None if form.point is None else "{:.5f}, {:.5f}".format(*form.point)


def _who(form: ReportForm) -> list[tuple[str, str | None]]:
    """An anonymous writer who typed a name reads here that it is left out."""
    named = [_line(one) for one in (form.name, form.phone, form.home)]
    answer = (_("I would like to be told the result"), _("yes") if form.wants_answer.data else _("no"))
    if not form.stays_anonymous:
        return [(_("About you"), _("You give your name or how you can be reached")), *named, answer]
    left_out = _("Anonymous. The name and number you typed are not kept.")
    return [(_("About you"), left_out if any(value for _name, value in named) else _("Anonymous")), answer]
