"""The form of a changed plan: every measure as it stands, some lines for new ones; and the decision on it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import ValidationError

from app.domain.plan import PlanLine, PlanPart, PlanText
from app.domain.workflow.vocabulary import Need
from app.rectification.commands import DecideChange, MeasureLine, ProposeChange
from app.rectification.forms import LONG, Versioned
from app.web.choosing import ChoiceField, MenuField, TickField
from app.web.fields import NEEDED, WordsField
from app.web.figures import DateField, MoneyField
from app.web.language import term, term_label

NEW_LINES = 3
NEEDS_ALL = ("text", "unit", "due_on")


class ChangeForm(Versioned):
    """Fields of measures are added by `change_form`, which knows the plan."""

    target = WordsField(term_label(PlanPart.TARGET), most=LONG, render_kw={"rows": 3})
    target_on = DateField(term_label(PlanPart.TARGET_ON))
    reason = WordsField(
        term_label(Need.REASON), most=LONG, hint=_l("Why the plan cannot stay as it is. Whoever decides reads it.")
    )

    positions: Sequence[int] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """A new line is left quite empty, or says what, who and by when."""
        fine = bool(super().validate(extra_validators))
        for n, position in enumerate(self.positions, 1):
            if self._left_out(n, position):
                continue
            for name in NEEDS_ALL:
                if not self[f"{name}_{n}"].data and not self[f"{name}_{n}"].errors:
                    self[f"{name}_{n}"].errors = [NEEDED]
                    fine = False
        return fine

    def _left_out(self, n: int, position: int) -> bool:
        if position:
            return bool(self[f"drop_{n}"].data)
        return not any(self[f"{name}_{n}"].data for name in (*NEEDS_ALL, "cost"))

    def to_command(self, cycle: int, _action: Any) -> ProposeChange:
        return ProposeChange(
            **self.on(cycle),
            target=self.read("target"),
            target_on=self.read("target_on"),
            reason=self.read("reason"),
            lines=tuple(
                MeasureLine(
                    position,
                    self.read(f"text_{n}"),
                    self.read(f"unit_{n}") or 0,
                    self.read(f"due_on_{n}"),
                    self.read(f"cost_{n}"),
                )
                for n, position in enumerate(self.positions, 1)
                if not self._left_out(n, position)
            ),
        )


def change_form(plan: PlanText, units: Sequence[tuple[int, str]], version: int) -> ChangeForm:
    """The form as it is opened: the plan as it stands, and room for new measures."""
    lines: list[PlanLine | None] = [*plan.lines, *[None] * NEW_LINES]
    fields: dict[str, Any] = {"positions": tuple(line.position if line else 0 for line in lines)}
    data: dict[str, Any] = {"version": version, "target": plan.target, "target_on": plan.target_on}
    for n, line in enumerate(lines, 1):
        fields |= _fields(n, line)
        if line:
            parts = (line.text, line.unit_id, line.due_on, line.cost)
            data |= dict(zip((f"text_{n}", f"unit_{n}", f"due_on_{n}", f"cost_{n}"), parts, strict=True))
    form: ChangeForm = type("ChangeForm", (ChangeForm,), fields)(data=data)
    given = {line.unit_id: line.unit for line in plan.lines if line.unit_id}
    every = [*units, *((key, name) for key, name in given.items() if key not in dict(units))]
    for n in range(1, len(lines) + 1):
        form[f"unit_{n}"].offer(every)
    return form


def _fields(n: int, line: PlanLine | None) -> dict[str, Any]:
    """Labels say which measure they belong to: a list of errors is read without the form before one's eyes."""
    number = line.position if line else 0
    found: dict[str, Any] = {
        f"text_{n}": WordsField(_label(PlanPart.MEASURE, number), most=LONG, required=False, render_kw={"rows": 3}),
        f"unit_{n}": MenuField(_label(PlanPart.UNIT, number), coerce=int, required=False),
        f"due_on_{n}": DateField(_label(PlanPart.DUE_ON, number), required=False),
        f"cost_{n}": MoneyField(_label(PlanPart.COST, number), required=False),
    }
    return found | ({f"drop_{n}": TickField(LazyString(_dropped, number))} if line else {})


def _label(part: PlanPart, number: int) -> LazyString:
    return LazyString(_labelled, part, number)


def _labelled(part: PlanPart, number: int) -> str:
    whose = _(" (measure %(number)s)", number=number) if number else _(" (new measure)")
    return f"{term(part)}{whose}"


def _dropped(number: int) -> str:
    return str(_("Leave out measure %(number)s", number=number))


class DecisionForm(Versioned):
    """Approved, or refused with a reason."""

    decision = ChoiceField(
        _l("Decision on the change"),
        [
            ("approved", _l("Approved: the plan is as proposed from now on")),
            ("refused", _l("Refused, for this reason")),
        ],
    )
    reason = WordsField(term_label(Need.REASON), most=LONG, required=False, hint=_l("Needed where it is refused."))

    def validate_decision(self, field: Any) -> None:
        if field.data == "refused" and not self.reason.data:
            raise ValidationError(_l("A refusal has to give its reason."))

    def to_command(self, cycle: int) -> DecideChange:
        return DecideChange(**self.on(cycle), approved=self.decision.data == "approved", reason=self.reason.data or "")
