"""Asking the reporter: standard questions to tick, words of one's own, the way they go, and until when."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from app.domain import asking
from app.domain.report import Report
from app.domain.ringing import begins_on
from app.domain.workflow.vocabulary import Need, ReportAction
from app.kernel import clock
from app.kernel.errors import N_
from app.triage.commands import Act
from app.triage.queries.record import Record
from app.web.choosing import TicksField
from app.web.fields import WordsField
from app.web.language import local_date
from app.web.named import named
from app.web.versioned import VersionedForm

ON_THEIR_PAGE = N_("They see the questions on the page where they follow their report with the query code.")
BY_TELEPHONE = N_("From %(day)s on, the desk has the task to ring them up and take their answer down.")
NOBODY = N_("No telephone was given: they see the questions only when they look up their report.")


class AskForm(VersionedForm):
    """Ticked and typed questions become one numbered list."""

    standard = TicksField(_l("Standard questions"), required=False)
    question = WordsField(_l("Anything else to ask"), most=2000, required=False, render_kw={"rows": 4})

    def begin(self, report: Report) -> None:
        self.standard.offer([(one.code, named(one)) for one in asking.fitting(report.types)])

    def validate_question(self, _field: Any) -> None:
        if not self.questions():
            raise ValidationError(_l("Please tick or write at least one question."))

    def questions(self) -> list[str]:
        """In the office's language, whatever the page's: the reporter reads what was asked."""
        ticked = set(self.standard.data or ())
        standard = [one.zh for one in asking.every() if one.code in ticked]
        return [*standard, *(line.strip() for line in (self.question.data or "").splitlines() if line.strip())]

    def to_command(self, report_id: int) -> Act:
        asked = self.questions()
        words = asked[0] if len(asked) == 1 else "\n".join(f"{at}. {one}" for at, one in enumerate(asked, 1))
        return Act(report_id, ReportAction.ASK, {Need.QUESTION: words}, self.version.data)


def to_begin(report: Report) -> dict[str, Any]:
    return {"version": report.version, "standard": asking.missing(report)}


def ways(found: Record, until: date) -> list[tuple[str, dict[str, str]]]:
    """How a question that waits `until` a day reaches its reporter, in sentences.

    Who may not know of a telephone is told only the first.
    """
    told: list[tuple[str, dict[str, str]]] = [(ON_THEIR_PAGE, {})]
    if found.flags and found.flags.has_phone:
        told.append((BY_TELEPHONE, {"day": local_date(begins_on(found.report.channel, clock.today(), until))}))
    elif found.flags:
        told.append((NOBODY, {}))
    return told
