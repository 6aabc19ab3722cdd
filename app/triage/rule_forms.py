"""What an office writes of a rule, and a text on which it tries them."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, ValidationError

from app.domain.suggesting.kinds import Kind
from app.domain.suggesting.rules import Rule, wrong
from app.kernel import text
from app.triage.commands import WriteRule
from app.triage.queries.ruling import Choice
from app.web.choosing import ChoiceField, MenuField, TickField
from app.web.fields import WordsField
from app.web.forms import OfficeForm
from app.web.language import sentence, term
from app.web.named import named

WEIGHTS = (
    ("1", _l("1: a hint, not shown alone")),
    ("2", _l("2: a weak sign")),
    ("3", _l("3: usually so")),
    ("4", _l("4: nearly always so")),
    ("5", _l("5: hardly ever wrong")),
)


class RuleForm(OfficeForm):
    """One pattern on each line; a wrong line is named."""

    target = MenuField(_l("Speaks for"), render_kw={"class": "w-m"})
    words = WordsField(
        _l("Words, one on each line"),
        most=3000,
        hint=_l("Found wherever they stand. A…B finds B at most 12 characters after A."),
        render_kw={"rows": 8, "spellcheck": "false"},
    )
    unless = WordsField(
        _l("Silent where one of these stands, one on each line"),
        most=3000,
        required=False,
        render_kw={"rows": 3, "spellcheck": "false"},
    )
    weight = ChoiceField(_l("How much it weighs"), WEIGHTS)
    enabled = TickField(_l("Switched on"))

    def begin(self, choices: list[Choice]) -> None:
        self.target.offer([(code, f"{term(kind)} · {named(what)}") for code, kind, what in choices])

    def validate_words(self, field: Field) -> None:
        _check_lines(field)

    def validate_unless(self, field: Field) -> None:
        _check_lines(field)

    def to_command(self, code: str) -> WriteRule:
        kind, _, target = str(self.target.data).partition(":")
        return WriteRule(
            code=code,
            kind=Kind(kind),
            target=target,
            words=_lines(self.words),
            unless=_lines(self.unless),
            weight=int(self.weight.data),
            enabled=bool(self.enabled.data),
        )


def written(rule: Rule) -> dict[str, Any]:
    """A rule as its form shows it."""
    return {
        "target": f"{rule.kind}:{rule.target}",
        "words": "\n".join(rule.words),
        "unless": "\n".join(rule.unless),
        "weight": str(rule.weight),
        "enabled": rule.enabled,
    }


def _lines(field: Field) -> tuple[str, ...]:
    lines = (text.one_line(line) for line in (field.data or "").splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def _check_lines(field: Field) -> None:
    """Raises ValidationError, naming each line that cannot be used."""
    found = [
        str(gettext("“%(line)s”: %(why)s", line=text.excerpt(line), why=sentence(told)))
        for line in _lines(field)
        if (told := wrong(line))
    ]
    if found:
        raise ValidationError(" ".join(found))


class TryForm(OfficeForm):
    """A text that is looked at and kept nowhere."""

    text = WordsField(_l("A text to try them on"), most=4000, render_kw={"rows": 4})
