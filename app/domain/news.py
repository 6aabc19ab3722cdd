"""News for a reporter who asked for it: that something happened, by the way they left, and nothing of the matter.

What they left (a mobile's number, a mail address) is for this alone: locked under the house's key, for it must be
read to send; gone when they say so, or a year later. It is not the vault's, and in no list or export (ADR 0028).
"""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base, transaction
from app.domain.installation import Installation
from app.domain.message import STAGES, Outgoing, Sending, Wording
from app.domain.partial import partial
from app.domain.report import Report
from app.domain.reporter import padded
from app.domain.workflow.terms import Term
from app.jobs import job
from app.kernel import clock, crypto

KEPT_FOR = timedelta(days=365)
BLOCK = 128


NEWS = "reporter.news"
"""Under which an inspection keeps its own words for it (app/domain/message.py, Wording)."""
NEWS_NAMES = ("address",)
SHIPPED_NEWS = {
    "zh": ("您查询的事项有新进展", "您查询的事项有新进展，请凭查询码查看。{address}"),
    "en": ("There is news", "There is news about what you follow here. Please open it with your query code. {address}"),
}
"""Whatever happened: the same words, with nothing of the matter in them."""


class ReporterNews(Term):
    NEWS = "news", "告知举报人有新进展", "News for the reporter"


class NewsWay(Term):
    MOBILE = "mobile", "手机短信", "Text message"
    MAIL = "mail", "电子邮件", "E-mail"


class NewsWish(Base):
    """That a reporter wants to be told. `locked`: the number or the address, padded to one length."""

    __tablename__ = "news_wishes"

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True, autoincrement=False)
    way: Mapped[str]
    language: Mapped[str]
    locked: Mapped[bytes] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime]


class News(Outgoing, Base):
    """One thing to be told to one reporter; `hook_id` 0 for mail."""

    __tablename__ = "news"
    __table_args__ = (
        UniqueConstraint("report_id", "outbox_id", "hook_id"),
        CheckConstraint(STAGES, name="stage"),
        partial("ix_news_waiting", f"stage = '{Sending.WAITING}'", "next_at", "id"),
    )

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id"))


def wish_for_news(session: Session, house: Installation, wish: NewsWish, to: str) -> None:
    """Keep how a reporter wants to be told, instead of what was kept before. In the caller's transaction."""
    drop_wish(session, wish.report_id)
    wish.locked = crypto.lock(_key(house, wish.report_id), padded(to.encode(), BLOCK))
    session.add(wish)
    session.flush()


def drop_wish(session: Session, report_id: int) -> None:
    """Nothing more is told, what waits neither, and what was left is gone. In the caller's transaction."""
    waiting = News.report_id == report_id, News.stage == str(Sending.WAITING)
    session.execute(update(News).where(*waiting).values(stage=str(Sending.DROPPED)))
    session.execute(delete(NewsWish).where(NewsWish.report_id == report_id))


def words_of_news(session: Session, inspection_id: int, language: str, address: str) -> tuple[str, str]:
    """(subject, body) as they go out: an inspection's own, else those shipped. `address`: of the way in, or ""."""
    chosen = language if language in SHIPPED_NEWS else "zh"
    own = session.get(Wording, (inspection_id, NEWS, chosen))
    subject, body = (own.subject, own.body) if own else SHIPPED_NEWS[chosen]
    return with_address(subject, address), with_address(body, address)


def with_address(words: str, address: str) -> str:
    return words.replace("{address}", address).strip()


def opened(house: Installation, wish: NewsWish) -> str:
    """The number or the address; "" where it was locked with another house's key."""
    return (crypto.unlocked(_key(house, wish.report_id), wish.locked) or b"").decode().strip()


def report_of(record: object) -> int | None:
    """Whose reporter is told of what happened to a report, its case, or the case's rectification."""
    case = getattr(record, "case", record)
    return record.id if isinstance(record, Report) else getattr(case, "report_id", None)


@job("news.tidy", every=1440)
def tidy(_house: Installation) -> None:
    with transaction() as session:
        old = session.scalars(select(NewsWish.report_id).where(NewsWish.asked_at < clock.now() - KEPT_FOR)).all()
        for report_id in old:
            drop_wish(session, report_id)


def _key(house: Installation, report_id: int) -> bytes:
    """A key of its own for each report: a row that is moved to another one cannot be read there."""
    return bytes.fromhex(crypto.keyed_digest(house.draft_key, f"news {report_id}"))
