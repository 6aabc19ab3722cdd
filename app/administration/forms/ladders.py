"""The form in which a ladder is composed: a place for each step, with its role, its evidence, its days, its form."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.ladder import LONGEST_LINE, MOST_DAYS, MOST_LINES, Rung
from app.domain.papers.paper import STEP_FORMS, PaperKind
from app.domain.workflow.rectification import signers
from app.domain.workflow.vocabulary import Role, StepKind
from app.web.choosing import MenuField
from app.web.fields import WordsField
from app.web.figures import CountField
from app.web.forms import OfficeForm

PLACES = tuple(range(1, len(StepKind) + 1))
PARTS = ("step", "role", "days", "form", "said", "attached")
SIGNERS = tuple(role for role in Role if any(role in signers(kind) for kind in StepKind))
LONGEST = MOST_LINES * (LONGEST_LINE + 1)


class LadderForm(OfficeForm):
    def places(self) -> list[list[Any]]:
        """The fields of each place, in order."""
        return [[self[f"{part}_{place}"] for part in PARTS] for place in PLACES]

    def to_rungs(self) -> tuple[Rung, ...]:
        """The steps that were chosen, a place without a step left out."""
        return tuple(self._rung(place) for place in PLACES if self[f"step_{place}"].data)

    def _rung(self, place: int) -> Rung:
        step, role, days, form, said, attached = (self[f"{part}_{place}"].data for part in PARTS)
        return Rung(step, role, _lines(said), _lines(attached), days or 0, form)

    def speak(self, rungs: Sequence[Rung]) -> None:
        """Show a ladder; what is left of the places is empty."""
        for place, rung in zip(PLACES, rungs, strict=False):
            shown = (rung.kind, rung.role, rung.days, rung.form, "\n".join(rung.said), "\n".join(rung.attached))
            for part, value in zip(PARTS, shown, strict=True):
                self[f"{part}_{place}"].data = value


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def _fields(place: int) -> dict[str, Any]:
    small, rows = {"class": "w-s"}, {"rows": 3}
    return {
        "step": MenuField(
            _l("Step %(place)s", place=place), StepKind, coerce=StepKind, required=False, render_kw=small
        ),
        "role": MenuField(_l("Signed by"), SIGNERS, coerce=Role, required=False, render_kw=small),
        "days": CountField(_l("Within working days"), most=MOST_DAYS, required=False),
        "form": MenuField(_l("Printed on"), STEP_FORMS, coerce=PaperKind, required=False, render_kw=small),
        "said": WordsField(_l("To be said, one a line"), most=LONGEST, required=False, render_kw=rows),
        "attached": WordsField(_l("To be attached, one a line"), most=LONGEST, required=False, render_kw=rows),
    }


for _place in PLACES:
    for _part, _field in _fields(_place).items():
        setattr(LadderForm, f"{_part}_{_place}", _field)
