"""The frozen words of the demonstration, as content/*.toml says them (`reading` reads them)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import time
from typing import Any, Self

from app.domain.case import Completion, Verdict
from app.domain.rectification import Progress
from app.domain.workflow.vocabulary import StepKind


class Words:
    """Mixed into a frozen dataclass that is read from a TOML table: `of` takes every key or refuses."""

    @classmethod
    def of(cls, raw: Mapping[str, Any], **made: Any) -> Self:
        """`made` are the fields that need more than copying; the rest is taken as it is, lists as tuples."""
        known = {one.name for one in fields(cls)}  # type: ignore[arg-type]
        plain = {key: tuple(v) if isinstance(v, list) else v for key, v in raw.items() if key not in made}
        if unknown := set(plain) - known:
            raise ValueError(f"{raw.get('id', cls.__name__)}: nobody reads {sorted(unknown)}")
        return cls(**plain, **made)


@dataclass(frozen=True)
class When:
    """A day of the stay (1 is its first) and a time of the office's wall clock."""

    day: int
    time: time


@dataclass(frozen=True)
class Asked(Words):
    """A question to the reporter and what came back; `answered` is None while nothing has.

    `number_asked`: the desk has asked for their number, and a leader has allowed it: the custodian may lend it.
    """

    question: str
    answer: str = ""
    answered: When | None = None
    number_asked: bool = False


@dataclass(frozen=True)
class Outcome(Words):
    """What triage made of a report; which fields are filled follows from `kind` (content/reports_demo.toml)."""

    kind: str
    asked: Asked | None = None
    handover_text: str = ""
    key: bool = False
    referral_class: str = ""
    body: str = ""
    words: str = ""
    into: str = ""
    reason: str = ""
    withdrawn: When | None = None


@dataclass(frozen=True)
class Finding:
    point: int
    verdict: Verdict
    text: str


@dataclass(frozen=True)
class Promise:
    """Something the locality said it would do, `days` after hand-over; 0 is done."""

    text: str
    days: int


@dataclass(frozen=True)
class Reply(Words):
    day: int
    verdict: Verdict
    completion: Completion
    goal: str
    findings: tuple[Finding, ...]
    report_upward: str
    public_findings: str
    public_handling: str
    answer: str
    measures: tuple[Promise, ...]
    figures: Mapping[str, Any]
    accountability: str


@dataclass(frozen=True)
class Dispute(Words):
    reason: str
    suggests: str = ""
    result: str = ""
    decision: str = ""
    to: str = ""


@dataclass(frozen=True)
class Measure(Words):
    text: str
    unit: str
    due: int
    progress: Progress
    added: int = 0


@dataclass(frozen=True)
class Signed:
    """One step of a ladder: when it was signed and what was said."""

    step: StepKind
    day: int
    words: str


@dataclass(frozen=True)
class Climb:
    """A try: the steps that were signed, and the one that was refused, if one was."""

    passed: tuple[Signed, ...]
    refused: Signed | None = None


@dataclass(frozen=True)
class Objection(Words):
    day: int
    words: str
    answer_day: int = 0
    answer: str = ""
    upheld: bool = False


@dataclass(frozen=True)
class Cycle(Words):
    """One rectification; the words of its head in content/reports_past.toml say what each field is."""

    target: str
    measures: tuple[Measure, ...]
    step: str = ""
    passed: tuple[Signed, ...] = ()
    submitted: Signed | None = None
    earlier_climb: Climb | None = None
    notice_day: int = 0
    objection: Objection | None = None
    note: str = ""
    day: int = 0
    next: "Cycle | None" = None


@dataclass(frozen=True)
class Part(Words):
    """One case of a report: what one area is answerable for, and how far it has come (`stage`)."""

    area: str
    unit: str
    lead: str = ""
    passed_by: str = ""
    supporting: tuple[str, ...] = ()
    points: tuple[int, ...] = ()
    text: str = ""
    stage: str = "published"
    late: bool = False
    note: str = ""
    extension: Mapping[str, Any] = field(default_factory=dict)
    returned: Mapping[str, str] = field(default_factory=dict)
    dispute: Dispute | None = None
    second_check: Mapping[str, str] = field(default_factory=dict)
    second_check_due: str = ""
    publication_problem: str = ""
    reply: Reply | None = None
    rectification: Cycle | None = None


@dataclass(frozen=True)
class Report(Words):
    """One report as it was taken down; `when` is the start of the call, or the arrival of what was sent."""

    id: str
    channel: str
    when: When
    description: str
    area: tuple[str, ...]
    place: str
    polluter: str
    types: tuple[str, ...]
    tags: tuple[str, ...]
    industry: str
    since: str
    frequency: str
    points: tuple[str, ...]
    wants_answer: bool
    outcome: Outcome
    parts: tuple[Part, ...] = ()
    reporter: Mapping[str, str] = field(default_factory=dict)
    anonymous: bool = False
    earlier: str = ""
    letter: Mapping[str, int] = field(default_factory=dict)
    same_letter: str = ""
    taken_by: str = "clerk"
    attachments: tuple[str, ...] = ()
    out_of_hours: bool = False
    foreign_number: str = ""


@dataclass(frozen=True)
class Unit(Words):
    code: str
    name: str
    short: str
    kind: str
    region: str
    parent: str


@dataclass(frozen=True)
class Someone(Words):
    login: str
    name: str
    role: str
    inspections: tuple[str, ...]
    unit: str
    title: str


@dataclass(frozen=True)
class Stay(Words):
    """One inspection: its first day is `start_offset` days from the day on which the demonstration is made."""

    code: str
    round: str
    team: str
    region: str
    areas: tuple[str, ...]
    liaison: str
    start_offset: int
    days: int
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class Later(Words):
    """Something said about a report after it was taken down; `rating` only where it is one."""

    report: str
    when: When
    words: str = ""
    rating: str = ""


@dataclass(frozen=True)
class Afterwards:
    """What people did besides. Pictures by report, as scenes of app/demo/pictures.py; `examples` are reports whose

    query codes are told, `sign_ins` the logins that are.
    """

    ratings: tuple[Later, ...]
    additions: tuple[Later, ...]
    acknowledgements: tuple[Later, ...]
    report_pictures: Mapping[str, tuple[str, ...]]
    reply_pictures: Mapping[str, str]
    points: Mapping[str, tuple[float, float]]
    examples: tuple[str, ...]
    sign_ins: tuple[str, ...]
