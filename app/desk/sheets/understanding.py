"""A row of a ledger sheet as a statement and a reporter; or each cell that is wrong, with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date, datetime, time
from typing import Any

from app.desk.sheets.columns import NEEDED, OF_THE_REPORTER, SheetField
from app.desk.sheets.moments import read_day, read_hour
from app.domain import catalogue
from app.domain.receiving import Statement
from app.domain.report import Channel, Precision
from app.domain.reporter import Reporter
from app.domain.tables.reading import EXACT_FIGURES
from app.domain.tables.recognising import Places
from app.kernel import clock, text
from app.kernel.errors import N_

F = SheetField
MOST = {F.WORDS: 10_000, F.NAME: 60, F.SINCE: 60, F.FREQUENCY: 60, F.FOREIGN: 60}
MOST_ELSE = 200
LATER = 10
"""Minutes that the clock of whoever wrote the sheet may be ahead of ours."""
NOTHING = frozenset(
    {"", "-", "--", "—", "——", "/", "无", "未知", "不详", "不明", "未留", "未提供", "未告知", "空", "none", "n/a"}
)
NOBODY = NOTHING | {"匿名", "匿名举报", "不愿透露", "未透露", "保密", "要求匿名"}
YES = frozenset(
    {"是", "要", "需要", "有", "√", "✓", "y", "yes", "true", "1", "匿名", "需", "要求", "要求答复", "需回复", "需答复"}
)
NO = NOTHING | {"否", "不", "不要", "不需要", "不需", "×", "n", "no", "false", "0", "实名", "不要求"}
CHANNELS = {
    **{channel.zh: channel for channel in Channel if channel is not Channel.UNSTATED},
    **dict.fromkeys(("电话", "电话举报", "热线", "来电举报", "举报电话"), Channel.CALL),
    **dict.fromkeys(("信件", "信函", "书信", "邮寄", "来信举报", "邮政信箱"), Channel.LETTER),
    **dict.fromkeys(("网上", "网络举报", "微信", "邮箱", "电子邮件", "网站"), Channel.WEB),
    **dict.fromkeys(("来访", "接访", "现场", "上访"), Channel.VISIT),
    **dict.fromkeys(("上级交办", "上级转办", "转办", "转来", "12345", "12369", "市长热线"), Channel.PASSED_ON),
}
BETWEEN = str.maketrans(dict.fromkeys(",，;；/|+＋\n\t ", "、"))


@dataclass(frozen=True)
class WrongCell:
    """Which cell (`row` from 1, `column` from 0, -1 where there is none), what stands there, and what is wrong.

    `said` is empty for what a reporter said of themselves. `reason` is an English msgid with its `params`.
    """

    row: int
    column: int
    field: SheetField
    said: str
    reason: str
    params: dict[str, Any] = made(default_factory=dict)


@dataclass(frozen=True)
class Understood:
    """A row: the statement and the reporter it gives, unless a cell of it is wrong."""

    row: int
    statement: Statement
    reporter: Reporter
    wrong: tuple[WrongCell, ...] = ()


@dataclass(frozen=True)
class Surroundings:
    """What a row is read against. `towns`: codes of streets and towns by county and name; `last`: no later moment."""

    places: Places
    areas: Mapping[str, str]
    towns: Mapping[tuple[str, str], str]
    types: frozenset[str]
    first: date
    last: datetime
    final: date
    channel: Channel

    def of_type(self, word: str) -> str | None:
        """The code of a printed type or sub-type of this inspection."""
        code = catalogue.type_of_word().get(word)
        above = catalogue.tags()[code].parent if code in catalogue.tags() else code
        return code if above in self.types else None


def shown(cell: Any) -> str:
    """A cell as its spreadsheet shows it: no fraction where there is none, no hour where it is midnight."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}" if cell.time() != time.min else cell.date().isoformat()
    return str(cell)


class _Row:
    """One row while it is read: each cell is asked for once, and what is wrong is noted beside it."""

    def __init__(self, number: int, cells: Sequence[Any], columns: Mapping[SheetField, int]) -> None:
        self.number, self.cells, self.columns = number, cells, columns
        self.wrong: list[WrongCell] = []

    def raw(self, one: SheetField) -> Any:
        at = self.columns.get(one, -1)
        return self.cells[at] if 0 <= at < len(self.cells) else ""

    def words(self, one: SheetField) -> str:
        """The cell as text: figures without a fraction, nothing for the ways in which offices write nothing."""
        cell = self.raw(one)
        if isinstance(cell, float) and abs(cell) >= EXACT_FIGURES:
            self.refuse(one, N_("the figure has more digits than the sheet keeps"))
            return ""
        said = shown(cell)
        told = text.tidy(said) if one is F.WORDS else text.one_line(said)
        if one is not F.WORDS and told.casefold() in NOTHING:
            return ""
        if len(told) > (most := MOST.get(one, MOST_ELSE)):
            self.refuse(one, N_("it is longer than %(most)s characters"), most=most)
        return told

    def refuse(self, one: SheetField, reason: str, **params: Any) -> None:
        said = "" if one in OF_THE_REPORTER else text.excerpt(shown(self.raw(one)), 40)
        self.wrong.append(WrongCell(self.number, self.columns.get(one, -1), one, said, reason, params))


def understand(
    around: Surroundings, number: int, cells: Sequence[Any], columns: Mapping[SheetField, int]
) -> Understood | None:
    """The row of this number; None where nothing stands in any column that means something."""
    row = _Row(number, cells, columns)
    if not any(str(row.raw(one)).strip() for one in columns):
        return None
    for one in NEEDED:
        if not str(row.raw(one)).strip():
            row.refuse(one, N_("it is empty"))
    received, precision = _received(row, around)
    channel = _channel(row, around)
    area, town, place = _where(row, around)
    statement = Statement(
        channel=channel,
        description=row.words(F.WORDS),
        received_at=received,
        precision=precision,
        area_code=area,
        area_printed=around.areas.get(area or "", ""),
        town_code=town,
        place=place,
        polluter=row.words(F.POLLUTER),
        since=row.words(F.SINCE),
        frequency=row.words(F.FREQUENCY),
        earlier=row.words(F.EARLIER),
        types=_types(row, around),
        wants_answer=_yes(row, F.ANSWER),
        call_started_at=received if channel == Channel.CALL and precision == Precision.MOMENT else None,
        arrived_on=clock.local_date(received) if received and channel in {Channel.LETTER, Channel.PASSED_ON} else None,
        foreign_number=row.words(F.FOREIGN),
    )
    return Understood(number, statement, _reporter(row), tuple(sorted(row.wrong, key=lambda cell: cell.column)))


def _received(row: _Row, around: Surroundings) -> tuple[datetime | None, Precision]:
    """The moment, or the beginning of the day where no hour is said."""
    cell, hour = row.raw(F.RECEIVED), row.raw(F.HOUR)
    if not str(cell).strip():
        return None, Precision.MOMENT
    try:
        day, at = read_day(cell, around.first.year)
    except ValueError:
        row.refuse(F.RECEIVED, N_("it is no date, for example 2024-03-15 09:20"))
        return None, Precision.MOMENT
    try:
        at = read_hour(hour) if str(hour).strip() else at
    except ValueError:
        row.refuse(F.HOUR, N_("it is no time of day, for example 09:20"))
    if not around.first <= day <= around.final:
        row.refuse(
            F.RECEIVED, N_("it is not within the days of the inspection (%(first)s to %(last)s)"),
            first=around.first.isoformat(), last=around.final.isoformat(),
        )  # fmt: skip
    moment = clock.at_local(day, at or time.min)
    if moment > around.last:
        row.refuse(F.RECEIVED, N_("this moment has not come yet"))
    return moment, Precision.DAY if at is None else Precision.MOMENT


def _channel(row: _Row, around: Surroundings) -> Channel:
    said = row.words(F.CHANNEL)
    if said and said not in CHANNELS:
        row.refuse(F.CHANNEL, N_("it is none of the ways in which reports come"))
    return CHANNELS.get(said, around.channel)


def _where(row: _Row, around: Surroundings) -> tuple[str | None, str | None, str]:
    """Area, town and place. An address that begins with an area names it too; a town nobody knows stays in words."""
    named, town, place = row.words(F.AREA), row.words(F.TOWN), row.words(F.PLACE)
    area = around.places.recognise(named) if named else None
    if named and area is None:
        row.refuse(F.AREA, N_("it is none of the areas of this inspection"))
    if not named and place:
        area = around.places.recognise(place)
        area = area if area in around.areas else None
    code = around.towns.get((area or "", town)) if town else None
    if town and code is None and town not in place:
        place = f"{town}{place}"
        if len(place) > MOST_ELSE:
            row.refuse(F.PLACE, N_("it is longer than %(most)s characters"), most=MOST_ELSE)
    return area, code, place


def _types(row: _Row, around: Surroundings) -> tuple[str, ...]:
    words = [word for word in row.words(F.TYPES).translate(BETWEEN).split("、") if word]
    codes = {word: around.of_type(word) or around.of_type(word.removesuffix("污染")) for word in words}
    unknown = [word for word, code in codes.items() if code is None]
    if unknown:
        row.refuse(F.TYPES, N_("“%(words)s” is none of the pollution types"), words="、".join(unknown))
    return tuple(dict.fromkeys(code for code in codes.values() if code))


def _yes(row: _Row, one: SheetField) -> bool:
    said = row.words(one).casefold()
    if said not in YES | NO:
        row.refuse(one, N_("it is neither yes nor no"))
    return said in YES


def _reporter(row: _Row) -> Reporter:
    name, phone = row.words(F.NAME), row.words(F.PHONE)
    digits = "" if phone in NOBODY else text.phone_digits(phone)
    if phone and phone not in NOBODY and not text.is_telephone(digits):
        row.refuse(F.PHONE, N_("it is no telephone number; a zero at its beginning may have been lost"))
    hidden = name in NOBODY - NOTHING or _yes(row, F.ANONYMOUS)
    return Reporter(name="" if name in NOBODY else name, phone=digits, address=row.words(F.HOME), anonymous=hidden)
