"""The frozen words of triage. `version`: the record as the page showed it; None when nobody looked at a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.privacy import Mark
from app.domain.suggesting.kinds import Kind
from app.domain.workflow.vocabulary import Need, ReportAction


@dataclass(frozen=True)
class Part:
    """What one area is answerable for. `draft` is a first hand-over text; by default the reporter's own words.

    `unit_id`: the unit of that area which triage names as responsible, if it names one. `types`: those of this part;
    empty, it has all of the report's. `together`: no matter of its own: it shares that of the part before it.
    `area_printed` is for imported rows, whose area may be none that we know.
    """

    area_code: str | None
    points: tuple[str, ...]
    area_printed: str = ""
    draft: str = ""
    unit_id: int | None = None
    types: tuple[str, ...] = ()
    together: bool = False


@dataclass(frozen=True)
class Accept:
    """`types` are reporting classes (大气 …), `tags` their sub-tags; one part for each area, or unit of an area."""

    report_id: int
    types: tuple[str, ...]
    parts: tuple[Part, ...]
    tags: tuple[str, ...] = ()
    key: bool = False
    version: int | None = None


@dataclass(frozen=True)
class Refer:
    """`advice` is what the reporter is told; {number} and {body} in it are filled in."""

    report_id: int
    referral_class: str
    receiving_body: str
    advice: str
    version: int | None = None


@dataclass(frozen=True)
class Merge:
    """`earlier` is the number of the report that came first."""

    report_id: int
    earlier: str
    note: str = ""
    version: int | None = None


@dataclass(frozen=True)
class MergeCopies:
    """`copies` are those chosen of the reports that say the same as `report_id`; `every`: all that wait."""

    report_id: int
    copies: tuple[int, ...]
    note: str = ""
    every: bool = False


@dataclass(frozen=True)
class Act:
    """Any other action of the report's table, with what it asks for."""

    report_id: int
    action: ReportAction
    said: Mapping[Need, str]
    version: int | None = None


@dataclass(frozen=True)
class ShareOut:
    """Take, hand on (to a `colleague`, a person's id) or put back."""

    report_id: int
    action: ReportAction
    colleague: int | None = None
    version: int | None = None


@dataclass(frozen=True)
class Together:
    """One action and its words for many reports; `chosen` are ids with the versions that the page showed."""

    action: ReportAction
    chosen: tuple[tuple[int, int], ...]
    said: Mapping[Need, str]


@dataclass(frozen=True)
class ApproveText:
    """`kept`: words that look as if they told who reported, and why each may stay. `replaced`: the kinds of those

    for which a neutral wording was pressed.
    """

    case_id: int
    text: str
    kept: Mapping[str, str] = field(default_factory=dict)
    replaced: tuple[Mark, ...] = ()
    version: int | None = None


@dataclass(frozen=True)
class SecondApprove:
    """The text of this case as `version` has it."""

    case_id: int
    version: int | None = None


@dataclass(frozen=True)
class WriteRule:
    """A rule of the suggestions as somebody wrote it; without a `code` it is a new one."""

    code: str
    kind: Kind
    target: str
    words: tuple[str, ...]
    unless: tuple[str, ...]
    weight: int
    enabled: bool
