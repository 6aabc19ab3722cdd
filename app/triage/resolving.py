"""The form of a hand-over text: a person resolves every mark in it: gone, said neutrally, or kept with a reason."""

from collections.abc import Iterable, Mapping

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, Form, FormField, StringField
from wtforms.widgets import HiddenInput

from app.domain.privacy import NEUTRAL, Found, Mark, replaced
from app.triage.commands import ApproveText
from app.web.fields import LineField, WordsField
from app.web.versioned import VersionedForm

MOST_MARKS = 60
GONE, SEPARATOR = "gone", ":"
REASONS = (
    _l("It is where the matter is; the check needs it"),
    _l("It belongs to who is reported, not to the reporter"),
    _l("It is public: an office's or a business's own number"),
    _l("It fits so many people that it tells nobody"),
)
"""What is mostly said for keeping a word; anything else can be typed."""


class KeptForm(Form):
    """One mark of the text: its words, and why they may stay."""

    words = StringField(widget=HiddenInput())
    reason = LineField(_l("Kept because"), most=200, required=False, render_kw={"list": "reasons", "class": "w-l"})


class TextForm(VersionedForm):
    """`done` counts what was replaced by a press, as `kind kind …`; what went is counted from the words themselves."""

    text = WordsField(_l("Text for hand-over"), most=10000, render_kw={"rows": 10, "data-scrubbed": ""})
    kept = FieldList(FormField(KeptForm), label=_l("What may tell who reported"), max_entries=MOST_MARKS)
    done = StringField(widget=HiddenInput(), render_kw={"data-done": ""})

    @property
    def reasons(self) -> dict[str, str]:
        return {
            entry.form.words.data: entry.form.reason.data
            for entry in self.kept
            if entry.form.words.data and entry.form.reason.data
        }

    def press(self, asked: str, found: Iterable[Found]) -> None:
        """Do what a button beside a mark says: `place:gone`, or `place:n` for the n-th neutral wording.

        Anything else only looks for marks again.
        """
        place, _, choice = asked.partition(SEPARATOR)
        marks = list(found)
        words = self._words_at(place)
        mark = next((one.mark for one in marks if one.words == words), None)
        if mark is None:
            return
        offered = dict(enumerate(NEUTRAL.get(mark, ())))
        neutral = offered.get(int(choice), "") if choice.isdigit() else ""
        self.text.data = replaced(self.text.data or "", marks, words, neutral)
        if neutral:
            self.done.data = f"{self.done.data or ''} {mark}".strip()

    def _words_at(self, place: str) -> str:
        wanted = f"{self.kept.name}-{place}"
        return next((entry.form.words.data or "" for entry in self.kept if entry.name == wanted), "")

    def show(self, marks: Iterable[Found], before: Mapping[str, str]) -> None:
        """A line for each mark that stands in the text now, with the reason given for it, if one was."""
        given = dict(before) | self.reasons
        while len(self.kept):
            self.kept.pop_entry()
        for one in list(marks)[:MOST_MARKS]:
            self.kept.append_entry({"words": one.words, "reason": given.get(one.words, "")})

    def to_command(self, case_id: int) -> ApproveText:
        known = {str(mark): mark for mark in Mark}
        replaced_by_press = tuple(known[one] for one in (self.done.data or "").split() if one in known)
        return ApproveText(case_id, self.text.data or "", self.reasons, replaced_by_press, self.version.data)
