"""One decision about many rows of a list: what was ticked, what could not be done and why; the doors share it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.domain.together import Outcome, Ticked
from app.domain.workflow.terms import Term
from app.web.choosing import TicksField
from app.web.forms import OfficeForm
from app.web.keys import IN_A_FORM, told
from app.web.language import sentence, term
from app.web.tones import is_grave

MOST_TOGETHER, TOO_LONG = 200, 10
START, FILL = "start", "fill"
"""What a list sends: rows were ticked, nothing is said yet. And a choice that fills in the rest of the form."""


class TogetherForm(OfficeForm):
    """One action for many records: `chosen` are ids with their versions, as 12-3."""

    chosen = TicksField(_l("Choose"), required=False, validate_choice=False)

    def read_chosen(self) -> Ticked:
        """What was ticked, each once, in its order; what is no id with its version is left out."""
        found: dict[int, int] = {}
        for one in self.chosen.data or ():
            key, _, version = one.partition("-")
            if all(part.isdecimal() and part.isascii() and len(part) < TOO_LONG for part in (key, version)):
                found.setdefault(int(key), int(version))
        return tuple(found.items())[:MOST_TOGETHER]


@dataclass(frozen=True)
class Left:
    """What is still to be decided: the ids, and what was said of those that were tried in vain."""

    ids: list[int]
    failed: Mapping[int, str] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True)
class Words:
    """What a room says of its records: that none was chosen, and how many there were."""

    none: str
    counted: Callable[[int], str]


def decided(
    form: TogetherForm, action: Term, decide: Callable[[Ticked], Outcome], words: Words, *, asks: bool
) -> Left | None:
    """Decide what was ticked, once the form says what is asked; None when nothing is left to be looked at.

    `asks`: the action wants something said, so that a start only shows its form.
    """
    ticked, starts = form.read_chosen(), bool({START, FILL} & set(request.form))
    if not ticked:
        flash(words.none, "error")
        return None
    if (starts and asks) or not form.submitted():
        return Left([key for key, _version in ticked], status=422 if form.errors else 200)
    outcome = decide(ticked)
    if outcome.done:
        told = {"action": term(action), "number": words.counted(outcome.done)}
        flash(_("Done: %(action)s, %(number)s.", **told), "done")
    if not outcome.failed:
        return None
    return Left(list(outcome.failed), {one: _told(error) for one, error in outcome.failed.items()}, 422)


def page(
    template: str, form: TogetherForm, action: Term, left: Left, rows: Sequence[Any], **more: Any
) -> tuple[str, int]:
    """The form for what is left. `rows` have an id, a version, a number, a state and words."""
    kind = "grave" if is_grave(action) else "primary"
    shown = {"form": form, "action": action, "left": left, "rows": rows, "kind": kind, "keys": told(IN_A_FORM)}
    return render_template(template, **shown, **more), left.status


def _told(error: Any) -> str:
    told = [sentence(one) for one in getattr(error, "fields", {}).values()]
    return " ".join(dict.fromkeys(told)) or sentence(error.message, error.params)
