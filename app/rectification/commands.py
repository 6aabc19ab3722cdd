"""What people ask of the rectification room: frozen words from form to service, and the wish of a list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.domain.rectification import Progress
from app.domain.workflow.vocabulary import RectificationAction


@dataclass(frozen=True)
class Wish:
    """What a list is cut down to. `stand` is a state's or a step's code; empty words ask for nothing."""

    stand: str = ""
    due: str = ""
    progress: str = ""
    number: str = ""
    cursor: str = ""


@dataclass(frozen=True)
class OpenCycle:
    case_id: int


@dataclass(frozen=True)
class OnRectification:
    """Every command names its cycle and the version its writer saw (None: whoever plays history saw the latest)."""

    rectification_id: int
    version: int | None = None


@dataclass(frozen=True)
class AddMeasure(OnRectification):
    """`cost` in 元, to the cent; None where the measure costs nothing that was planned for."""

    text: str = ""
    unit_id: int = 0
    due_on: date = date.min
    cost: Decimal | None = None


@dataclass(frozen=True)
class AdoptPlan(OnRectification):
    target: str = ""
    target_on: date = date.min


@dataclass(frozen=True)
class ReportProgress(OnRectification):
    """`month`: the first day of the month that is told of; None for the one in which it is told."""

    measure_id: int = 0
    progress: Progress = Progress.ON_SCHEDULE
    note: str = ""
    month: date | None = None


@dataclass(frozen=True)
class MeasureLine:
    """A measure as a change would have it. `position` 0: a new one."""

    position: int
    text: str
    unit_id: int
    due_on: date
    cost: Decimal | None = None


@dataclass(frozen=True)
class ProposeChange(OnRectification):
    """The whole plan as it would be: a measure that is not among the lines is dropped."""

    target: str = ""
    target_on: date = date.min
    lines: tuple[MeasureLine, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class DecideChange(OnRectification):
    """`reason` where it is refused."""

    approved: bool = True
    reason: str = ""


@dataclass(frozen=True)
class Gather(OnRectification):
    """Evidence for a line of CHECKLIST; `document` is a document's number, files wait under `pictures_key`."""

    line: str = ""
    words: str = ""
    document: str = ""
    pictures_key: str = ""


@dataclass(frozen=True)
class DecideFault(OnRectification):
    """Whether another case is the same fault, and why."""

    case_id: int = 0
    confirmed: bool = True
    reason: str = ""


@dataclass(frozen=True)
class PublishPlan(OnRectification):
    pass


@dataclass(frozen=True)
class Submit(OnRectification):
    """`pictures_key`: the form's key under which its photographs wait (services.keep_pictures)."""

    evidence: str = ""
    pictures_key: str = ""


@dataclass(frozen=True)
class SignStep(OnRectification):
    """`words` is the evidence or the note, whichever the step asks for; `lines` answers the lines of evidence that the

    ladder names; `checklist` only at the sign-off. `seen`: the digest of the document that was shown (None: whoever
    plays history saw the latest).
    """

    action: RectificationAction = RectificationAction.SELF_CHECK
    words: str = ""
    checklist: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    pictures_key: str = ""
    seen: str | None = None


@dataclass(frozen=True)
class RefuseStep(OnRectification):
    reason: str = ""


@dataclass(frozen=True)
class LookBack(OnRectification):
    """What the look-back found: FIND_CONSOLIDATED or FIND_RELAPSED."""

    action: RectificationAction = RectificationAction.FIND_CONSOLIDATED
    note: str = ""
    lines: Mapping[str, str] = field(default_factory=dict)
    pictures_key: str = ""
    seen: str | None = None


@dataclass(frozen=True)
class OpenNotice(OnRectification):
    """The fields of 销号公示 as they are worded for everybody (domain: PRINTED); what is not said the plan says.

    `confirmed`: somebody has read what looks as if it told who reported, and it does not.
    """

    opinion: str = ""
    printed: Mapping[str, str] = field(default_factory=dict)
    confirmed: bool = False


@dataclass(frozen=True)
class CloseNotice(OnRectification):
    note: str = ""
    lines: Mapping[str, str] = field(default_factory=dict)
    pictures_key: str = ""
    seen: str | None = None


@dataclass(frozen=True)
class ObjectTo:
    """A citizen's objection. Name and telephone may be empty; they go to the vault and nowhere else."""

    notice_id: int
    words: str
    submission_key: str
    name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class AnswerObjection:
    objection_id: int
    upheld: bool
    answer: str
    version: int | None = None


@dataclass(frozen=True)
class Picture:
    """A photograph as it was sent."""

    name: str
    content: bytes
