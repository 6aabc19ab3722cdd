"""The reply's form: a finding and a verdict for each point, three texts, the figures, photographs before and after."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import HiddenField

from app.casework.commands import Figures, PointFinding, SubmitReply
from app.casework.forms.acting import CaseForm
from app.casework.queries.versions import Version
from app.domain.case import FIGURES, Completion, Verdict
from app.web.choosing import ChoiceField, FilesField, TickField
from app.web.fields import WordsField
from app.web.figures import CountField, MoneyField
from app.web.language import in_chinese

LONG = 10_000
MONEY = "fines"
TEXTS = ("report_upward", "publication_draft", "answer", "handling", "target", "accountability")


def _tall(rows: int) -> dict[str, int]:
    return {"rows": rows}


class ReplyForm(CaseForm):
    """Fields of points and figures are added by `reply_form`, which knows the case."""

    form_key = HiddenField()
    verdict = ChoiceField(
        _l("Overall verdict"),
        [("", _l("As it follows from the points")), *Verdict],
        coerce=Verdict,
        required=False,
        hint=_l("All true: substantiated. All unfounded: unfounded. A mixture: partly substantiated."),
    )
    completion = ChoiceField(_l("Completion"), Completion, coerce=Completion)
    report_upward = WordsField(_l("Report upward"), most=LONG, render_kw=_tall(8), hint=_l("The team reads this."))
    publication_draft = WordsField(
        _l("Draft of the findings for publication"),
        most=LONG,
        render_kw=_tall(6),
        hint=_l("Everybody may read this. No names of private persons, telephone numbers or house numbers."),
    )
    answer = WordsField(_l("Answer to the reporter"), most=LONG, hint=_l("Whoever reported reads this."))
    handling = WordsField(_l("Handling and rectification"), most=LONG, required=False, hint=_l("It is published."))
    target = WordsField(_l("Target of completion"), most=LONG, required=False, render_kw=_tall(3))
    accountability = WordsField(_l("Accountability"), most=LONG, required=False, render_kw=_tall(3))
    before = FilesField(_l("Photographs before"), hint=_l("JPEG, PNG or WebP, at most 9, of 12 MB each."))
    after = FilesField(_l("Photographs after"))
    sure = TickField(_l("I have checked this; it is right as it stands"))

    points: Sequence[str] = ()

    def to_command(self, case_id: int) -> SubmitReply:
        return SubmitReply(
            case_id=case_id,
            findings=tuple(
                PointFinding(self[f"finding_{n}"].data, self[f"verdict_{n}"].data)
                for n in range(1, len(self.points) + 1)
            ),
            verdict=self.verdict.data,
            completion=self.completion.data,
            figures=self._figures(),
            form_key=self.form_key.data or "",
            sure=self.sure.data,
            version=self.version.data,
            **{name: self[name].data for name in TEXTS},
        )

    def _figures(self) -> Figures:
        stated: dict[str, Any] = {name: self[name].data for name in FIGURES}
        return Figures(**{name: value for name, value in stated.items() if value})

    def read_before(self, earlier: Version) -> None:
        """Begin a new version with the words of the last one."""
        for name in TEXTS:
            self[name].data = getattr(earlier, name)
        self.completion.data = earlier.completion
        for n, point in enumerate(earlier.points[: len(self.points)], 1):
            self[f"finding_{n}"].data, self[f"verdict_{n}"].data = point.finding, point.verdict
        for name, value in earlier.figures.items():
            self[name].data = value


def reply_form(points: Sequence[str]) -> type[ReplyForm]:
    """The form for a case with these points."""
    fields: dict[str, Any] = {"points": tuple(points)}
    for n in range(1, len(points) + 1):
        fields[f"finding_{n}"] = WordsField(LazyString(_numbered, "finding", n), most=LONG)
        fields[f"verdict_{n}"] = ChoiceField(LazyString(_numbered, "verdict", n), Verdict, coerce=Verdict)
    for name in FIGURES:
        label = LazyString(_figure, name)
        fields[name] = MoneyField(label, required=False) if name == MONEY else CountField(label, required=False)
    return type("ReplyFormOfCase", (ReplyForm,), fields)


def _numbered(what: str, n: int) -> str:
    if what == "finding":
        return str(_("What was found for point %(number)s", number=n))
    return str(_("Verdict for point %(number)s", number=n))


def _figure(name: str) -> str:
    zh, en = FIGURES[name]
    return zh if in_chinese() else en
