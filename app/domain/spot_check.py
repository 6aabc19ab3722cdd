"""Spot checks 「抽查」: cases drawn by chance and by weight, so that anybody can draw the same list again.

Whoever draws chooses how many, and from which area; the seed is the machine's, kept and ledgered in the transaction
that draws. With the seed, the weights and the cases that could have been drawn, the list follows.
"""

import hashlib
import hmac
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import log
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.domain.case import Case
from app.domain.inspection import Inspection
from app.domain.workflow.terms import Term

CHANCES = 1 << 53


class DrawnFor(Term):
    """What makes a case more likely to be drawn; how much, is a setting of the inspection."""

    UNFOUNDED = "unfounded", "不属实", "Unfounded"
    REPEAT = "repeat", "重复件", "Repeat"
    KEY = "key", "重点件", "Key"


class DrawnAs(Term):
    """What is drawn from: answers that were passed, or sign-offs whose look-back is still to come."""

    ANSWERS = "answers", "抽查（已审核通过的办理情况）", "Spot check of answers that were passed"
    SIGN_OFFS = "sign_offs", "回头看（已销号的整改）", "Look-back at what was signed off"


class SpotFound(Term):
    AGREES = "agrees", "与办理情况一致", "As the reply says"
    DIFFERS = "differs", "与办理情况不一致", "Not as the reply says"
    UNCLEAR = "unclear", "有待进一步核查", "To be looked into further"


def found_of(points: Iterable[SpotFound]) -> SpotFound:
    """What a check found as a whole: one point that differs is enough, and one that is unclear leaves it open."""
    given = set(points)
    return next((one for one in (SpotFound.DIFFERS, SpotFound.UNCLEAR) if one in given), SpotFound.AGREES)


class SpotList(Base):
    """One drawing. `frame`: every case that could be drawn and its weight, packed; `frame_digest` is its SHA-256."""

    __tablename__ = "spot_lists"
    __table_args__ = (Index("ix_spot_lists_inspection_id", "inspection_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    drawn_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    drawn_at: Mapped[datetime]
    seed: Mapped[str]
    area_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    drawn_as: Mapped[str] = mapped_column(default=str(DrawnAs.ANSWERS), server_default=text("'answers'"))
    weights: Mapped[dict[str, Any]]
    frame_size: Mapped[int]
    frame_digest: Mapped[str]
    frame: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    inspection: Mapped[Inspection] = relationship(lazy="joined", innerjoin=True)
    lines: Mapped[list["SpotLine"]] = relationship(order_by="SpotLine.position")


class SpotLine(Base):
    """One drawn case, why it was the likelier to be drawn, and what its check found: an internal note."""

    __tablename__ = "spot_lines"
    __table_args__ = (Index("ix_spot_lines_list_id", "list_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("spot_lists.id"))
    position: Mapped[int]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    drawn_for: Mapped[list[str]]
    weight: Mapped[int]
    found: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    case: Mapped[Case] = relationship()
    visits: Mapped[list["SpotVisit"]] = relationship(order_by="SpotVisit.id")


class SpotVisit(Base):
    """One visit to the site: who was there and when, what was seen, and for each point whether the reply holds.

    Never edited: whoever goes again, or made a mistake, writes another one; the line shows the latest. `points` holds
    for each point of the case its text, SpotFound and a note; `reply_number` the version that was compared. Its
    pictures are attachments of the noun "spot_visit".
    """

    __tablename__ = "spot_visits"
    __table_args__ = (Index("ix_spot_visits_line_id", "line_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("spot_lines.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    reply_number: Mapped[int | None]
    visited_at: Mapped[datetime]
    place: Mapped[str]
    people: Mapped[str]
    seen: Mapped[str]
    found: Mapped[str]
    points: Mapped[list[dict[str, Any]]]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    written_at: Mapped[datetime]


@dataclass(frozen=True)
class Chance:
    """A case that may be drawn, and its weight (1 or more)."""

    case_id: int
    weight: int


def draw(seed: str, frame: Iterable[Chance], most: int) -> list[Chance]:
    """Up to `most`, each draw among those left by their weights (Efraimidis and Spirakis), the first drawn first.

    A case's luck comes of the seed and its number alone: the same seed and the same frame give the same list.
    """
    return sorted(frame, key=lambda one: (log(_luck(seed, one.case_id)) / one.weight, one.case_id), reverse=True)[:most]


def _luck(seed: str, case_id: int) -> float:
    """Between 0 and 1, never either."""
    mark = hmac.new(seed.encode(), str(case_id).encode(), hashlib.sha256).digest()
    return ((int.from_bytes(mark[:8], "big") >> 11) + 0.5) / CHANCES


def pack(frame: Iterable[Chance]) -> tuple[bytes, str]:
    """The frame as it is kept, and the digest of its plain text (`case:weight` in lines, by the cases' numbers)."""
    plain = "\n".join(f"{one.case_id}:{one.weight}" for one in sorted(frame, key=lambda one: one.case_id)).encode()
    return zlib.compress(plain), hashlib.sha256(plain).hexdigest()


def unpack(packed: bytes) -> tuple[list[Chance], str]:
    plain = zlib.decompress(packed)
    lines = (line.partition(":") for line in plain.decode().splitlines())
    return [Chance(int(case), int(weight)) for case, _, weight in lines], hashlib.sha256(plain).hexdigest()
