"""What things of the catalogues and regions are called, in the reader's language."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from app.domain import catalogue
from app.domain.inspection import InspectionSettings
from app.domain.report import Channel, PassedBy, Report, StillGoing
from app.web.language import in_chinese, term


class Named(Protocol):
    """A region, a pollution type, a class of referral: whatever carries both names."""

    @property
    def zh(self) -> str: ...

    @property
    def en(self) -> str: ...


def named(thing: Named | None) -> str:
    if thing is None:
        return ""
    return thing.zh if in_chinese() else thing.en


def named_types(codes: Iterable[str]) -> str:
    """Types and sub-tags by their codes, in the order given; a code nobody knows is kept as it is."""
    known = {**catalogue.tags(), **catalogue.types()}
    return ("、" if in_chinese() else ", ").join(named(known[code]) if code in known else code for code in codes)


def channel(code: str) -> str:
    """A channel as a report keeps it, in the reader's language."""
    return term(Channel(code))


def named_answers(settings: InspectionSettings, answers: Mapping[str, str] | None) -> list[tuple[str, str]]:
    """What an inspection asked about the types, and what was said, in the reader's language."""
    return [(named(asked), named(said)) for asked, said in catalogue.answered(settings.questions, answers)]


def answers_of(report: Report) -> list[tuple[str, str]]:
    """A report's answers to its inspection's questions."""
    return named_answers(report.inspection.settings, report.answers)


def still_going(code: str) -> str:
    """Whether it still goes on, as a report keeps it, in the reader's language; "" when it was not said."""
    return term(StillGoing(code)) if code else ""


def passed_by(code: str) -> str:
    """Who passed a report on, as it is kept, in the reader's language; "" when it was not said."""
    return term(PassedBy(code)) if code else ""
