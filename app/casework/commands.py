"""What the doors of casework hand to its services: frozen words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from app.domain.case import Completion, Verdict
from app.domain.reply import MeasureKind
from app.domain.workflow.vocabulary import CaseAction, Need


@dataclass(frozen=True)
class Step:
    """A step on a case. `version` is what the page had seen (None: not asked); `words` the reason or the note."""

    case_id: int
    words: str = ""
    version: int | None = None


@dataclass(frozen=True)
class Assign:
    """`reason` must be said only when the case had been assigned before."""

    case_id: int
    lead_unit_id: int
    supporting_ids: tuple[int, ...] = ()
    reason: str = ""
    version: int | None = None


@dataclass(frozen=True)
class Contest:
    """A dispute; `other_unit_id`: who is responsible instead, where the unit can name one."""

    case_id: int
    reason: str
    other_unit_id: int | None = None
    version: int | None = None


@dataclass(frozen=True)
class Extend:
    case_id: int
    new_date: date
    reason: str
    version: int | None = None


@dataclass(frozen=True)
class Together:
    """One action and its words for many cases; `chosen` are ids with the versions that the page showed."""

    action: CaseAction
    chosen: tuple[tuple[int, int], ...]
    said: Mapping[Need, str]


@dataclass(frozen=True)
class PointFinding:
    """What was found for one point of the case; findings stand in the order of the case's points."""

    finding: str
    verdict: Verdict


@dataclass(frozen=True)
class Figures:
    """The enforcement figures, named as in app.domain.case.FIGURES; fines in 元 to the cent."""

    rectify_orders: int = 0
    penalty_cases: int = 0
    fines: Decimal = Decimal(0)
    seized: int = 0
    halted: int = 0
    criminal_cases: int = 0
    admin_detained: int = 0
    criminal_detained: int = 0
    interviewed: int = 0
    held_accountable: int = 0
    clues: int = 0


@dataclass(frozen=True)
class Return:
    """Sent back to the unit: why as a whole, and for each point in the case's order its own reason, "" for none."""

    case_id: int
    words: str = ""
    points: tuple[str, ...] = ()
    version: int | None = None

    @property
    def reason(self) -> str:
        """Everything that was said, as the ledger and the timeline keep it."""
        own = [f"要点{number}：{said}" for number, said in enumerate(self.points, 1) if said]
        return "\n".join([*([self.words] if self.words else []), *own])


@dataclass(frozen=True)
class Source:
    """The document behind a figure: whose act, its number, its day."""

    unit: str
    document: str
    dated: date | None


@dataclass(frozen=True)
class Measure:
    """`row`: where it stands in the form, beginning at 1. `day`: on which it was done, or by which it will be."""

    kind: MeasureKind
    row: int
    text: str
    unit: str
    day: date | None


@dataclass(frozen=True)
class Spot:
    """A spot of which there are pictures. `fresh`: what an earlier version showed there is not taken over."""

    row: int
    place: str
    fresh: bool = False


@dataclass(frozen=True)
class SubmitReply:
    """One version of 办理情况反馈. Without a `verdict` the one that follows from the points is taken.

    `form_key` is the key under which its files wait; `answers`: by the name of a remark (app/casework/weighing.py), why
    what was pointed out stands all the same. `sources` by the figure they are for.
    """

    case_id: int
    findings: tuple[PointFinding, ...]
    completion: Completion
    report_upward: str
    publication_draft: str
    answer: str
    verdict: Verdict | None = None
    handling: str = ""
    target: str = ""
    accountability: str = ""
    figures: Figures = field(default_factory=Figures)
    sources: Mapping[str, Source] = field(default_factory=dict)
    measures: tuple[Measure, ...] = ()
    spots: tuple[Spot, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    form_key: str = ""
    version: int | None = None


@dataclass(frozen=True)
class KeepPictures:
    """Photographs sent with a reply's form, whether the rest of the form can be taken or not.

    `kind`: "before" or "after" for what belongs to no spot, else the slot it is for (app/casework/slots.py).
    """

    case_id: int
    form_key: str
    kind: str
    contents: tuple[bytes, ...]


@dataclass(frozen=True)
class KeepDocument:
    """The copy of the document behind a figure, sent with a reply's form."""

    case_id: int
    form_key: str
    figure: str
    name: str
    content: bytes


@dataclass(frozen=True)
class Publish:
    """What everybody will read. What is None is taken over from the reply. `confirmed`: words that look as if they told
    who reported, of which the inspector says that they do not. `place_hidden`: its place is not put on the public map.
    """

    case_id: int
    problem: str
    text: str
    handling: str | None = None
    target: str | None = None
    accountability: str | None = None
    confirmed: frozenset[str] = frozenset()
    place_hidden: bool = False
    version: int | None = None


@dataclass(frozen=True)
class EnterHistory:
    """A published row of the past: nothing is added to what was printed."""

    case_id: int
    publication_problem: str
    findings: str
    verdict: Verdict | None
    completion: Completion | None
    handling: str = ""
    target: str = ""
    accountability: str = ""
    unit_printed: str = ""


@dataclass(frozen=True)
class KeepFieldPictures:
    """Pictures from the gate, each under a mark of its own: the same one again is the same picture."""

    case_id: int
    key: str
    contents: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class TakeOver:
    """A field record whose pictures shall wait under the key of a reply's form."""

    case_id: int
    record_id: int
    waiting_key: str


@dataclass(frozen=True)
class KeepFieldRecord:
    """What an officer saw at the place. `key` is the form's: the same one again is the same record.

    `marks` name the pictures that were sent before the words; without all of them there is no record.
    """

    case_id: int
    key: str
    seen_at: datetime
    place: str
    finding: str
    measures: str = ""
    marks: tuple[str, ...] = ()
