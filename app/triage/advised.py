"""How suggestions are said on a page, and how they fill in a decision's form: always in sight, never decided."""

from dataclasses import replace
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from app.domain.suggesting import Kind, Voice
from app.domain.workflow.vocabulary import Need
from app.domain.workflow.vocabulary import ReportAction as A
from app.triage.parts import AcceptForm
from app.triage.queries.advising import Advice, Because, Group, Line, advice
from app.triage.queries.record import Record
from app.web.language import in_chinese
from app.web.named import named

ASKED = "suggested"


def because(one: Because) -> str:
    """A ground in a sentence's worth of words."""
    ground, what = one.ground, named(one.what)
    words = _quoted(ground.words)
    if ground.voice == Voice.RULE:
        told = _("%(words)s → %(what)s", words=words, what=what)
    elif ground.voice == Voice.MODEL:
        told = _("earlier decisions: %(words)s", words=words) if words else _("earlier decisions")
    elif ground.voice == Voice.PLACE:
        told = _("the text names %(words)s", words=words)
    elif ground.voice == Voice.LIKE:
        told = _alike(one)
    else:
        told = _("the reporter chose it")
    return str(told)


def _alike(one: Because) -> str:
    """What became of similar reports."""
    counts: dict[str, Any] = {"some": one.ground.some, "every": one.ground.all}
    if one.what == A.REFER:
        return str(_("%(some)s of %(every)s similar reports were referred", **counts))
    if one.what == A.ACCEPT:
        return str(_("%(some)s of %(every)s similar reports were accepted", **counts))
    return str(_("%(some)s of %(every)s similar reports were referred as %(what)s", what=named(one.what), **counts))


def _quoted(words: tuple[str, ...]) -> str:
    return ("、" if in_chinese() else ", ").join(f"“{word}”" for word in words)


def why(line: Line) -> str:
    """All the grounds of a line, one after the other."""
    return ("；" if in_chinese() else "; ").join(because(one) for one in line.because)


def way(report_id: int, group: Group) -> str:
    """Where a decision's form opens with what is suggested filled in."""
    chosen: dict[str, Any] = {ASKED: "yes"}
    if group.action == A.REFER and group.first:
        chosen["class"] = group.first
    return url_for("triage.judge", report_id=report_id, action=str(group.action), **chosen)


def asked_for(found: Record) -> Advice | None:
    """The suggestions, where the address asks that the form be filled in from them."""
    return advice(found.report, found.offers) if request.args.get(ASKED) == "yes" else None


def fill_acceptance(start: dict[str, Any], told: Advice | None) -> dict[str, Any]:
    """What was said before, and whatever is suggested besides. An area only where none was given."""
    if told is None:
        return start
    areas = list(told.values(Kind.AREA))
    parts = start["parts"]
    if areas and not any(part.get("area") for part in parts):
        parts = [{**parts[0], "area": areas[0]}, *parts[1:]]
    return start | {
        "types": list(dict.fromkeys([*start["types"], *told.values(Kind.TYPE)])),
        "tags": list(dict.fromkeys([*start.get("tags", ()), *told.values(Kind.TAG)])),
        "parts": parts,
        "key": start["key"] or bool(told.values(Kind.KEY)),
    }


def mark_acceptance(form: AcceptForm, told: Advice | None) -> None:
    """Say in the form which boxes were ticked because they are suggested, and why."""
    if told is None:
        return
    for field, kind in ((form.types, Kind.TYPE), (form.tags, Kind.TAG)):
        lines = told.values(kind)
        field.choices = [_marked(choice, lines) for choice in field.choices]
    for line in told.values(Kind.KEY).values():
        form.key.description = _("Suggested: %(why)s.", why=why(line))
    area = form.parts[0].form.area
    if (line_of := told.values(Kind.AREA).get(area.data or "")) is not None:
        area.description = _("Suggested: %(why)s.", why=why(line_of))


def _marked(choice: Any, lines: dict[str, Line]) -> Any:
    """A choice as it is offered; one that is suggested says so behind its name."""
    if choice.value not in lines:
        return choice
    return replace(choice, label=_("%(name)s (suggested)", name=choice.label))


def fill_words(action: A, told: Advice | None) -> dict[str, Any]:
    """A reason to begin with where a key report is suggested; it can be changed like any other."""
    lines = told.values(Kind.KEY) if told is not None and action == A.MARK_KEY else {}
    return {str(Need.REASON): why(line) for line in lines.values()}
