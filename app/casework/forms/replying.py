"""The reply's form: point by point, texts, figures with their documents, measures, spots before and after, remarks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import HiddenField, IntegerField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from app.casework.commands import Figures, Measure, PointFinding, Source, Spot, SubmitReply
from app.casework.forms.acting import CaseForm
from app.casework.queries.versions import Version
from app.casework.slots import AFTER, BEFORE, MEASURES, SPOTS, document_slot, slot_of
from app.casework.weighing import EVERY_ANSWER
from app.domain.case import FIGURES, Completion, Verdict
from app.domain.reply import MeasureKind
from app.web.choosing import ChoiceField, FilesField, TickField
from app.web.fields import LineField, WordsField
from app.web.figures import CountField, DateField, MoneyField
from app.web.language import in_chinese

LONG = 10_000
MONEY = "fines"
TEXTS = ("report_upward", "publication_draft", "answer", "handling", "target", "accountability")
SPOT = "spot"
ROWS = {MeasureKind.AT_ONCE: MEASURES, MeasureKind.PLANNED: MEASURES, SPOT: SPOTS}
"""What a form has rows of, and how many there may be."""
AT_FIRST = 2


@dataclass(frozen=True)
class Rows:
    """How many rows of each kind a form shows."""

    at_once: int = AT_FIRST
    planned: int = AT_FIRST
    spot: int = AT_FIRST

    @classmethod
    def of(cls, sent: Mapping[str, Any], more: str = "") -> "Rows":
        """As the form was drawn; `more` names what one more row was asked for of."""
        return cls(**{str(kind): _bounded(sent.get(f"{kind}_rows"), kind == more, most) for kind, most in ROWS.items()})

    @classmethod
    def after(cls, version: Version) -> "Rows":
        """For the next version: what the last one had, and one to add."""
        counts = {str(kind): sum(one.kind == kind for one in version.measures) for kind in MeasureKind}
        wanted = counts | {SPOT: max((one.position for one in version.spots), default=0)}
        return cls(**{kind: min(max(AT_FIRST, wanted[str(kind)] + 1), most) for kind, most in ROWS.items()})


def _bounded(sent: Any, more: bool, most: int) -> int:  # noqa: FBT001  (one row more, or none)
    shown = next((row for row in range(1, most + 1) if str(row) == str(sent)), AT_FIRST)
    return min(shown + more, most)


def _tall(rows: int) -> dict[str, int]:
    return {"rows": rows}


class ReplyForm(CaseForm):
    """Fields of points, figures and rows are added by `reply_form`, which knows the case.

    `begun_after`: how many versions there were when it was begun.
    """

    form_key = HiddenField()
    begun_after = HiddenField()
    at_once_rows = IntegerField(widget=HiddenInput(), validators=[Optional()])
    planned_rows = IntegerField(widget=HiddenInput(), validators=[Optional()])
    spot_rows = IntegerField(widget=HiddenInput(), validators=[Optional()])
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
    before = FilesField(_l("Other photographs before"), hint=_l("JPEG, PNG or WebP, at most 9, of 12 MB each."))
    after = FilesField(_l("Other photographs after"))

    points: Sequence[str] = ()
    rows: Rows = Rows()

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
            sources={name: self._source(name) for name in FIGURES},
            measures=tuple(self._measures()),
            spots=tuple(self._spots()),
            answers={name: self[name].data for name in EVERY_ANSWER if self[name].data},
            form_key=self.form_key.data or "",
            version=self.version.data,
            **{name: self[name].data for name in TEXTS},
        )

    def _figures(self) -> Figures:
        stated: dict[str, Any] = {name: self[name].data for name in FIGURES}
        return Figures(**{name: value for name, value in stated.items() if value})

    def _source(self, name: str) -> Source:
        return Source(self[f"{name}_unit"].data or "", self[f"{name}_document"].data or "", self[f"{name}_dated"].data)

    def _measures(self) -> Iterator[Measure]:
        """Rows in which anything was written."""
        for kind in MeasureKind:
            for row in range(1, getattr(self.rows, kind) + 1):
                text, unit, day = (self[f"{kind}_{what}_{row}"].data for what in ("text", "unit", "day"))
                if text or unit or day:
                    yield Measure(kind, row, text or "", unit or "", day)

    def _spots(self) -> Iterator[Spot]:
        for row in range(1, self.rows.spot + 1):
            if self[f"place_{row}"].data:
                yield Spot(row, self[f"place_{row}"].data, bool(self[f"fresh_{row}"].data))

    def read_before(self, earlier: Version) -> None:
        """Begin a new version with the words of the last one."""
        for name in TEXTS:
            self[name].data = getattr(earlier, name)
        self.completion.data = earlier.completion
        for n, point in enumerate(earlier.points[: len(self.points)], 1):
            self[f"finding_{n}"].data, self[f"verdict_{n}"].data = point.finding, point.verdict
        for name, value in earlier.figures.items():
            self[name].data = value
        for source in earlier.sources:
            for what in ("unit", "document", "dated"):
                self[f"{source.figure}_{what}"].data = getattr(source, what)
        self._read_rows(earlier)
        for remark in earlier.remarks:
            self[remark.name].data = remark.answer

    def _read_rows(self, earlier: Version) -> None:
        for kind in MeasureKind:
            own = [one for one in earlier.measures if one.kind == kind]
            for row, measure in enumerate(own[: getattr(self.rows, kind)], 1):
                for what in ("text", "unit", "day"):
                    self[f"{kind}_{what}_{row}"].data = getattr(measure, what)
        for spot in earlier.spots:
            if spot.position <= self.rows.spot:
                self[f"place_{spot.position}"].data = spot.place


def reply_form(points: Sequence[str], rows: Rows) -> type[ReplyForm]:
    """The form for a case with these points, with so many rows."""
    fields: dict[str, Any] = {"points": tuple(points), "rows": rows}
    for n in range(1, len(points) + 1):
        fields[f"finding_{n}"] = WordsField(LazyString(_numbered, "finding", n), most=LONG)
        fields[f"verdict_{n}"] = ChoiceField(LazyString(_numbered, "verdict", n), Verdict, coerce=Verdict)
    for name in FIGURES:
        fields |= _figure_fields(name)
    for kind in MeasureKind:
        for row in range(1, getattr(rows, kind) + 1):
            fields |= _measure_fields(kind, row)
    for row in range(1, rows.spot + 1):
        fields |= _spot_fields(row)
    fields |= {
        name: WordsField(_l("Why it stands"), most=500, required=False, render_kw=_tall(2)) for name in EVERY_ANSWER
    }
    return type("ReplyFormOfCase", (ReplyForm,), fields)


def _figure_fields(name: str) -> dict[str, Any]:
    label = LazyString(_figure, name)
    return {
        name: MoneyField(label, required=False) if name == MONEY else CountField(label, required=False),
        f"{name}_unit": LineField(LazyString(_of_figure, name, "unit"), most=80, required=False),
        f"{name}_document": LineField(LazyString(_of_figure, name, "document"), most=120, required=False),
        f"{name}_dated": DateField(LazyString(_of_figure, name, "dated"), required=False),
        document_slot(name): FilesField(LazyString(_of_figure, name, "file"), most=1),
    }


def _measure_fields(kind: MeasureKind, row: int) -> dict[str, Any]:
    return {
        f"{kind}_text_{row}": WordsField(
            LazyString(_in_row, "measure", row), most=500, required=False, render_kw=_tall(2)
        ),
        f"{kind}_unit_{row}": LineField(LazyString(_in_row, "unit", row), most=80, required=False),
        f"{kind}_day_{row}": DateField(LazyString(_in_row, kind, row), required=False),
    }


def _spot_fields(row: int) -> dict[str, Any]:
    return {
        f"place_{row}": LineField(LazyString(_in_row, "place", row), most=120, required=False),
        slot_of(BEFORE, row): FilesField(LazyString(_in_row, BEFORE, row), most=1),
        slot_of(AFTER, row): FilesField(LazyString(_in_row, AFTER, row), most=1),
        f"fresh_{row}": TickField(LazyString(_in_row, "fresh", row)),
    }


def _numbered(what: str, n: int) -> str:
    if what == "finding":
        return str(_("What was found for point %(number)s", number=n))
    return str(_("Verdict for point %(number)s", number=n))


def _in_row(what: str, row: int) -> str:
    told = {
        "measure": _("Measure %(number)s", number=row),
        "unit": _("Unit that does measure %(number)s", number=row),
        str(MeasureKind.AT_ONCE): _("Day on which measure %(number)s was done", number=row),
        str(MeasureKind.PLANNED): _("Day by which measure %(number)s will be done", number=row),
        "place": _("Spot %(number)s, and from where it was taken", number=row),
        BEFORE: _("Spot %(number)s before", number=row),
        AFTER: _("Spot %(number)s after", number=row),
        "fresh": _("Do not take over the earlier pictures of spot %(number)s", number=row),
    }
    return str(told[what])


def _of_figure(name: str, what: str) -> str:
    figure = _figure(name)
    told = {
        "unit": _("%(figure)s: by which unit", figure=figure),
        "document": _("%(figure)s: number of the document", figure=figure),
        "dated": _("%(figure)s: date of the document", figure=figure),
        "file": _("%(figure)s: copy of the document", figure=figure),
    }
    return str(told[what])


def _figure(name: str) -> str:
    zh, en = FIGURES[name]
    return zh if in_chinese() else en
