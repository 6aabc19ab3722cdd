"""What an administrator says."""

from dataclasses import dataclass
from datetime import date

from app.domain.holidays import DayKind
from app.domain.inspection import InspectionSettings
from app.domain.people import UnitKind
from app.domain.workflow.vocabulary import Role


@dataclass(frozen=True)
class NewPerson:
    login: str
    name: str


@dataclass(frozen=True)
class PersonChange:
    person_id: int
    name: str
    active: bool


@dataclass(frozen=True)
class Appointing:
    """A role, in one inspection or (None) in all, over one unit's branch or (None) everything."""

    person_id: int
    role: Role
    inspection_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True)
class UnitWords:
    """`code` and `parent_id` are said once, when the unit is added."""

    code: str
    name: str
    kind: UnitKind
    short: str = ""
    region_code: str | None = None
    parent_id: int | None = None
    active: bool = True


@dataclass(frozen=True)
class InspectionWords:
    code: str
    round: str
    team: str
    region_code: str
    starts_on: date
    ends_on: date
    settings: InspectionSettings


@dataclass(frozen=True)
class DayWords:
    day: date
    kind: DayKind
    zh: str = ""
    en: str = ""
