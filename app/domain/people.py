"""People, their appointments, the unit tree, and the actor: who speaks, and in which roles over what."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Role
from app.kernel import clock

UNIT_BOUND = frozenset({Role.OFFICER, Role.UNIT_LEADER, Role.ACCEPTOR})
"""Roles that reach only what their unit, or a unit below it, is responsible for."""
DEPUTISED = (Role.LEADER, Role.COORDINATOR, Role.UNIT_LEADER, Role.ACCEPTOR)
"""Roles in which somebody may be stood in for at a sign-off. Never a custodian, an administrator, an auditor."""


class UnitKind(Term):
    LIAISON = "liaison", "市级", "City"
    COUNTY = "county", "县市区", "County or district"
    DEPARTMENT = "department", "部门", "Department"
    STREET = "street", "乡镇街道", "Town or street"


@dataclass(frozen=True)
class Appointment:
    """A role, in one inspection or in all (None), over one unit's branch of the tree or everything (None).

    `instead_of`: the person whose role it is, where it is acted in as their deputy.
    """

    role: Role
    inspection_id: int | None = None
    unit_id: int | None = None
    unit_path: str | None = None
    instead_of: int | None = None


@dataclass(frozen=True)
class Reach:
    """What a record belongs to: its inspection and the branches of the units responsible for it."""

    inspection_id: int
    unit_paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Actor:
    """Who acts. `speaking_of` is set only by the history import and the demo: what they enter happened then,

    and the ledger keeps both that moment and the one of entry (ADR 0003). `duties`: roles of others, acted in as their
    deputy; they open no record and count where a step of a ladder is signed (ADR 0030).
    """

    person_id: int | None
    name: str
    appointments: tuple[Appointment, ...]
    speaking_of: datetime | None = None
    duties: tuple[Appointment, ...] = ()

    def now(self) -> datetime:
        return self.speaking_of or clock.now()

    def at(self, moment: datetime) -> "Actor":
        return replace(self, speaking_of=moment)

    def only(self, *roles: Role) -> "Actor":
        """The same person in these roles alone: for a door that asks in which of them a record is reached."""
        return replace(self, appointments=tuple(one for one in self.appointments if one.role in roles))

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(appointment.role for appointment in self.appointments)

    @property
    def opens(self) -> frozenset[Role]:
        """The roles that open a door to this actor: their own, and those they act in for others."""
        return self.roles | {appointment.role for appointment in self.duties}

    def roles_over(self, reach: Reach) -> frozenset[Role]:
        """The roles this actor holds over one record."""
        return frozenset(a.role for a in self.appointments if _covers(a, reach))

    def units(self, inspection_id: int, *roles: Role) -> frozenset[int]:
        """The units for which one of these roles is held, themselves and not what lies below them."""
        here = (a for a in self.appointments if a.inspection_id in (None, inspection_id) and a.role in roles)
        return frozenset(a.unit_id for a in here if a.unit_id is not None)

    def standing_in(self, reach: Reach) -> dict[Role, int]:
        """The roles over one record that are somebody else's and acted in as their deputy, and whose each is."""
        return {a.role: a.instead_of for a in self.duties if a.instead_of is not None and _covers(a, reach)}

    def inspections(self, *roles: Role) -> frozenset[int] | None:
        """Inspections in which one of these roles (default: any) is held; None when it is held in all of them."""
        held = [a for a in self.appointments if not roles or a.role in roles]
        if any(a.inspection_id is None for a in held):
            return None
        return frozenset(a.inspection_id for a in held if a.inspection_id is not None)


def _covers(appointment: Appointment, reach: Reach) -> bool:
    if appointment.inspection_id not in (None, reach.inspection_id):
        return False
    if appointment.role not in UNIT_BOUND:
        return True
    own = appointment.unit_path
    return own is None or any(path.startswith(own) for path in reach.unit_paths)


CITIZEN = Actor(None, "citizen", (Appointment(Role.CITIZEN),))
"""Whoever holds a query code, or makes a report: no account, no name."""

SYSTEM = Actor(None, "system", (Appointment(Role.HISTORIAN), Appointment(Role.CLOCK)))


class Unit(Base):
    """A unit of the locality: the city, a county, a department, a street. `path` is /id/id/…/ from the root."""

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    path: Mapped[str] = mapped_column(index=True, default="")
    active: Mapped[bool] = mapped_column(default=True)

    parent: Mapped["Unit | None"] = relationship(remote_side="Unit.id")

    @property
    def label(self) -> str:
        return self.short or self.name


class Person(Base):
    """Somebody with an account. `epoch` changes when every session of theirs must end."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    epoch: Mapped[int] = mapped_column(default=1)
    locale: Mapped[str | None]
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]

    roles: Mapped[list["PersonRole"]] = relationship(back_populates="person", cascade="all, delete-orphan")
    deputised_by: Mapped[list["Deputy"]] = relationship(
        back_populates="deputy", foreign_keys="Deputy.deputy_id", order_by="Deputy.id"
    )

    def actor(self) -> Actor:
        return Actor(self.id, self.name, tuple(role.appointment() for role in self.roles))

    def acting(self, day: date) -> Actor:
        """Their actor on a day, with the roles of those whose deputy they are then."""
        duties = [duty for one in self.deputised_by if one.runs(day) for duty in one.duties()]
        return replace(self.actor(), duties=tuple(duties))


class PersonRole(Base):
    """An appointment as it is kept."""

    __tablename__ = "person_roles"
    __table_args__ = (
        CheckConstraint(f"role IN ({', '.join(repr(str(role)) for role in Role)})", name="role"),
        Index("ix_person_roles_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str]
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey("inspections.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))

    person: Mapped[Person] = relationship(back_populates="roles")
    unit: Mapped[Unit | None] = relationship(lazy="joined")

    def appointment(self) -> Appointment:
        path = self.unit.path if self.unit else None
        return Appointment(Role(self.role), self.inspection_id, self.unit_id, path)


class Deputy(Base):
    """Somebody who acts for another in one inspection, from one day to another, both included."""

    __tablename__ = "deputies"
    __table_args__ = (
        Index("ix_deputies_deputy_id", "deputy_id"),
        Index("ix_deputies_person_id", "person_id"),
        CheckConstraint("person_id <> deputy_id", name="another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    deputy_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    named_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    deputy: Mapped[Person] = relationship(back_populates="deputised_by", foreign_keys=deputy_id)

    def runs(self, day: date) -> bool:
        return self.ended_at is None and self.person.active and self.starts_on <= day <= self.ends_on

    def duties(self) -> list[Appointment]:
        """The roles of the person stood in for, as they hold them now, in this inspection."""
        held = [role.appointment() for role in self.person.roles if role.role in DEPUTISED]
        mine = [one for one in held if one.inspection_id in (None, self.inspection_id)]
        return [replace(one, inspection_id=self.inspection_id, instead_of=self.person_id) for one in mine]


def may_stand_in(deputy: Person, person: Person, inspection_id: int) -> bool:
    """Whether somebody sees in their own right all that they would act on for another: on the team's side who sees

    the whole inspection, on the locality's side who has the same unit or one above. A deputy learns nothing new.
    """
    duties = Deputy(person=person, person_id=person.id, inspection_id=inspection_id).duties()
    own = [one for one in deputy.actor().appointments if one.inspection_id in (None, inspection_id)]
    return deputy.active and bool(duties) and all(any(_sees(one, duty) for one in own) for duty in duties)


def _sees(own: Appointment, duty: Appointment) -> bool:
    if duty.role == Role.LEADER:
        return own.role in {Role.LEADER, Role.INSPECTOR}
    if own.role == Role.COORDINATOR:
        return True
    path = own.unit_path
    return own.role in UNIT_BOUND and path is not None and (duty.unit_path or "/").startswith(path)


def paths(units: Iterable[Unit | None]) -> tuple[str, ...]:
    return tuple(unit.path for unit in units if unit is not None)
