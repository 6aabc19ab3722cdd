"""What suggestions are kept in: the office's own rules, the models it trained, and what was suggested and decided."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class SuggestionRule(Base):
    """A rule the office wrote, or a shipped one (of the same `code`) as the office changed it.

    `number` is what the ledger calls it. A shipped rule nobody has touched has no row (app/domain/suggesting/rules.py).
    """

    __tablename__ = "suggestion_rules"

    number: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    target: Mapped[str]
    words: Mapped[list[str]]
    unless: Mapped[list[str]]
    weight: Mapped[int]
    enabled: Mapped[bool]


class SuggestionModel(Base):
    """A trained model: its numbers as JSON text, the digest of that text, and how well it did on what it had not seen.

    The newest one speaks.
    """

    __tablename__ = "suggestion_models"

    id: Mapped[int] = mapped_column(primary_key=True)
    trained_at: Mapped[datetime]
    learned_from: Mapped[int]
    digest: Mapped[str]
    worth: Mapped[dict[str, Any]]
    body: Mapped[str]


class SuggestionKept(Base):
    """One value of one decision: whether it was suggested, by whom, and whether it was decided. Codes and numbers only.

    `source` is EVERY for the suggestion as it was shown, else one voice in it (`rule:…`, `model:…`). `week` is the
    Monday of the decision. `withdrawn`: the decision was undone, and counts for nothing.
    """

    __tablename__ = "suggestions_kept"
    __table_args__ = (
        Index("ix_suggestions_kept_worth", "inspection_id", "week", "source", "kind"),
        Index("ix_suggestions_kept_report_id", "report_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger_entries.id"))
    week: Mapped[date]
    kind: Mapped[str]
    value: Mapped[str]
    source: Mapped[str]
    score: Mapped[float]
    suggested: Mapped[bool]
    decided: Mapped[bool]
    withdrawn: Mapped[bool] = mapped_column(default=False, server_default=false())


EVERY = "every"
