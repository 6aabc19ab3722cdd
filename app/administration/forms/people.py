"""Forms for people and their appointments."""

from flask_babel import lazy_gettext as _l

from app.administration.commands import Appointing, NewPerson, PersonChange
from app.administration.services.people import APPOINTABLE
from app.domain.workflow.vocabulary import Role
from app.web.choosing import MenuField, TickField
from app.web.fields import LineField
from app.web.forms import OfficeForm


class NewPersonForm(OfficeForm):
    login = LineField(
        _l("Sign-in name"),
        most=40,
        hint=_l("Small letters, digits, dots and dashes. It cannot be changed later."),
        render_kw={"autocapitalize": "none", "autocomplete": "off", "class": "w-m"},
    )
    name = LineField(_l("Name"), most=60, render_kw={"autocomplete": "off", "class": "w-m"})

    def to_command(self) -> NewPerson:
        return NewPerson((self.login.data or "").lower(), self.name.data or "")


class PersonForm(OfficeForm):
    name = LineField(_l("Name"), most=60, render_kw={"autocomplete": "off", "class": "w-m"})
    active = TickField(_l("May sign in"), hint=_l("Without it every session of this person ends at once."))

    def to_command(self, person_id: int) -> PersonChange:
        return PersonChange(person_id, self.name.data or "", bool(self.active.data))


class AppointForm(OfficeForm):
    role = MenuField(_l("Role"), APPOINTABLE, coerce=Role)
    inspection = MenuField(
        _l("Inspection"), coerce=int, required=False, hint=_l("None: for auditors, administrators, supervisors of all.")
    )
    unit = MenuField(
        _l("Unit"),
        coerce=int,
        required=False,
        hint=_l("For people of city and units; units below are included."),
    )

    def to_command(self, person_id: int) -> Appointing:
        return Appointing(person_id, self.role.data, self.inspection.data, self.unit.data)
