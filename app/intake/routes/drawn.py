"""The pages of the form: the form, what is looked through before it is sent, and what stands there when closed."""

from typing import Any

from flask import render_template

from app.domain import catalogue
from app.domain.evidence.keeping import files_waiting
from app.domain.evidence.resting import NotTaken
from app.domain.inspection import Inspection
from app.intake.forms import ReportForm, summary
from app.intake.notice import stay
from app.intake.queries import perhaps_the_same
from app.intake.routes.here import at_work, spoken
from app.kernel import clock
from app.web.inspecting import public_inspections
from app.web.language import in_chinese
from app.web.pressure import offered_work
from app.web.telling import facts_of

Sent = tuple[NotTaken, ...]


def draw(form: ReportForm, inspection: Inspection, not_taken: Sent = ()) -> str:
    """The form. One that was not sent yet holds nothing of anybody but its token and its key."""
    return render_template(
        "intake/report.html",
        form=form,
        explained=explained(),
        facts=facts_of(inspection),
        locality=inspection.region_code,
        others=[(one, facts_of(one)) for one in at_work(public_inspections()) if one.id != inspection.id],
        **_files(form, not_taken),
    )


def draw_check(form: ReportForm, inspection: Inspection, not_taken: Sent = ()) -> str:
    """Everything that will be sent, with what may be the same matter already."""
    files = _files(form, not_taken)
    return render_template(
        "intake/check.html",
        form=form,
        facts=facts_of(inspection),
        alike=perhaps_the_same(form.to_description(inspection)),
        said=summary(form, files["kept"]),
        challenge=offered_work(form.own_key, inspection.id),
        **files,
    )


def draw_closed(inspection: Inspection | None, form: ReportForm | None = None) -> str:
    """No form while nobody would read it: where to turn instead, and the words that were written, to copy."""
    return render_template(
        "intake/closed.html",
        stay=stay(inspection, clock.now()) if inspection else "",
        letters=letters(inspection),
        others=[(one, facts_of(one)) for one in at_work(public_inspections())],
        words=form.own_words() if form else [],
    )


def letters(inspection: Inspection | None) -> dict[str, str]:
    """After the stay: letters posted in time are still taken. Empty when the team is there, or has no box."""
    over = inspection is not None and clock.today() > inspection.ends_on and inspection.settings.mailbox
    return facts_of(inspection) if inspection is not None and over else {}


def explained() -> dict[str, tuple[str, str]]:
    """What each type of pollution means, in everyday words, and what somebody might say of it."""
    every = catalogue.types().items()
    if in_chinese():
        return {code: (one.plain_zh, one.example_zh) for code, one in every}
    return {code: (one.plain_en, one.example_en) for code, one in every}


def _files(form: ReportForm, not_taken: Sent) -> dict[str, Any]:
    kept = files_waiting(form.own_key) if form.is_submitted() else 0
    return {"kept": kept, "not_taken": spoken(not_taken)}
