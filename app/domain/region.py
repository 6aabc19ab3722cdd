"""Administrative divisions (GB/T 2260) and areas that are none, such as a development zone."""

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base


class Region(Base):
    """`code` is the six-digit GB/T 2260 code, nine digits for a town, or our own with a letter (no division)."""

    __tablename__ = "regions"

    code: Mapped[str] = mapped_column(primary_key=True)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    zh: Mapped[str]
    en: Mapped[str]
    short: Mapped[str]
    kind: Mapped[str]
    division: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)


def areas_of(session: Session, locality: str) -> list[Region]:
    """The areas a locality is divided into, in printed order; the locality itself when it has none."""
    query = select(Region).where(Region.parent_code == locality).order_by(Region.position)
    found = list(session.scalars(query))
    return found or list(session.scalars(select(Region).where(Region.code == locality)))


def towns_of(session: Session, county: str) -> list[Region]:
    """The streets and towns of a county, in the order of their codes: streets, towns, townships, what is none."""
    query = select(Region).where(Region.parent_code == county).order_by(Region.code)
    return list(session.scalars(query))


def towns_by_county(session: Session, counties: list[str]) -> dict[str, list[Region]]:
    """The streets and towns of several counties, by the code of their county, in the order of their own codes."""
    query = select(Region).where(Region.parent_code.in_(counties)).order_by(Region.parent_code, Region.code)
    found: dict[str, list[Region]] = {}
    for town in session.scalars(query):
        found.setdefault(town.parent_code or "", []).append(town)
    return found
