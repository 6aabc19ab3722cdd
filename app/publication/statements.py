"""What the privacy notice says of who sees what: read from the visibility table, so that it cannot say otherwise."""

from dataclasses import dataclass

from app.domain.visibility import Audience, Field, Level, audiences, fields
from app.kernel.errors import N_
from app.web.language import in_chinese, sentence

SAID = {
    Level.DAY: N_("the date only"),
    Level.STEPS: N_("the public steps only"),
    Level.COUNT: N_("only how often"),
    Level.MASKED: N_("a hint only, such as the last figures of a number"),
    Level.WRITES_ONCE: N_("writes it down once, then a hint only"),
    Level.OPENS: N_("opens one at a time, with a reason that is recorded first"),
    Level.OWN: N_("of their own records only"),
    Level.INSPECTION: N_("of their own inspection only"),
    Level.YES: N_("reads it, within their duties"),
    Level.ALL: N_("reads all of it"),
    Level.APPROVES: N_("reads it and releases it"),
    Level.WRITES: N_("reads and writes it"),
}
HIDDEN = (Level.NONE, Level.ABSENT)


@dataclass(frozen=True)
class Seen:
    """One thing that is taken down: who sees it and how far, and who never does. In the reader's language."""

    what: str
    by: list[tuple[str, str]]
    never: list[str]


def who_sees() -> list[Seen]:
    """Every line of the visibility table, in plain words."""
    return [_seen(field) for field in fields().values()]


def _seen(field: Field) -> Seen:
    levels = [(audience, field.level(audience.code)) for audience in audiences().values()]
    return Seen(
        what=_named(field),
        by=[(_named(audience), sentence(SAID[level])) for audience, level in levels if level not in HIDDEN],
        never=[_named(audience) for audience, level in levels if level in HIDDEN],
    )


def _named(thing: Audience | Field) -> str:
    return thing.zh if in_chinese() else thing.en
