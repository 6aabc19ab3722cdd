"""The filters above the list; they stand in the address, so that a list can be kept and passed on."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.casework.queries.listing import ALL, Wishes
from app.domain.case import BEFORE_HAND_OVER
from app.domain.workflow.vocabulary import CaseState
from app.web.choosing import Choices, MenuField, TickField, options
from app.web.forms import OfficeForm

STANDINGS = [("", _l("All that are open")), *(s for s in CaseState if s not in BEFORE_HAND_OVER), (ALL, _l("All"))]


def _menu(label: Any, choices: Choices = ()) -> MenuField:
    """A menu whose first choice says itself what it means; what is not in it is passed over."""
    return FilterMenu(label, choices, required=False, validate_choice=False)


class FilterMenu(MenuField):
    """A menu without the line that says nothing."""

    def offer(self, choices: Choices) -> None:
        self.choices = options(choices)


class FilterForm(OfficeForm):
    """Read from the address: it changes nothing and carries no token. What it does not know, it passes over."""

    class Meta(OfficeForm.Meta):
        csrf = False

    standing = _menu(_l("State"))
    area = _menu(_l("Area"))
    work = _menu(_l("Work"))
    late = TickField(_l("Late only"))
    key = TickField(_l("Key reports"))

    def to_wishes(self) -> Wishes:
        known: dict[str, Any] = {name: self._known(name) for name in ("standing", "area", "work")}
        return Wishes(**known, late=self.late.data, key=self.key.data)

    def _known(self, name: str) -> str:
        field = self[name]
        return field.data if field.data in {choice.value for choice in field.choices} else ""
