"""What may be written about a cycle: the filter of the list, the plan, the steps, the notice, an objection."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, TypeVar

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import HiddenField, IntegerField
from wtforms.widgets import HiddenInput

from app.domain.ladder import Rung
from app.domain.plan import PlanPart, first_of
from app.domain.rectification import CHECKLIST, PRINTED, Progress
from app.domain.workflow.rectification import LADDER
from app.domain.workflow.vocabulary import Need, RectificationAction, RectificationState, StepKind
from app.kernel import clock, crypto
from app.rectification import commands
from app.web.choosing import ChoiceField, FilesField, MenuField, TickField
from app.web.fields import LineField, PhoneField, WordsField
from app.web.figures import DateField, MoneyField
from app.web.forms import OfficeForm
from app.web.language import in_chinese, term_label

LONG, SHORT = 4000, 300
DUE = (("late", _l("Overdue")), ("soon", _l("Due within 30 days")))
PICTURES_HINT = _l("JPEG, PNG or WebP, at most nine. Place and device are removed from what others see.")


def stands() -> list[Any]:
    """Where a cycle may stand: on the ladder it is the step that says it, elsewhere the state."""
    states = list(RectificationState)
    first = states.index(LADDER[0])
    return [*states[:first], *StepKind, *(state for state in states[first:] if state not in LADDER)]


class FilterForm(OfficeForm):
    """Read from the address; nothing is changed by it."""

    class Meta(OfficeForm.Meta):
        csrf = False

    stand = MenuField(_l("Stands at"), stands, required=False)
    due = MenuField(_l("Falls due"), DUE, required=False)
    progress = MenuField(term_label(Need.PROGRESS), Progress, coerce=str, required=False)
    number = LineField(_l("Case number"), most=40, required=False)

    def to_wish(self, cursor: str) -> commands.Wish:
        read = {name: str(self[name].data or "") for name in ("stand", "due", "progress", "number")}
        return commands.Wish(**read, cursor=cursor)


def _month(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


class Versioned(OfficeForm):
    """Carries the version of the cycle that its writer saw, and the key under which photographs wait."""

    version = IntegerField(widget=HiddenInput())
    key = HiddenField()

    def on(self, cycle: int) -> dict[str, Any]:
        return {"rectification_id": cycle, "version": self.version.data}

    def read(self, name: str) -> Any:
        """What was written in a field that has been validated."""
        return self[name].data


class MeasureForm(Versioned):
    """One measure, while the plan is being made."""

    measure = WordsField(term_label(Need.MEASURE), most=LONG, hint=_l("What is done, where, and to what standard."))
    unit = MenuField(term_label(Need.UNIT), coerce=int)
    due_on = DateField(term_label(Need.DUE_ON))
    cost = MoneyField(term_label(PlanPart.COST), required=False)

    def to_command(self, cycle: int, _action: RectificationAction) -> commands.AddMeasure:
        return commands.AddMeasure(
            **self.on(cycle),
            text=self.read("measure"),
            unit_id=self.read("unit"),
            due_on=self.read("due_on"),
            cost=self.read("cost"),
        )


class PlanForm(Versioned):
    target = WordsField(term_label(Need.TARGET), most=LONG, hint=_l("What will be so when it has been put right."))
    due_on = DateField(term_label(Need.DUE_ON))

    def to_command(self, cycle: int, _action: RectificationAction) -> commands.AdoptPlan:
        return commands.AdoptPlan(**self.on(cycle), target=self.read("target"), target_on=self.read("due_on"))


class ProgressForm(Versioned):
    month = MenuField(_l("Month"), coerce=_month, default=lambda: first_of(clock.today()))
    progress = ChoiceField(term_label(Need.PROGRESS), Progress)
    note = WordsField(term_label(Need.NOTE), most=LONG, hint=_l("What was done since, what is missing."))

    def to_command(self, cycle: int, measure: int) -> commands.ReportProgress:
        told = Progress(self.progress.data)
        return commands.ReportProgress(
            **self.on(cycle), measure_id=measure, progress=told, note=self.read("note"), month=self.read("month")
        )


class Signed(Versioned):
    """A step that is signed: with the digest of the document that is shown, and the evidence that the ladder names."""

    LINES: ClassVar[tuple[str, ...]] = ()
    SAYS: ClassVar[str] = "note"
    shown = HiddenField()
    pictures = FilesField(_l("Photographs"), hint=PICTURES_HINT)

    def signed(self, cycle: int) -> dict[str, Any]:
        """What every signature says. The version is left out: whether the signer saw what is there, `shown` tells."""
        lines = {name: self[f"line_{place}"].data or "" for place, name in enumerate(self.LINES, 1)}
        key, seen = self.key.data or "", self.shown.data or ""
        return {"rectification_id": cycle, "lines": lines, "pictures_key": key, "seen": seen}

    def to_command(self, cycle: int, action: RectificationAction) -> commands.OnRectification:
        return commands.SignStep(action=action, words=self.read(self.SAYS), **self.signed(cycle))


Kind = TypeVar("Kind", bound=OfficeForm)


def with_lines(kind: type[Kind], rung: Rung | None) -> type[Kind]:
    """A form with a field for each line of evidence that the ladder asks for at its step."""
    if rung is None or not issubclass(kind, Signed) or not (rung.said or rung.attached):
        return kind
    names = (*rung.said, *rung.attached)
    fields: dict[str, Any] = {f"line_{place}": _line(name, rung) for place, name in enumerate(names, 1)}
    return type("LinesForm", (kind,), {**fields, "LINES": names})


def _line(name: str, rung: Rung) -> WordsField:
    hint = _l("Attach it below, and say here which file it is.") if name in rung.attached else ""
    return WordsField(name, most=LONG, hint=hint, render_kw={"rows": 2})


class EvidenceForm(Signed):
    """A step that is signed on evidence."""

    SAYS = "evidence"
    evidence = WordsField(term_label(Need.EVIDENCE), most=LONG, hint=_l("What was seen, measured, or read."))


class SubmitForm(Versioned):
    evidence = WordsField(term_label(Need.EVIDENCE), most=LONG, hint=_l("What was seen, measured, or read."))
    pictures = FilesField(_l("Photographs"), hint=PICTURES_HINT)

    def to_command(self, cycle: int, _action: RectificationAction) -> commands.Submit:
        return commands.Submit(**self.on(cycle), evidence=self.read("evidence"), pictures_key=self.key.data or "")


class NoteForm(Signed):
    """A step that is signed with a note."""

    note = WordsField(term_label(Need.NOTE), most=LONG)


class LookBackForm(NoteForm):
    def to_command(self, cycle: int, action: RectificationAction) -> commands.LookBack:
        return commands.LookBack(action=action, note=self.read("note"), **self.signed(cycle))


class CloseNoticeForm(NoteForm):
    def to_command(self, cycle: int, _action: RectificationAction) -> commands.CloseNotice:
        return commands.CloseNotice(note=self.read("note"), **self.signed(cycle))


def _printed(code: str) -> Any:
    """The heading is the printed one; in English its meaning."""
    return LazyString(lambda: PRINTED[code][0] if in_chinese() else PRINTED[code][1])


class OpenNoticeForm(Versioned):
    """销号公示, as everybody will read it: proposed from plan and progress, worded by the coordinator."""

    problem = WordsField(_printed("problem"), most=LONG)
    unit = LineField(_printed("unit"), most=SHORT)
    target = WordsField(_printed("target"), most=LONG)
    measures = WordsField(_printed("measures"), most=LONG)
    done = WordsField(_printed("done"), most=LONG)
    opinion = WordsField(_printed("opinion"), most=LONG)
    office = LineField(_printed("office"), most=SHORT)
    phone = LineField(_printed("phone"), most=60)
    address = LineField(_printed("address"), most=SHORT)
    confirmed = TickField(_l("I have read every word: none of them tells who reported."))

    def propose(self, words: Mapping[str, str]) -> None:
        """Begin with what the plan and the latest notice give."""
        for name, told in words.items():
            self[name].data = told

    def to_command(self, cycle: int, _action: RectificationAction) -> commands.OpenNotice:
        printed = {code: str(self.read(code) or "") for code in PRINTED if code in self and code != "opinion"}
        said = {"opinion": self.read("opinion"), "confirmed": bool(self.confirmed.data)}
        return commands.OpenNotice(**self.on(cycle), printed=printed, **said)


class RefuseForm(Versioned):
    reason = WordsField(
        term_label(Need.REASON), most=LONG, hint=_l("What has to be put right before the next try. Everybody reads it.")
    )

    def to_command(self, cycle: int, _action: RectificationAction) -> commands.RefuseStep:
        return commands.RefuseStep(**self.on(cycle), reason=self.read("reason"))


class SignOffLines(NoteForm):
    """The sign-off: its five conditions, each with its evidence (practice: 销号条件)."""

    def to_command(self, cycle: int, action: RectificationAction) -> commands.SignStep:
        lines = {code: self[f"checklist_{code}"].data for code in CHECKLIST}
        return commands.SignStep(action=action, words=self.read("note"), checklist=lines, **self.signed(cycle))


def _condition(code: str) -> WordsField:
    zh, en = CHECKLIST[code]
    return WordsField(LazyString(lambda: zh if in_chinese() else en), most=LONG, render_kw={"rows": 2})


SignOffForm = type("SignOffForm", (SignOffLines,), {f"checklist_{code}": _condition(code) for code in CHECKLIST})


class AnswerForm(Versioned):
    decision = ChoiceField(
        _l("Decision on the objection"),
        [("upheld", _l("Upheld: back to be put right")), ("dismissed", _l("Dismissed, for these reasons"))],
    )
    answer = WordsField(term_label(Need.ANSWER), most=LONG)

    def to_command(self, objection: int) -> commands.AnswerObjection:
        upheld = self.decision.data == "upheld"
        return commands.AnswerObjection(objection, upheld, self.read("answer"), self.version.data)


class ObjectionForm(OfficeForm):
    """What anybody may say against a sign-off. Who says it is sealed, if they say so at all."""

    words = WordsField(
        _l("Why you object"),
        most=2000,
        hint=_l(
            "What has not been put right, where, and when you saw it. Please leave out your own name and address: "
            "the city's liaison group reads these words."
        ),
    )
    name = LineField(_l("Your name"), most=60, required=False)
    phone = PhoneField(
        _l("Your telephone number"),
        required=False,
        hint=_l("Only if you want to be called back. It is sealed at once and only the custodian may open it."),
    )
    key = HiddenField()

    def to_command(self, notice: int) -> commands.ObjectTo:
        return commands.ObjectTo(
            notice_id=notice,
            words=self.words.data or "",
            submission_key=self.key.data or crypto.random_token(),
            name=self.name.data or "",
            phone=self.phone.data or "",
        )
