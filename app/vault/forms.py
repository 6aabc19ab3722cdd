"""What is typed at the vault."""

from flask_babel import lazy_gettext as _l

from app.domain.workflow.vocabulary import Need
from app.vault.commands import AskOpening, OpenIdentity, RefuseOpening
from app.web.fields import LineField, SecretField, WordsField
from app.web.forms import OfficeForm
from app.web.language import term_label


class AskForm(OfficeForm):
    number = LineField(_l("Report number"), most=40, render_kw={"class": "w-m"})
    reason = WordsField(
        term_label(Need.REASON),
        most=500,
        hint=_l("Why it cannot be checked without knowing who reported. It is kept."),
    )

    def to_command(self, inspection_id: int) -> AskOpening:
        return AskOpening(inspection_id, (self.number.data or "").upper(), self.reason.data or "")


class RefuseForm(OfficeForm):
    reason = WordsField(term_label(Need.REASON), most=500)

    def to_command(self, opening_id: int) -> RefuseOpening:
        return RefuseOpening(opening_id, self.reason.data or "")


class OpenForm(OfficeForm):
    reason = WordsField(term_label(Need.REASON), most=500, hint=_l("What the identity is needed for now. It is kept."))
    passphrase = SecretField(_l("Passphrase of the vault"), render_kw={"autocomplete": "off", "class": "w-m"})

    def to_command(self, opening_id: int) -> OpenIdentity:
        return OpenIdentity(opening_id, self.passphrase.data or "", self.reason.data or "")
