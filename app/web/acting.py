"""From the workflow's rows to the page: buttons for what an actor may do, and a form for what must be said."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from app.domain.workflow.engine import Offer
from app.domain.workflow.table import Row
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Need
from app.web.choosing import ChoiceField, Choices, MenuField, TicksField
from app.web.fields import LineField, WordsField
from app.web.figures import DateField
from app.web.forms import OfficeForm
from app.web.language import term, term_label
from app.web.tones import is_grave

LONG, SHORT = 10_000, 200
ONE_LINE = frozenset({Need.EARLIER, Need.RECEIVING_BODY})
DAYS = frozenset({Need.NEW_DATE, Need.DUE_ON})
ONE_OF_FEW = frozenset({Need.RATING, Need.PROGRESS})
ONE_OF_MANY = frozenset({Need.REFERRAL_CLASS, Need.LEAD, Need.UNIT, Need.COLLEAGUE})
SEVERAL = frozenset({Need.TYPES, Need.AREAS, Need.CHECKLIST})

Kind = TypeVar("Kind", bound=OfficeForm)


@dataclass(frozen=True)
class Button:
    """One press of the action bar. `asks`: it leads to a form; else it acts at once."""

    label: str
    href: str
    kind: str = ""
    asks: bool = False
    blocked: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    key: str = ""


def buttons(
    offers: Iterable[Offer],
    href: Callable[[Term], str],
    values: Mapping[str, str] | None = None,
    keys: Mapping[str, str] | None = None,
) -> list[Button]:
    """The action bar: the first that can be taken stands out, those that take something back warn.

    `keys`: by an action's code, the key that presses its button where there is a keyboard (static/js/list.js).
    """
    found: list[Button] = []
    for offer in offers:
        first = offer.blocked is None and not any(one.kind == "primary" for one in found)
        kind = "grave" if is_grave(offer.action) else "primary" if first else ""
        blocked = term(offer.blocked) if offer.blocked else ""
        name, key = term(offer.action), (keys or {}).get(str(offer.action), "")
        found.append(Button(name, href(offer.action), kind, bool(offer.row.needs), blocked, values or {}, key))
    return found


def field_for(need: Need, choices: Choices = ()) -> Any:
    """The field in which a need is said. Needs that choose read their choices from `choices`."""
    label = term_label(need)
    if need in DAYS:
        return DateField(label)
    if need in ONE_LINE:
        return LineField(label, most=SHORT)
    if need in ONE_OF_FEW:
        return ChoiceField(label, choices)
    if need in ONE_OF_MANY:
        return MenuField(label, choices)
    if need in SEVERAL:
        return TicksField(label, choices)
    return WordsField(label, most=LONG)


def action_form(row: Row, choices: Mapping[Need, Choices] | None = None, **extra: Any) -> type[OfficeForm]:
    """A form class with a field for each of the row's needs; `extra` adds fields or replaces them by name."""
    return form_of(OfficeForm, row, choices, **extra)


def form_of(kind: type[Kind], row: Row, choices: Mapping[Need, Choices] | None = None, **extra: Any) -> type[Kind]:
    """The same, of a kind of form."""
    fields = {str(need): field_for(need, (choices or {}).get(need, ())) for need in row.needs}
    return type("ActionForm", (kind,), fields | extra)


def said(form: OfficeForm, row: Row) -> dict[Need, str]:
    """What the form says for each need, in words the engine can weigh."""
    return {need: _in_words(form[str(need)].data) for need in row.needs if str(need) in form}


def _in_words(value: Any) -> str:
    if value is None:
        return ""
    return ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
