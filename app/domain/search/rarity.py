"""In how many reports a token occurs, as counted over an even sample: rare ones tell two matters apart.

Counted anew every night and with the index; what came since changes little of what is rare. Where nothing has been
counted yet, nothing is known to be rare, and every token is asked for (`repeats`).
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base, session, transaction
from app.domain.search.report_index import ReportText
from app.domain.search.words import MARK, tokens
from app.jobs import job

SAMPLE = 20_000
PACE = 5_000


class ReportToken(Base):
    """`texts`: in how many of the sample. The token MARK stands for the sample itself."""

    __tablename__ = "report_tokens"

    token: Mapped[str] = mapped_column(primary_key=True)
    texts: Mapped[int]


def known_rarity(current: Session, said: Sequence[str]) -> tuple[dict[str, int], int]:
    """Of these tokens those that occurred in the sample, and its size (0: nothing was counted yet)."""
    query = select(ReportToken.token, ReportToken.texts).where(ReportToken.token.in_([*said, MARK]))
    known = {row.token: row.texts for row in current.execute(query)}
    return known, known.pop(MARK, 0)


def sample(current: Session) -> dict[str, int]:
    """The tokens of every so-manieth report, counted."""
    every = current.scalar(select(func.count()).select_from(ReportText)) or 0
    query = select(ReportText.text).where(ReportText.report_id % max(1, every // SAMPLE) == 0)
    counted: Counter[str] = Counter()
    size = 0
    for (said,) in current.execute(query.execution_options(yield_per=PACE)):
        counted.update({token for token in tokens(said) if len(token) > 1})
        size += 1
    # What occurred once in a large sample is as rare as what did not occur at all.
    rare = 1 if every > SAMPLE else 0
    return {token: texts for token, texts in counted.items() if texts > rare} | {MARK: size}


def keep(current: Session, counted: dict[str, int]) -> None:
    current.execute(delete(ReportToken))
    rows = [{"token": token, "texts": texts} for token, texts in sorted(counted.items())]
    for at in range(0, len(rows), PACE):
        current.execute(insert(ReportToken), rows[at : at + PACE])


@job("search.rarity", every=1440)
def count_again(_house: Any) -> None:
    """Read first and write afterwards: nobody waits for the counting."""
    counted = sample(session())
    with transaction() as writing:
        keep(writing, counted)
