"""Other systems that report to us, each by its key. A key says which system speaks; it opens nothing else."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base
from app.domain.installation import Installation
from app.kernel import clock, crypto
from app.kernel.errors import N_, NotAllowed


class ApiKey(Base):
    """`inspection_id` is where it may report (None: everywhere). What comes with a `test` key is looked at, not kept.

    Of the key itself a keyed hash is kept; of its use the last day.
    """

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey("inspections.id"))
    test: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_on: Mapped[date | None]


def key_digest(house: Installation, key: str) -> str:
    """How a system's key is kept."""
    return crypto.keyed_digest(house.code_key, f"api key {key}")


def system_of(session: Session, house: Installation, key: str, inspection_id: int) -> ApiKey | None:
    """Whose key this is, noting the day; None without a key. Raises NotAllowed for one that is not good here."""
    if not key:
        return None
    found = session.scalar(select(ApiKey).where(ApiKey.digest == key_digest(house, key)))
    if found is None or found.revoked_at is not None or found.inspection_id not in (None, inspection_id):
        raise NotAllowed(N_("This api_key is not valid here."))
    if found.last_used_on != clock.today():
        found.last_used_on = clock.today()
    return found
