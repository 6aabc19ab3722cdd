"""The rows of a citizen's page: everything its reporter is told, and nothing else can be."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.region import Region
from app.domain.report import Rating
from app.domain.workflow.engine import Offer
from app.domain.workflow.terms import Term


@dataclass(frozen=True)
class Step:
    """One thing that happened: a sentence (msgid), its day, which part of a split report, the reporter's own words."""

    told: str
    at: datetime
    part: int | None = None
    words: str = ""


@dataclass(frozen=True)
class Answered:
    """What was answered and made public for one case. `answer` is only for the report's own reporter."""

    verdict: Term | None
    completion: Term | None
    published_at: datetime
    answer: str
    published: str


@dataclass(frozen=True)
class PartRow:
    """One case of the report: where it stands, who is responsible, what was answered."""

    part: int
    number: str
    area: Region | None
    unit: str
    standing: str
    tone_of: Term
    answered: Answered | None


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
    acknowledged_at: datetime | None


@dataclass(frozen=True)
class OwnReport:
    """The whole page of one report."""

    id: int
    number: str
    received_at: datetime
    description: str
    place: str
    photographs: int
    state: Term
    standing: str
    joined: str
    asked: Asked | None
    handed: Handed | None
    parts: list[PartRow]
    steps: list[Step]
    itself: Self
    rating: Rating | None
    offers: list[Offer]
