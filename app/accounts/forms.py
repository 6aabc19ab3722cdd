"""What a person may type at the door."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.accounts.commands import ChangePassword, NameDeputy, SignIn
from app.kernel.errors import N_, Refused
from app.web.choosing import MenuField
from app.web.fields import LineField, SecretField
from app.web.figures import DateField
from app.web.forms import OfficeForm

NEW = {"autocomplete": "new-password", "class": "w-m"}


class SignInForm(OfficeForm):
    login = LineField(
        _l("Sign-in name"), most=60, render_kw={"autocomplete": "username", "autocapitalize": "none", "class": "w-m"}
    )
    password = SecretField(_l("Password"))
    next = HiddenField()

    def to_command(self) -> SignIn:
        return SignIn((self.login.data or "").casefold(), self.password.data or "")


class PasswordForm(OfficeForm):
    present = SecretField(_l("Present password"))
    new = SecretField(_l("New password"), hint=_l("At least ten characters."), render_kw=NEW)
    again = SecretField(_l("New password once more"), render_kw=NEW)

    def to_command(self) -> ChangePassword:
        """Raises Refused when the two new passwords differ."""
        if self.new.data != self.again.data:
            sentence = N_("The two new passwords are not the same.")
            raise Refused(sentence, fields={"again": sentence})
        return ChangePassword(self.present.data or "", self.new.data or "")


class DeputyForm(OfficeForm):
    deputy = MenuField(_l("Deputy"), coerce=int, hint=_l("Those who see in their own right what you see."))
    starts_on, ends_on = DateField(_l("Acts from")), DateField(_l("Acts until"))

    def to_command(self, inspection_id: int) -> NameDeputy:
        first, last = self.starts_on.data or date.min, self.ends_on.data or date.min
        return NameDeputy(inspection_id, self.deputy.data or 0, first, last)
