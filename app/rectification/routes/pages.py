"""From a cycle to the components of its page: the stepper, the timeline, the photographs, the buttons."""

from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.domain.ladder import Rung
from app.domain.plan import first_of
from app.domain.workflow.rectification import STEP_OF
from app.domain.workflow.vocabulary import RectificationAction as A
from app.domain.workflow.vocabulary import Role
from app.kernel import clock
from app.rectification.queries import View
from app.rectification.queries.history import Happened
from app.rectification.queries.pictures import Photo
from app.rectification.queries.rows import MeasureView, StepView
from app.web.acting import Button, buttons
from app.web.language import local_date, month_name, term

BESIDE_ITS_OBJECT = frozenset(
    {A.PROGRESS, A.UPHOLD_OBJECTION, A.DISMISS_OBJECTION, A.APPROVE_CHANGE, A.REFUSE_CHANGE, A.PUBLISH_PLAN}
) | frozenset({A.GATHER, A.CONFIRM_SAME, A.DECLINE_SAME, A.DRAW_LOOK_BACK})
"""Done to a measure, an objection, or the plan: the way to it stands there."""
ADDRESSES = {A.PROPOSE_CHANGE: "rectification.propose_change"}
"""Actions with a page of their own."""


@dataclass(frozen=True)
class Line:
    """One line of components/records.ladder."""

    label: str
    standing: str
    at: Any = None
    by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Moment:
    """One line of components/records.timeline."""

    title: str
    at: Any
    by: str
    text: str


@dataclass(frozen=True)
class File:
    """One of components/records.attachments."""

    name: str
    href: str
    thumbnail: str
    size: int
    kind: str = "picture"


def rungs(view: View) -> list[Line]:
    """Every step of this ladder as the latest climb left it; one that is still to come says whose it is."""
    if not view.climbs:
        return [Line(term(rung.kind), "ahead", by=_whose(rung)) for rung in view.template]
    return [_line(step) for step in view.climbs[0][1]]


def _line(step: StepView) -> Line:
    if step.at is not None:
        return Line(term(step.kind), step.standing, step.at, signer(step), step.said)
    note = _("To be signed by %(day)s", day=local_date(step.due_on)) if step.due_on else ""
    return Line(term(step.kind), step.standing, by=_whose(step.rung), note=note)


def _whose(rung: Rung) -> str:
    """Who signs a step: one role, or one of several."""
    return str(_(" or ").join(term(role) for role in Role if role in rung.signers))


def signer(step: StepView) -> str:
    """Who signed, in which role, and for whom."""
    name = _("%(name)s for %(other)s", name=step.name, other=step.instead_of) if step.instead_of else step.name
    return " ".join(filter(None, (term(step.role), name)))


def moments(view: View) -> list[Moment]:
    return [_moment(one) for one in view.history]


def _moment(one: Happened) -> Moment:
    """Whoever objects is no more than somebody, and on some day: the hour might tell who it was."""
    if one.action == A.REPORTED_AGAIN:  # the hour would tell when somebody reported
        return Moment(_title(one), None, local_date(one.at), "")
    if one.role == Role.CITIZEN:
        return Moment(_title(one), None, _("somebody, on %(day)s", day=local_date(one.at)), _said(one))
    return Moment(_title(one), one.at, " ".join(filter(None, (term(one.role), one.name))), _said(one))


def _title(one: Happened) -> str:
    title = term(one.action)
    if one.measure:
        title += _(" (measure %(number)s)", number=one.measure)
    return title


def _said(one: Happened) -> str:
    """A single text stands for itself; several are named."""
    if len(one.said) == 1:
        return term(one.said[0][1])
    return "\n".join(f"{term(need)}{_(': ')}{term(text)}" for need, text in one.said)


def files(view: View, photos: tuple[Photo, ...]) -> list[File]:
    found = []
    for photo in photos:
        address = url_for("rectification.picture", cycle=view.id, token=photo.token)
        found.append(File(photo.name, address, address, photo.size))
    return found


def _way_to(view: View, action: A) -> str:
    if action in ADDRESSES:
        return url_for(ADDRESSES[action], cycle=view.id)
    return url_for("rectification.act", cycle=view.id, action=str(action))


def months_to_tell(measure: MeasureView) -> list[tuple[str, str]]:
    """The present month first, and those that were missed."""
    this = first_of(clock.today())
    return [(month.isoformat(), month_name(month)) for month in (this, *reversed(measure.missed))]


def signing(view: View) -> A | None:
    """The one action with which this person may sign the step now; none when there are two, or none."""
    open_now = [offer.action for offer in view.offers if offer.blocked is None and offer.action in STEP_OF]
    return A(open_now[0]) if len(open_now) == 1 and open_now[0] != A.OPEN_NOTICE else None


def action_buttons(view: View, leaving_out: A | None = None) -> list[Button]:
    """The action bar. Opening a notice says nothing, but its days are shown before it is done."""
    offers = [o for o in view.offers if o.action not in BESIDE_ITS_OBJECT and o.action != leaving_out]
    found = buttons(offers, lambda action: _way_to(view, A(action)))
    return [replace(button, asks=True) for button in found]
