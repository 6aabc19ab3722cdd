"""A document 「文书」 of a batch as it is kept, the office's own templates, and every copy that was taken."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.domain import ledger
from app.domain.workflow.terms import Term


class PaperKind(Term):
    """What is made of a batch, the first one of each of its cases; and what a step of a ladder is printed on."""

    ORDER = "order", "转办单", "Order for one case"
    ORDERS = "orders", "转办单（全批）", "Orders of the whole batch"
    LETTER = "letter", "交办函", "Covering letter"
    LIST = "list", "转办情况表", "Table of cases handed over"
    COUNTS = "counts", "交办数量表", "Cases handed over by area"
    KINDS = "kinds", "污染类型统计表", "Pollution types"
    BULLETIN = "bulletin", "每日通报", "The day's bulletin"
    STEP_CHECK = "step_check", "整改自查表", "Self-check form"
    STEP_ACCEPTANCE = "step_acceptance", "整改验收表", "Acceptance form"
    STEP_NOTICE = "step_notice", "销号公示", "Sign-off notice"
    STEP_SIGN_OFF = "step_sign_off", "整改销号审批表", "Sign-off form"


ENDINGS = {
    PaperKind.ORDER: "docx",
    PaperKind.ORDERS: "pdf",
    PaperKind.LETTER: "docx",
    PaperKind.LIST: "xlsx",
    PaperKind.COUNTS: "xlsx",
    PaperKind.KINDS: "xlsx",
    PaperKind.BULLETIN: "txt",
    PaperKind.STEP_CHECK: "docx",
    PaperKind.STEP_ACCEPTANCE: "docx",
    PaperKind.STEP_NOTICE: "docx",
    PaperKind.STEP_SIGN_OFF: "docx",
}
STEP_FORMS = (PaperKind.STEP_CHECK, PaperKind.STEP_ACCEPTANCE, PaperKind.STEP_NOTICE, PaperKind.STEP_SIGN_OFF)
"""Made of a step of a ladder when somebody asks for it (app/domain/papers/step.py), and kept nowhere."""
BATCH_PAPERS = tuple(kind for kind in PaperKind if kind not in STEP_FORMS)
OF_THE_BATCH = tuple(kind for kind in BATCH_PAPERS if kind != PaperKind.ORDER)
AFTER_HAND_OVER = frozenset({PaperKind.COUNTS, PaperKind.BULLETIN})
"""What speaks of everything handed over so far, and so cannot be made before."""
TEMPLATES = {kind: "docx" if ending == "docx" else "txt" for kind, ending in ENDINGS.items()}
"""Every document can be worded by the office: how its template ends, a Word document or plain lines."""
KINDS = f"kind IN ({', '.join(repr(str(kind)) for kind in BATCH_PAPERS)})"
TEMPLATE_KINDS = f"kind IN ({', '.join(repr(str(kind)) for kind in PaperKind)})"


class Paper(Base):
    """One document. `number` is the case's for an order, else "". `made_of` is the digest of all that goes into it:
    when that changes it is made anew. Without `file_name` it waits to be made; `problem` says why it could not be
    (a sentence and its parameters).
    """

    __tablename__ = "papers"
    __table_args__ = (
        UniqueConstraint("batch_id", "kind", "number"),
        CheckConstraint(KINDS, name="kind"),
        Index("ix_papers_file_name", "file_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"))
    kind: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    made_of: Mapped[str]
    file_name: Mapped[str | None]
    sha256: Mapped[str] = mapped_column(default="")
    size: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime | None]
    problem: Mapped[dict[str, Any] | None]

    @property
    def is_ready(self) -> bool:
        return self.file_name is not None


class PaperTemplate(Base):
    """An inspection's own template of a kind; without a row the shipped one is used."""

    __tablename__ = "paper_templates"
    __table_args__ = (UniqueConstraint("inspection_id", "kind"), CheckConstraint(TEMPLATE_KINDS, name="kind"))

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    kind: Mapped[str]
    content: Mapped[bytes]
    sha256: Mapped[str]
    kept_at: Mapped[datetime]
    kept_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class PaperCopy(Base):
    """One copy that somebody took: its number is printed on it, `sha256` is that of the very bytes handed out."""

    __tablename__ = "paper_copies"
    __table_args__ = (
        UniqueConstraint("copy_number"),
        CheckConstraint(KINDS, name="kind"),
        Index("ix_paper_copies_batch_id", "batch_id"),
        Index("ix_paper_copies_inspection_id", "inspection_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"))
    kind: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    copy_number: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    unit: Mapped[str] = mapped_column(default="")
    taken_at: Mapped[datetime]
    sha256: Mapped[str]


ledger.protect(PaperCopy.__table__)
