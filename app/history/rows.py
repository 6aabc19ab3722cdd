"""A published row as it was printed, and what it says in our vocabulary; what is not ours to guess is refused."""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from app.domain import catalogue
from app.domain.case import Completion, Verdict
from app.domain.inspection import Inspection
from app.domain.report import Channel, Precision
from app.kernel import clock, crypto
from app.kernel.errors import N_, Refused

CHANNELS = {
    "": Channel.UNSTATED,
    "call": Channel.CALL, "电话": Channel.CALL,
    "letter": Channel.LETTER, "信件": Channel.LETTER,
    "online": Channel.WEB, "web": Channel.WEB, "wechat": Channel.WEB, "网上": Channel.WEB, "微信": Channel.WEB,
    "visit": Channel.VISIT, "来访": Channel.VISIT,
    "passed_on": Channel.PASSED_ON,
    **{channel.zh: channel for channel in Channel},
}  # fmt: skip
VERDICTS = {verdict.zh: verdict for verdict in Verdict}
COMPLETIONS = {completion.zh: completion for completion in Completion}
WORDS_BETWEEN = re.compile(r"[、,，;；/\s]+")
DAY = re.compile(r"(\d{4})(?:\D+(\d{1,2})(?:\D+(\d{1,2}))?)?\D*")
"""2018-11-28, 2018年11月28日, 2018-11, 2020."""
PRECISIONS = (Precision.YEAR, Precision.MONTH, Precision.DAY)


@dataclass(frozen=True)
class PublishedRow:
    """What a row prints; empty where it printed nothing. A conclusion is only what stands in its own column."""

    number: str = ""
    channel: str = ""
    received: str = ""
    area: str = ""
    description: str = ""
    types: tuple[str, ...] = ()
    unit: str = ""
    findings: str = ""
    verdict: str = ""
    target: str = ""
    handling: str = ""
    completion: str = ""
    accountability: str = ""
    batch: str = ""

    def key(self, inspection: Inspection) -> str:
        """The same row for the same inspection has the same key, in whichever file it comes again."""
        return f"history {inspection.code} {crypto.digest(asdict(self))}"


@dataclass(frozen=True)
class Read:
    """A row in our vocabulary. `received_at` is the first moment of the day, month or year that was printed."""

    row: PublishedRow
    channel: Channel
    received_at: datetime
    precision: Precision
    types: tuple[str, ...]
    verdict: Verdict | None
    completion: Completion | None


def understand(row: PublishedRow, inspection: Inspection) -> Read:
    """Raises Refused with the reason why this row cannot be entered."""
    if not row.description:
        raise Refused(N_("it has no description"))
    day, precision = received(row.received)
    return Read(
        row=row,
        channel=_known(CHANNELS, row.channel, N_("its channel “%(word)s” is not one of ours")),
        received_at=clock.at_local(day or inspection.starts_on, time.min),
        precision=precision,
        types=tuple(dict.fromkeys(catalogue.type_of_word().get(word, word) for word in row.types)),
        verdict=_known(VERDICTS, row.verdict, N_("its verdict “%(word)s” is not one of ours")) if row.verdict else None,
        completion=_known(COMPLETIONS, row.completion, N_("its completion “%(word)s” is not one of ours"))
        if row.completion
        else None,
    )


def received(printed: str) -> tuple[date | None, Precision]:
    """The first day of what was printed and how exactly it is known; what is no date is not one (kept as printed)."""
    found = DAY.fullmatch(printed)
    if not found:
        return None, Precision.UNKNOWN
    parts = [int(part) for part in found.groups() if part]
    year, month, day = (*parts, 1, 1)[:3]
    try:
        return date(year, month, day), PRECISIONS[len(parts) - 1]
    except ValueError:
        return None, Precision.UNKNOWN


def printed_words(said: str) -> tuple[str, ...]:
    """Types as a cell prints them: 大气、噪声."""
    return tuple(word for word in WORDS_BETWEEN.split(said) if word)


def _known(words: dict[str, Any], said: str, sentence: str) -> Any:
    if said not in words:
        raise Refused(sentence, word=said)
    return words[said]
