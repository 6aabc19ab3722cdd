"""All deeds of the demonstration, in the order in which they happened."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from app.demo import batches, cases, cycles, reading, reports
from app.demo.handling import About
from app.demo.script import Cycle, Measure, Report, Stay
from app.demo.times import Chain, Days, Deed
from app.domain.case import Completion
from app.domain.rectification import Progress
from app.kernel import clock
from app.kernel.calendar import WorkCalendar

REHEARSAL = timedelta(days=3)


def days_of(stay: Stay, today: date) -> Days:
    return Days(today + timedelta(days=stay.start_offset))


def before_all(today: date) -> datetime:
    """When inspections, units and people were entered: some days before the first stay."""
    first = min(days_of(stay, today).first for stay in reading.stays())
    return Days(first - REHEARSAL).at(1, "09:00")


def score(present: datetime, calendar: WorkCalendar) -> list[Deed]:
    """Every deed at a moment that has passed, none before what it stands on. Reads no clock and no database."""
    today = clock.local_date(present)
    deeds = [deed for stay in reading.stays() for deed in _of_stay(stay, today, calendar)]
    return [deed.squeezed(present) for deed in sorted(deeds, key=lambda deed: deed.moment)]


def _of_stay(stay: Stay, today: date, calendar: WorkCalendar) -> Iterator[Deed]:
    days = days_of(stay, today)
    number = days.number(today)

    def notice_end(opened: date) -> date:
        return calendar.after_working_days(opened, int(stay.settings["notice_working_days"])).day

    yield from batches.deeds(stay, days, number).deeds
    for report in reading.reports(stay.code):
        yield from _of_report(stay, report, days, number, notice_end)


def _of_report(stay: Stay, report: Report, days: Days, today: int, notice_end: cycles.NoticeEnd) -> Iterator[Deed]:
    chain = Chain(days, days.of(report.when) - timedelta(minutes=1))
    reports.receive(chain, stay, report)
    reports.judge(chain, report, today)
    yield from chain.deeds
    beside = Chain(days, chain.last)
    reports.follow(beside, report)
    yield from beside.deeds
    ends = []
    for part in report.parts:
        story, about = Chain(days, chain.last), About(stay, report, part)
        cases.handle(story, about, today)
        ends.append(story.last)
        cycle = part.rectification or _promised(about)
        if cycle:
            cycles.put_right(story, about, cycle, notice_end, today)
        yield from story.deeds
    after = Chain(days, max(ends, default=chain.last))
    reports.conclude(after, report)
    yield from after.deeds


def _promised(about: About) -> Cycle | None:
    """What a published answer still promises becomes a rectification that is being planned."""
    part, reply = about.part, about.part.reply
    if part.stage != "published" or reply is None or reply.completion != Completion.STAGED:
        return None
    later = [one for one in reply.measures if one.days]
    measures = tuple(Measure(one.text, about.lead, one.days, Progress.ON_SCHEDULE) for one in later)
    return Cycle(target=reply.goal, measures=measures, step="planning")
