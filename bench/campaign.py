"""A campaign made up of a day's published figures: its cases as triage leaves them, then closed and handed over."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy.orm import Session

from app.batches.services import close_day, hand_over
from app.db import session, transaction
from app.domain.batch import Batch
from app.domain.case import Case
from app.domain.inspection import Inspection, InspectionSettings
from app.domain.people import Actor, Appointment
from app.domain.region import Region
from app.domain.report import Channel, Report
from app.domain.tables.bulletin import Bulletin, bulletin
from app.domain.workflow.vocabulary import CaseState, ReportState, Role
from app.kernel import clock

TENTH = Decimal("0.1")
MOST_TAGS = 4
"""How many types a case has at the most, when only shares were published."""


@dataclass(frozen=True)
class Day:
    """What was published of one batch. `areas`: reports handed to each; `further`: the (+N), by area.

    `tags`: how many cases carry each class. `before`: everything handed over earlier, by area (reports, further).
    """

    total: int
    areas: dict[str, int]
    further: dict[str, int] = field(default_factory=dict)
    shared: tuple[tuple[str, str], ...] = ()
    channels: dict[Channel, int] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)
    key: int = 0
    before: dict[str, tuple[int, int]] = field(default_factory=dict)


def counts_of(shares: dict[str, Decimal], cases: int) -> dict[str, int]:
    """How often each class was named, when only its share of all tags is known: the fewest tags that come nearest."""
    best: tuple[Decimal, dict[str, int]] = (Decimal(100), {})
    for tags in range(cases, cases * MOST_TAGS + 1):
        found = {kind: int((share * tags / 100).quantize(Decimal(1), ROUND_HALF_UP)) for kind, share in shares.items()}
        off = sum((abs(share_of(count, tags) - shares[kind]) for kind, count in found.items()), Decimal(0))
        if sum(found.values()) == tags and max(found.values()) <= cases and off < best[0]:
            best = (off, found)
    return best[1]


def share_of(count: int, tags: int) -> Decimal:
    """In hundredths, to one decimal, as the bulletin prints it."""
    return (Decimal(100 * count) / tags).quantize(TENTH, ROUND_HALF_UP)


def types_by_case(tags: dict[str, int], cases: int) -> list[list[str]]:
    """The classes of each case: one after the other, so that no case has a class twice."""
    found: list[list[str]] = [[] for _ in range(cases)]
    place = 0
    for kind, count in tags.items():
        for _ in range(count):
            found[place % cases].append(kind)
            place += 1
    return found


def told(name: str, day: Day) -> Bulletin:
    """The bulletin of a campaign in which exactly this was handed over."""
    evening = clock.at_local(clock.today() - timedelta(days=1), datetime.min.time()) + timedelta(hours=21)
    with transaction() as writing:
        inspection = _inspection(writing, name, day)
        if day.before:
            _earlier(writing, inspection, day, evening - timedelta(days=1))
        _today(writing, inspection, day, evening - timedelta(hours=12))
    actor = Actor(None, name, tuple(Appointment(role, inspection.id) for role in (Role.INSPECTOR, Role.LEADER)))
    batch_id = close_day(actor.at(evening), inspection.id)
    hand_over(actor.at(evening), batch_id)
    batch = session().get_one(Batch, batch_id)
    return bulletin(session(), batch.inspection, batch)


def codes(name: str, day: Day) -> dict[str, str]:
    every = dict.fromkeys([*day.areas, *day.further, *day.before, *(one for pair in day.shared for one in pair)])
    return {area: f"{name}-{place:02}" for place, area in enumerate(every, 1)}


def _inspection(writing: Session, name: str, day: Day) -> Inspection:
    writing.add(Region(code=name, parent_code=None, zh=name, en=name, short=name, kind="city"))
    writing.flush()
    for place, (area, code) in enumerate(codes(name, day).items()):
        region = Region(code=code, parent_code=name, zh=area, en=area, short=area, kind="county", position=place)
        writing.add(region)
    found = Inspection(
        code=name,
        round="一轮",
        team="一组",
        region_code=name,
        starts_on=clock.today() - timedelta(days=20),
        ends_on=clock.today(),
        kept_settings=InspectionSettings().keep(),
    )
    writing.add(found)
    writing.flush()
    return found


def _rows(day: Day) -> list[tuple[str, int, bool]]:
    """(area, item, shared) of every case: whole reports, then those that two areas share, then further parts."""
    halves = [area for pair in day.shared for area in pair]
    whole = [(area, 1, False) for area, count in day.areas.items() for _ in range(count)]
    further = [(area, 2, False) for area, count in day.further.items() for _ in range(count)]
    return [*whole, *((area, 1, True) for area in halves), *further]


def _today(writing: Session, inspection: Inspection, day: Day, moment: datetime) -> None:
    rows, places = _rows(day), codes(inspection.code, day)
    kinds = types_by_case(day.tags, len(rows))
    channels = [channel for channel, count in day.channels.items() for _ in range(count)]
    reports: list[Report] = []
    halves, last = 0, 0
    for number, (area, item, shared) in enumerate(rows):
        second_half = shared and halves % 2 == 1
        halves += shared
        if item == 1 and not second_half:
            channel = channels[len(reports)] if channels else Channel.CALL
            reports.append(_report(inspection, len(reports), moment, channel))
            last, part = len(reports) - 1, 1
        else:
            part = 2 + number
        report = reports[last] if second_half else reports[0] if item > 1 else reports[-1]
        case = _case(inspection, report, places[area], area, moment)
        case.part, case.item, case.shared, case.types = part, item, shared, kinds[number]
        case.number = f"{report.number}-{part}"
        case.key = item == 1 and not shared and number < day.key
        writing.add(case)


def _earlier(writing: Session, inspection: Inspection, day: Day, moment: datetime) -> None:
    """What was handed over before, as one batch: only its records are counted."""
    batch = Batch(
        inspection_id=inspection.id,
        ordinal=1,
        window_from=moment - timedelta(days=9),
        window_to=moment,
        closed_at=moment,
        handed_over_at=moment,
    )
    writing.add(batch)
    writing.flush()
    places, number = codes(inspection.code, day), 0
    for area, (firsts, further) in day.before.items():
        for item in [1] * firsts + [2] * further:
            number += 1
            report = _report(inspection, 100_000 + number, moment - timedelta(hours=12), Channel.CALL)
            case = _case(inspection, report, places[area], area, moment)
            case.number, case.part, case.item = report.number, 1, item
            case.state, case.batch_id = str(CaseState.HANDED_OVER), batch.id
            writing.add(case)


def _report(inspection: Inspection, number: int, moment: datetime, channel: Channel) -> Report:
    return Report(
        inspection_id=inspection.id,
        number=f"{inspection.code}{number:06}",
        channel=str(channel),
        received_at=moment,
        description="反映：某处有异味。",
        state=str(ReportState.ACCEPTED),
        state_since=moment,
    )


def _case(inspection: Inspection, report: Report, code: str, area: str, moment: datetime) -> Case:
    return Case(
        inspection_id=inspection.id,
        report=report,
        area_code=code,
        area_printed=area,
        handover_text="反映：某处有异味。",
        text_approved_at=moment,
        second_approved_at=moment,
        state=str(CaseState.PREPARED),
        state_since=moment,
    )


def areas_told(found: Bulletin) -> dict[str, tuple[object, object]]:
    """(reports, further) of each area of the day, as the bulletin has them."""
    parts = {one.area.zh: (one.today.reports, one.today.further) for one in found.areas}
    return {area: part for area, part in parts.items() if part != (0, 0)}


def kinds_told(found: Bulletin, order: Sequence[str]) -> dict[str, Decimal]:
    shares = {one.entry.zh: one.percent for one in found.kinds}
    return {kind: shares[kind] for kind in order if kind in shares}
