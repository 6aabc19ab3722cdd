"""Write app/domain/seeds/calendar.toml from the `holidays` package.

    python -m venv /tmp/calendar && /tmp/calendar/bin/pip install "holidays==0.109" "chinesecalendar==1.11.0"
    /tmp/calendar/bin/python ops/make_calendar.py 2024 2025 2026 > app/domain/seeds/calendar.toml

Both packages are needed only here, so they are in no lock file. A year is written only when both agree on every
day of it: `holidays` computes the statutory days of a year the State Council has not announced yet, and such a
year has no make-up workdays, which would move deadlines without a word.
"""

import datetime as dt
import sys

import chinese_calendar
import holidays

HEAD = """\
# Days that are not what their weekday says: State Council holidays and make-up workdays (调休).
# An announced year is complete; a year missing here has not been announced, and deadlines that
# reach into it must say so. Every installation may edit its own copy.
#
# Made by:  python ops/make_calendar.py 2024 2025 2026 > app/domain/seeds/calendar.toml
# (what it needs is said at the head of that script)
#
# kind  holiday  a statutory holiday, or a day given for one that fell on a weekend
#       moved    a weekday off, worked for on another day (`for`)
#       workday  a Saturday or Sunday that is worked
"""

ENGLISH = {
    "元旦": "New Year's Day",
    "农历除夕": "Chinese New Year's Eve",
    "春节": "Spring Festival",
    "清明节": "Tomb-Sweeping Day",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
}


def days_of(year: int) -> list[str]:
    """TOML lines for one year, in order of date; refuses a year the two sources disagree about."""
    table = holidays.country_holidays("CN", years=year, language="zh_CN")
    day = dt.date(year, 1, 1)
    lines: list[str] = []
    while day.year == year:
        works = table.is_working_day(day)
        if works != chinese_calendar.is_workday(day):
            raise SystemExit(f"{day}: the two packages disagree; nothing is written")
        if works and day.weekday() >= 5:
            lines += entry(day, "workday", "调休上班", "Make-up workday")
        elif not works and day in table:
            lines += day_off(day, table[day])
        day += dt.timedelta(days=1)
    return lines


def day_off(day: dt.date, name: str) -> list[str]:
    if name.startswith("休息日"):
        worked = name.split()[1]
        return [*entry(day, "moved", "调休放假", "Day off in exchange"), f"for = {worked}"]
    base = name.removesuffix("（补假）")
    given = base != name
    return entry(day, "holiday", name, ENGLISH[base] + (" (day in lieu)" if given else ""))


def entry(day: dt.date, kind: str, zh: str, en: str) -> list[str]:
    return ["", "[[year.day]]", f"date = {day}", f'kind = "{kind}"', f'zh = "{zh}"', f'en = "{en}"']


def main(years: list[int]) -> None:
    text = [HEAD]
    for year in years:
        try:
            days = days_of(year)
        except NotImplementedError:
            raise SystemExit(f"{year} has not been announced; nothing is written") from None
        text += ["[[year]]", f"year = {year}", "announced = true"]
        text += [f'source = "国务院办公厅关于{year}年部分节假日安排的通知"', *days, ""]
    print("\n".join(text).rstrip())


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]])
