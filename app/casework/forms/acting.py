"""Forms of a step: each carries the version of the case its page had seen."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.casework.commands import Assign, Contest, Extend, Return, Step
from app.domain.workflow.table import Row
from app.domain.workflow.vocabulary import Need
from app.kernel import text
from app.web.acting import form_of
from app.web.choosing import MenuField, TicksField
from app.web.fields import WordsField
from app.web.forms import OfficeForm
from app.web.language import term_label
from app.web.versioned import VersionedForm

LONG = 2000


class CaseForm(VersionedForm):
    """`version` comes back as it was drawn: whoever was slower is told so."""

    def to_step(self, case_id: int) -> Step:
        """The one thing that has to be said, if anything has."""
        said = next((self[str(need)].data for need in (Need.REASON, Need.NOTE, Need.SCRIPT) if str(need) in self), "")
        return Step(case_id, said or "", self.version.data)

    def to_extension(self, case_id: int) -> Extend:
        return Extend(case_id, self[str(Need.NEW_DATE)].data, self[str(Need.REASON)].data, self.version.data)


def case_form(row: Row) -> type[CaseForm]:
    """A form for what a row of the table wants said."""
    return form_of(CaseForm, row)


class ReturnForm(CaseForm):
    """Why a reply goes back: as a whole, or point by point; one of the two has to be said."""

    reason = WordsField(
        term_label(Need.REASON), most=LONG, required=False, hint=_l("What concerns one point alone is said there.")
    )
    points: Sequence[str] = ()

    def to_return(self, case_id: int) -> Return:
        said = tuple(self[f"point_{n}"].data or "" for n in range(1, len(self.points) + 1))
        return Return(case_id, self.reason.data or "", said, self.version.data)


def return_form(points: Sequence[str]) -> type[ReturnForm]:
    """The form for a reply to these points."""
    fields: dict[str, Any] = {"points": tuple(points)}
    for n, point in enumerate(points, 1):
        label = LazyString(_of_point, n, text.excerpt(point))
        fields[f"point_{n}"] = WordsField(label, most=LONG, required=False, render_kw={"rows": 3})
    return type("ReturnFormOfCase", (ReturnForm,), fields)


def _of_point(number: int, point: str) -> str:
    return str(_("Reason for point %(number)s: %(point)s", number=number, point=point))


class LeadForm(OfficeForm):
    """Field names are those of the needs, so that a refusal finds its field."""

    lead = MenuField(term_label(Need.LEAD), coerce=int)
    reason = WordsField(
        term_label(Need.REASON), most=2000, required=False, hint=_l("Needed when the case was assigned before.")
    )


class DisputeForm(CaseForm):
    reason = WordsField(term_label(Need.REASON), most=10_000)
    other = MenuField(
        _l("Responsible instead"),
        coerce=int,
        required=False,
        hint=_l(
            "Leave it open if you do not know. Whoever stands above both units decides; the page says who and by when."
        ),
    )

    def to_contest(self, case_id: int) -> Contest:
        return Contest(case_id, self.reason.data or "", self.other.data, self.version.data)


class AssignForm(LeadForm, CaseForm):
    supporting = TicksField(_l("Supporting units"), coerce=int, required=False)

    def to_command(self, case_id: int) -> Assign:
        return Assign(
            case_id, self.lead.data, tuple(self.supporting.data or ()), self.reason.data or "", self.version.data
        )
