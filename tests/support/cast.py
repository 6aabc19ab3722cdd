"""The cast: one inspection open today, one of somebody else's, and people whose names say what they may do."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from app.domain.inspection import Inspection, InspectionSettings
from app.domain.people import Actor, Person, PersonRole, Unit
from app.domain.seeding import seed_calendar, seed_regions
from app.domain.workflow.vocabulary import Role as R
from app.kernel import clock

OURS, THEIRS = "ours", "theirs"
TIANYUAN, LUSONG = "430211", "430203"

UNITS = (
    # code, name, kind, region, parent
    ("city", "株洲市", "liaison", "430200", None),
    ("tianyuan", "天元区人民政府", "county", TIANYUAN, "city"),
    ("tianyuan-eco", "市生态环境局天元分局", "department", TIANYUAN, "tianyuan"),
    ("lusong", "芦淞区人民政府", "county", LUSONG, "city"),
)
PEOPLE = (
    # login, role, inspection, unit
    ("clerk", R.CLERK, OURS, None),
    ("clerk2", R.CLERK, OURS, None),
    ("inspector", R.INSPECTOR, OURS, None),
    ("inspector2", R.INSPECTOR, OURS, None),
    ("leader", R.LEADER, OURS, None),
    ("custodian", R.CUSTODIAN, OURS, None),
    ("coordinator", R.COORDINATOR, OURS, "city"),
    ("officer", R.OFFICER, OURS, "tianyuan"),
    ("sub_officer", R.OFFICER, OURS, "tianyuan-eco"),
    ("other_officer", R.OFFICER, OURS, "lusong"),
    ("unit_leader", R.UNIT_LEADER, OURS, "tianyuan"),
    ("city_leader", R.UNIT_LEADER, OURS, "city"),
    ("acceptor", R.ACCEPTOR, OURS, "tianyuan"),
    ("city_acceptor", R.ACCEPTOR, OURS, "city"),
    ("supervisor", R.SUPERVISOR, OURS, None),
    ("auditor", R.AUDITOR, None, None),
    ("administrator", R.ADMINISTRATOR, None, None),
    ("foreign_inspector", R.INSPECTOR, THEIRS, None),
    ("foreign_leader", R.LEADER, THEIRS, None),
    ("foreign_coordinator", R.COORDINATOR, THEIRS, "city"),
    ("foreign_clerk", R.CLERK, THEIRS, None),
    ("foreign_custodian", R.CUSTODIAN, THEIRS, None),
    ("foreign_supervisor", R.SUPERVISOR, THEIRS, None),
)


@dataclass(frozen=True)
class Cast:
    """Who plays: `cast["clerk"]` is an actor; ids for loading."""

    actors: dict[str, Actor]
    people: dict[str, int]
    units: dict[str, int]
    ours: int
    theirs: int

    def __getitem__(self, login: str) -> Actor:
        return self.actors[login]


def assemble(session: Session) -> Cast:
    """Write regions, calendar, two inspections, units and people; the caller commits."""
    seed_regions(session)
    seed_calendar(session)
    inspections = {code: _inspection(session, code, area) for code, area in ((OURS, "ZZ"), (THEIRS, "YY"))}
    units = _units(session)
    people = {}
    for login, role, where, unit in PEOPLE:
        person = Person(login=login, name=f"某{login}", password_hash="unset", roles=[])
        person.roles.append(
            PersonRole(
                role=str(role),
                inspection_id=inspections[where].id if where else None,
                unit=units[unit] if unit else None,
            )
        )
        session.add(person)
        people[login] = person
    session.flush()
    return Cast(
        actors={login: person.actor() for login, person in people.items()},
        people={login: person.id for login, person in people.items()},
        units={code: unit.id for code, unit in units.items()},
        ours=inspections[OURS].id,
        theirs=inspections[THEIRS].id,
    )


def _inspection(session: Session, code: str, area: str) -> Inspection:
    today = clock.today()
    settings = InspectionSettings(area_code=area, telephone="0731-00000000", mailbox="A001号邮政信箱")
    inspection = Inspection(
        code=code,
        round="第二轮督察",
        team=f"{code}督察组",
        region_code="430200",
        starts_on=today - timedelta(days=9),
        ends_on=today + timedelta(days=10),
        kept_settings=settings.keep(),
    )
    session.add(inspection)
    session.flush()
    return inspection


def _units(session: Session) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for code, name, kind, region, parent in UNITS:
        unit = Unit(code=code, name=name, kind=kind, region_code=region, parent=units.get(parent or ""))
        session.add(unit)
        session.flush()
        unit.path = (unit.parent.path if unit.parent else "/") + f"{unit.id}/"
        units[code] = unit
    return units
