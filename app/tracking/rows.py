"""The rows of a citizen's page: everything its reporter is told, and nothing else can be."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.catalogue import Question, Said
from app.domain.evidence.kinds import EvidenceKind, FileStanding
from app.domain.region import Region
from app.domain.report import Rating
from app.domain.workflow.engine import Offer
from app.domain.workflow.terms import Term

DONE, CURRENT, AHEAD, ENDED = "done", "current", "ahead", "ended"
"""How a rung stands. ENDED: nothing follows it."""


@dataclass(frozen=True)
class Rung:
    """One rung of the way a report goes: what it is (a msgid), and when it was, or is to be.

    `firm`: `by` is a day that binds somebody; else it is when such things usually happen.
    """

    label: str
    standing: str
    on: date | datetime | None = None
    by: date | None = None
    firm: bool = True
    late: bool = False
    note: str = ""


@dataclass(frozen=True)
class Step:
    """One thing that happened: a sentence (msgid), its day, which part of a split report, the reporter's own words."""

    told: str
    at: datetime
    part: int | None = None
    words: str = ""
    files: int = 0


@dataclass(frozen=True)
class Answered:
    """What was answered and made public for one case. `answer` is only for the report's own reporter."""

    verdict: Term | None
    completion: Term | None
    published_at: datetime
    answer: str
    published: str


@dataclass(frozen=True)
class Shown:
    """A sign-off's public notice; its own page is everybody's."""

    id: int
    starts_on: date
    ends_on: date
    running: bool
    returned: bool


@dataclass(frozen=True)
class PutRight:
    """How far a case has been put right: figures and days, no text of anybody's."""

    standing: str
    measures: int
    done: int
    target_on: date | None
    look_back_on: date | None
    notice: Shown | None


@dataclass(frozen=True)
class PartRow:
    """One case of the report: where it stands, who is responsible, what was answered, how it is put right."""

    part: int
    number: str
    area: Region | None
    unit: str
    standing: str
    tone_of: Term
    rungs: list[Rung]
    answered: Answered | None
    right: PutRight | None


@dataclass(frozen=True)
class Self:
    """What the reporter left of themselves, masked."""

    anonymous: bool
    has_name: bool
    phone_tail: str


@dataclass(frozen=True)
class Asked:
    """The team's open question."""

    question: str
    until: date | None


@dataclass(frozen=True)
class Handed:
    """To whom a matter that is not the team's was handed, and the words for its reporter."""

    body: str
    advice: str
    on: datetime
    inform_by: date
    acknowledged_at: datetime | None


@dataclass(frozen=True)
class OwnFile:
    """A file the reporter sent. `shown`: there is a safe copy to look at."""

    token: str
    kind: EvidenceKind
    standing: FileStanding
    size: int
    kept_at: datetime
    later: bool
    shown: bool


@dataclass(frozen=True)
class Told:
    """What the reporter told the team, in their own words and choices."""

    description: str
    area: Region | None
    town: Region | None
    place: str
    address: str
    point: tuple[float, float] | None
    polluter: str
    since: str
    frequency: str
    still: Term | None
    types: list[str]
    answers: list[tuple[Question, Said]]
    earlier: str
    said_same_as: str
    wants_answer: bool


@dataclass(frozen=True)
class OwnReport:
    """The whole page of one report. `rungs` go as far as all its parts go together; each part has the rest."""

    id: int
    number: str
    received_at: datetime
    told: Told
    files: list[OwnFile]
    state: Term
    standing: str
    joined: str
    rungs: list[Rung]
    look_again: date | None
    asked: Asked | None
    handed: Handed | None
    parts: list[PartRow]
    steps: list[Step]
    itself: Self
    rating: Rating | None
    rating_open: bool
    offers: list[Offer]
    handed_over: bool
