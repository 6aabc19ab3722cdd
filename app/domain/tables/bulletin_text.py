"""The bulletin as the office prints it: Chinese sentences around the figures, and nothing else."""

from datetime import date, datetime

from app.domain.tables.bulletin import Bulletin, Part
from app.kernel import clock


def bulletin_text(told: Bulletin) -> list[str]:
    """Its paragraphs, the heading first."""
    if not told.today.cases:
        return [_heading(told), f"{_window(told)}，没有需要交办的群众举报。{_in_all(told)}"]
    lines = [
        _heading(told),
        f"{_window(told)}，向{told.locality}{_handed(told)}。",
        f"按行政区域：{'，'.join(f'{one.area.zh} {_reports(one.today)}' for one in told.areas if one.today.cases)}。",
    ]
    if told.kinds:
        shares = "，".join(f"{share.entry.zh} {share.percent}%" for share in told.kinds)
        lines.append(f"按污染类型：{shares}。一件可能涉及几种类型，占比按类型标注次数计算，不按件数计算。")
    return [*lines, _in_all(told)]


def _heading(told: Bulletin) -> str:
    return f"第{told.label}批群众举报交办情况通报"


def _window(told: Bulletin) -> str:
    start, end = told.window
    return f"{_day(told.handed_on)}，交办第{told.label}批（{_moment(start)}至{_moment(end)}受理）"


def _handed(told: Bulletin) -> str:
    today = told.today
    return f"交办群众举报 {today.reports} 件{_by_channel(told)}，{_split(today)}重点件 {today.key} 件"


def _by_channel(told: Bulletin) -> str:
    inside = "、".join(f"{channel.zh} {count} 件" for channel, count in told.channels.items())
    return f"（{inside}）" if inside else ""


def _split(part: Part) -> str:
    return f"分解后共 {part.cases} 件（+{part.further}），" if part.further else ""


def _reports(part: Part) -> str:
    """As printed: the areas sum to 交办, and with every (+N) to 分解后."""
    return f"{part.reports} 件（+{part.further}）" if part.further else f"{part.reports} 件"


def _in_all(told: Bulletin) -> str:
    split = f"，分解后 {told.in_all.cases} 件" if told.in_all.further else ""
    sums = f"累计交办 {told.in_all.reports} 件{split}，重点件 {told.in_all.key} 件"
    return f"截至本批，{sums}，已全部交办{told.locality}办理。"


def _day(day: date) -> str:
    return f"{day:%Y}年{day:%-m}月{day:%-d}日"


def _moment(moment: datetime) -> str:
    return f"{clock.local(moment):%-m月%-d日%-H时%M分}".replace("时00分", "时")
