"""The identity vault: who reported. Sealed to a public key by the code that takes reports, which cannot open it.

Opening is app/domain/opening.py, another module, with the private key, a reason and a ledger entry before it.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base
from app.kernel import crypto, text

SHOWN_DIGITS = 2


@dataclass(frozen=True)
class Reporter:
    """What a person says of themselves. Empty strings where nothing was said.

    `others`: the names of those who say it together with them, one a line.
    """

    name: str = ""
    phone: str = ""
    address: str = ""
    anonymous: bool = False
    network_address: str = ""
    device_position: str = ""
    others: str = ""

    @property
    def is_blank(self) -> bool:
        return not any((self.name, self.phone, self.address, self.others))


@dataclass(frozen=True)
class VaultKeys:
    """What sealing needs: the public key, and the key of the blind index."""

    public: bytes
    index: bytes


class Identity(Base):
    """One sealed reporter; `noun` is report or objection. Nothing here says who it is, except to the private key.

    `phone_index` is a truncated keyed hash (13 bits): it finds candidates and proves nothing.
    """

    __tablename__ = "vault_identities"
    __table_args__ = (UniqueConstraint("noun", "noun_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), index=True)
    noun: Mapped[str]
    noun_id: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    anonymous: Mapped[bool]
    has_name: Mapped[bool]
    has_phone: Mapped[bool]
    phone_index: Mapped[int | None] = mapped_column(index=True)
    phone_tail: Mapped[str] = mapped_column(default="")


class Opening(Base):
    """A request to open an identity: asked with a reason, allowed by a leader, opened once by the custodian.

    `ring_up_id`: asked by a clerk who is to ring the reporter up; then the number alone is opened, and lent to them.
    """

    __tablename__ = "vault_openings"

    id: Mapped[int] = mapped_column(primary_key=True)
    identity_id: Mapped[int] = mapped_column(ForeignKey("vault_identities.id"), index=True)
    ring_up_id: Mapped[int | None] = mapped_column(ForeignKey("ring_ups.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    reason: Mapped[str]
    allowed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    allowed_at: Mapped[datetime | None]
    refused_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    refused_at: Mapped[datetime | None]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    opened_at: Mapped[datetime | None]


def seal_reporter(
    session: Session, keys: VaultKeys, inspection_id: int, noun: str, noun_id: int, reporter: Reporter
) -> Identity:
    """Seal what a reporter said of themselves, in the caller's transaction. An anonymous one is sealed too."""
    plain: dict[str, Any] = asdict(reporter)
    digits = text.phone_digits(reporter.phone)
    identity = Identity(
        inspection_id=inspection_id,
        noun=noun,
        noun_id=noun_id,
        sealed=crypto.seal(keys.public, padded(crypto.canonical(plain))),
        anonymous=reporter.anonymous or reporter.is_blank,
        has_name=bool(reporter.name or reporter.others),
        has_phone=bool(digits),
        phone_index=crypto.blind_index(keys.index, digits) if digits else None,
        phone_tail=digits[-SHOWN_DIGITS:],
    )
    session.add(identity)
    return identity


def padded(plain: bytes, block: int = 512) -> bytes:
    """Spaces up to a whole block, so that a sealed length tells nothing."""
    return plain + b" " * (-len(plain) % block)
