"""Administrative divisions (GB/T 2260) and areas that are none, such as a development zone."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

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
