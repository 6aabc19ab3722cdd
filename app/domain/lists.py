"""What people keep of the lists they work from: views of their own or shared, and the columns they chose.

A view is an address: the filters and the order of a list under a name. Only the team shares them, and only the team
sees shared ones: a name that somebody gives is no business of the locality's. Whoever made one takes it away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from app.db import Base, transaction
from app.domain.people import Actor, Person
from app.domain.scope import sees_whole
from app.kernel.errors import N_, NotFound, Refused

MOST_VIEWS = 30
LONGEST_NAME, LONGEST_ADDRESS = 30, 1000


class SavedView(Base):
    """`list_name` says which list; `address` is its query string, in the list's own words."""

    __tablename__ = "saved_views"
    __table_args__ = (Index("ix_saved_views_list", "inspection_id", "list_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    list_name: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str]
    address: Mapped[str]
    shared: Mapped[bool] = mapped_column(default=False)


class ChosenColumns(Base):
    """The columns somebody wants to see in a list, in the list's own order."""

    __tablename__ = "chosen_columns"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    list_name: Mapped[str] = mapped_column(primary_key=True)
    columns: Mapped[list[str]]


@dataclass(frozen=True)
class View:
    """A view as a page shows it. `by`: who shares it, "" for one's own."""

    id: int
    name: str
    address: str
    shared: bool
    by: str


@dataclass(frozen=True)
class Kept:
    """What one person keeps of one list. No `columns`: the list's own choice."""

    views: Sequence[View]
    columns: tuple[str, ...]
    may_share: bool


def kept(session: Session, actor: Actor, inspection_id: int, list_name: str) -> Kept:
    """One's own views and those that are shared, by name, and the chosen columns; one statement."""
    team = sees_whole(actor, inspection_id)
    rows = session.execute(
        _kept(), {"team": team, "me": actor.person_id, "here": inspection_id, "list": list_name}
    ).all()
    views = [
        View(row.id, row.title, row.address, row.shared, "" if row.person_id == actor.person_id else row.owner)
        for row in rows
        if row.id is not None
    ]
    return Kept(views, tuple(rows[0].columns or ()) if rows else (), team)


@cache
def _kept() -> Select[Any]:
    """One row for each view, or one without: so that the columns are told at once."""
    me, owner = aliased(Person), aliased(Person)
    here = and_(SavedView.inspection_id == bindparam("here"), SavedView.list_name == bindparam("list"))
    chosen = and_(ChosenColumns.person_id == me.id, ChosenColumns.list_name == bindparam("list"))
    told: tuple[Any, ...] = (
        SavedView.id,
        SavedView.name.label("title"),
        SavedView.address,
        SavedView.shared,
        SavedView.person_id,
    )
    told += (owner.name.label("owner"), ChosenColumns.columns)
    return (
        select(*told)
        .select_from(me)
        .outerjoin(ChosenColumns, chosen)
        .outerjoin(
            SavedView,
            and_(here, or_(SavedView.person_id == me.id, and_(SavedView.shared, bindparam("team", type_=Boolean)))),
        )
        .outerjoin(owner, owner.id == SavedView.person_id)
        .where(me.id == bindparam("me"))
        .order_by(SavedView.name, SavedView.id)
    )


@dataclass(frozen=True)
class KeepView:
    """Keep a list as it is cut now. `address`: its query string."""

    inspection_id: int
    list_name: str
    name: str
    address: str
    shared: bool = False


def keep_view(actor: Actor, words: KeepView) -> None:
    """The same name again replaces one's own. Raises Refused."""
    with transaction() as session:
        mine = select(SavedView).where(
            SavedView.inspection_id == words.inspection_id,
            SavedView.list_name == words.list_name,
            SavedView.person_id == actor.person_id,
        )
        every = list(session.scalars(mine))
        found = next((one for one in every if one.name == words.name), None)
        if found is None:
            if len(every) >= MOST_VIEWS:
                raise Refused(N_("You keep %(most)s views already. Take one away first."), most=MOST_VIEWS)
            found = SavedView(
                inspection_id=words.inspection_id,
                list_name=words.list_name,
                person_id=actor.person_id,
                name=words.name,
            )
            session.add(found)
        found.address, found.shared = (
            words.address[:LONGEST_ADDRESS],
            words.shared and sees_whole(actor, words.inspection_id),
        )


def drop_view(actor: Actor, view_id: int) -> None:
    """Take one's own view away. Raises NotFound alike for a missing one and somebody else's."""
    with transaction() as session:
        found = session.get(SavedView, view_id)
        if found is None or found.person_id != actor.person_id:
            raise NotFound
        session.delete(found)


def choose_columns(actor: Actor, list_name: str, columns: Sequence[str]) -> None:
    """Keep which columns are shown; none at all: the list's own choice again."""
    with transaction() as session:
        chosen = session.get(ChosenColumns, (actor.person_id, list_name))
        if chosen is None:
            chosen = ChosenColumns(person_id=actor.person_id, list_name=list_name)
            session.add(chosen)
        chosen.columns = list(columns)
