"""The frozen rows of one cycle's page and of its dossier."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.domain import catalogue
from app.domain.case import Completion, Verdict
from app.domain.ladder import Rung
from app.domain.rectification import Progress
from app.domain.region import Region
from app.domain.workflow.engine import Offer
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import RectificationAction, Role, StepKind
from app.rectification.queries.elsewhere import FaultView
from app.rectification.queries.history import Happened
from app.rectification.queries.pictures import Photo
from app.rectification.queries.plan import MonthView, PlanView


@dataclass(frozen=True)
class CaseView:
    """The allow-list: what every side may see of the case. Nothing here comes from the report."""

    number: str
    key: bool
    area: Region | None
    area_printed: str
    unit: str
    supporting: tuple[str, ...]
    types: tuple[catalogue.Entry, ...]
    points: tuple[str, ...]
    handed_over_on: date | None
    text: str
    verdict: Verdict | None
    completion: Completion | None
    published_text: str
    published_handling: str
    accountability: str


@dataclass(frozen=True)
class MeasureView:
    id: int
    position: int
    text: str
    unit: str
    due_on: date
    progress: Progress
    note: str
    progress_at: datetime | None
    late: bool
    cost: Decimal | None
    months: tuple[MonthView, ...]
    missed: tuple[date, ...]


@dataclass(frozen=True)
class EvidenceView:
    """One piece of evidence for a line of the checklist."""

    words: str
    document: str
    at: datetime
    by: str
    photos: tuple[Photo, ...]


@dataclass(frozen=True)
class LineView:
    """A line of the checklist and what was gathered for it; nothing: it is missing."""

    code: str
    kept: tuple[EvidenceView, ...]


@dataclass(frozen=True)
class StepView:
    kind: StepKind
    standing: str
    at: datetime | None
    role: Role | None
    name: str
    instead_of: str
    due_on: date | None
    late: bool
    position: int
    rung: Rung
    lines: dict[str, str]
    digest: str
    said: str
    checklist: dict[str, str]
    photos: tuple[Photo, ...]


@dataclass(frozen=True)
class ObjectionView:
    id: int
    made_at: datetime
    words: str
    answered_at: datetime | None
    upheld: bool | None
    answer: str


@dataclass(frozen=True)
class NoticeView:
    id: int
    climb: int
    starts_on: date
    ends_on: date
    announced: bool
    running: bool
    closed_at: datetime | None
    objections: tuple[ObjectionView, ...]


@dataclass(frozen=True)
class View:
    """`climbs`: every try with its steps, the latest first. `offers`: what this actor may do now. `document`: what a

    signature under the step whose turn it is would bind, with its digest; empty while there is no such step.
    """

    id: int
    version: int
    cycle: int
    cycles: tuple[tuple[int, int, Term], ...]
    case: CaseView
    state: Term
    step: StepKind | None
    target: str
    target_on: date | None
    due_on: date | None
    late: bool
    look_back_on: date | None
    signed_off_at: datetime | None
    measures: tuple[MeasureView, ...]
    plan: PlanView
    checklist: tuple[LineView, ...]
    faults: tuple[FaultView, ...]
    again: tuple[date, ...]
    template: tuple[Rung, ...]
    document: tuple[tuple[str, str], ...]
    digest: str
    climbs: tuple[tuple[int, tuple[StepView, ...]], ...]
    notices: tuple[NoticeView, ...]
    photos: tuple[Photo, ...]
    history: tuple[Happened, ...]
    offers: tuple[Offer, ...]
    units: tuple[tuple[int, str], ...]
    reads_objections: bool

    @property
    def rung(self) -> Rung | None:
        """What the ladder asks of the step whose turn it is."""
        return next((rung for rung in self.template if rung.kind == self.step), None)

    def offer(self, action: RectificationAction) -> Offer | None:
        return next((offer for offer in self.offers if offer.action == action), None)
