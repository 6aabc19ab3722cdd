"""`perform()`: the one way in which a noun changes its state. Reads the table, checks, writes state and ledger."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import true
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column, object_session

from app.domain import ledger
from app.domain.holidays import work_calendar
from app.domain.inspection import Inspection
from app.domain.message import leave
from app.domain.people import Actor, Reach
from app.domain.workflow.engine import Holds, Offer, decide, offers
from app.domain.workflow.table import Row, Table
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Guard, Need, Role
from app.kernel.errors import N_, Stale

Listener = Callable[[Session, Any, ledger.LedgerEntry, Mapping[Need, str], Mapping[str, Any]], None]
LISTENERS: dict[str, list[Listener]] = {}
"""By noun: what else is written, in the same transaction, once an action has its entry (who calls it need not know)."""


def hears(noun: str) -> Callable[[Listener], Listener]:
    """Let a function be told of every action of a noun: the record, its ledger entry, what was said, and the facts."""

    def enter(listener: Listener) -> Listener:
        LISTENERS.setdefault(noun, []).append(listener)
        return listener

    return enter


class Performer:
    """Mixed into a noun that has a workflow table.

    The noun says what it belongs to (`reach`, `inspection`) and answers each guard of its table with a method
    `guard_<name>(actor, action)`. `version` counts the changes; a page carries it back, so that two people
    who open the same record cannot overwrite each other. `due_on` is the deadline of the clock that this
    state started, if it started one; not `due_announced`: it reaches into a year whose working days nobody knows yet.
    """

    TABLE: ClassVar[Table]

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(index=True)
    state_since: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=0)
    due_on: Mapped[date | None]
    due_announced: Mapped[bool] = mapped_column(default=True, server_default=true())

    inspection: Mapped[Inspection]

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805  (of the class, not of a record)
        """Every UPDATE names the version it was read at: who was overtaken on the way writes nothing (app/db.py)."""
        return {"version_id_col": cls.version, "version_id_generator": False}

    def reach(self) -> Reach:
        raise NotImplementedError

    def roles_of(self, actor: Actor, action: Term | None = None) -> frozenset[Role]:
        """In which roles somebody may act on this record; a noun may let a deputy in, or narrow it for an action."""
        return actor.roles_over(self.reach())

    def told_with(self, action: str) -> tuple[str, int] | None:
        """The noun and id of what this action is told with, where it is done to many at once; None: by itself."""
        return None

    @property
    def status(self) -> Term:
        return self.TABLE.states(self.state)

    def holds(self, guard: Guard, actor: Actor, action: Term) -> bool:
        """Whether a condition of the table holds for this record now."""
        answer = getattr(self, f"guard_{guard}")
        return bool(answer(actor, action))

    def offers(self, actor: Actor) -> list[Offer]:
        """What this actor may do with it now: the buttons of its page."""
        return offers(self.TABLE, self.status, self.roles_of(actor), self._holds(actor))

    def may(self, action: Term, actor: Actor) -> bool:
        return any(offer.action == action and offer.blocked is None for offer in self.offers(actor))

    def expect_version(self, seen: int | None) -> None:
        """Raise Stale when the page the actor saw is no longer the record's state."""
        if seen is not None and seen != self.version:
            raise Stale(N_("Somebody else has worked on this since you opened it."))

    def perform(
        self,
        action: Term,
        actor: Actor,
        said: Mapping[Need, str] | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> ledger.LedgerEntry:
        """Take an action: state, version, deadline and ledger entry in the caller's transaction.

        Raises NotAllowed or Refused as the engine decides.
        """
        words = dict(said or {})
        roles = self.roles_of(actor, action)
        row, role = decide(self.TABLE, self.status, action, roles, words, self._holds(actor))
        return self._write(row, role, actor, words, facts or {})

    def begin(
        self,
        session: Session,
        action: Term,
        actor: Actor,
        said: Mapping[Need, str] | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> ledger.LedgerEntry:
        """The first entry of a new record: checks that this actor may begin one, gives it its first state."""
        words = dict(said or {})
        row, role = decide(self.TABLE, None, action, actor.roles_over(self.reach()), words, self._holds(actor))
        self.version = 0
        self._move(session, row, actor)
        session.add(self)
        session.flush()
        return self._note(session, row, role, actor, words, facts or {})

    def _instead_of(self, actor: Actor, role: Role) -> dict[str, int]:
        """Whose deputy acted, where the role was not the actor's own."""
        if not actor.duties or role in actor.roles_over(self.reach()):
            return {}
        return {"instead_of": actor.standing_in(self.reach())[role]}

    def _holds(self, actor: Actor) -> Holds:
        return lambda guard, action: self.holds(guard, actor, action)

    def _write(
        self, row: Row, role: Role, actor: Actor, said: Mapping[Need, str], facts: Mapping[str, Any]
    ) -> ledger.LedgerEntry:
        session = object_session(self)
        if session is None:
            raise RuntimeError("a record outside a session cannot act")
        self._move(session, row, actor)
        return self._note(session, row, role, actor, said, facts)

    def _move(self, session: Session, row: Row, actor: Actor) -> None:
        """State, version and deadline as the row says."""
        now = actor.now()
        if row.target != row.source:
            self.state, self.state_since = str(row.target), now
            self.due_on, self.due_announced = None, True
        self.version += 1
        if row.within:
            counted = self.inspection.deadline(row.within, now, work_calendar(session))
            self.due_on, self.due_announced = counted.day, counted.announced

    def _note(
        self, session: Session, row: Row, role: Role, actor: Actor, said: Mapping[Need, str], facts: Mapping[str, Any]
    ) -> ledger.LedgerEntry:
        happening = ledger.Happening(
            chain=self.inspection.id,
            person_id=actor.person_id,
            role=role,
            at=actor.now(),
            noun=self.TABLE.noun,
            noun_id=self.id,
            action=str(row.action),
            source=row.source,
            target=row.target,
        )
        entry = ledger.append(session, happening, said, {**facts, **self._instead_of(actor, role)})
        leave(session, entry, self, row.tells, actor)
        for listener in LISTENERS.get(self.TABLE.noun, ()):
            listener(session, self, entry, said, facts)
        return entry
