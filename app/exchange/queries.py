"""What other systems read: the inspections they may name, and of the cases what everybody may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from app.db import session
from app.domain import catalogue
from app.domain.case import Case, Completion, Verdict
from app.domain.geography import Place
from app.domain.inspection import Inspection
from app.domain.region import Region
from app.domain.report import Precision, Report, ReportType
from app.domain.systems import ApiKey
from app.domain.tables.disclosure import printed
from app.domain.tables.figures import PUBLISHED
from app.domain.tables.places import NEEDED, public_point
from app.exchange.commands import Wanted
from app.kernel import clock
from app.kernel.errors import N_, NotFound, Refused

SPAN = timedelta(days=90)
KNOWN_DAY = (Precision.MOMENT, Precision.DAY)


@dataclass(frozen=True)
class PublishedRequest:
    """A published case. Days only: the hour of receipt is nobody's business, and the point is rounded."""

    number: str
    problem: str
    findings: str
    handling: str
    verdict: Verdict | None
    completion: Completion | None
    types: tuple[str, ...]
    area: str
    area_code: str
    received_on: date | None
    published_on: date
    point: Place | None

    @property
    def closed(self) -> bool:
        return self.completion == Completion.DONE


def jurisdiction(code: str) -> Inspection:
    """The inspection of this code; without one, the only one that is open (or that there is).

    Raises NotFound for an unknown code, Refused when one has to be named.
    """
    every = list(session().scalars(select(Inspection).order_by(Inspection.starts_on.desc(), Inspection.id)))
    if code:
        found = next((one for one in every if one.code == code), None)
        if found is None:
            raise NotFound(N_("There is no such jurisdiction_id."))
        return found
    offered = [one for one in every if one.is_open(clock.today())] or every
    if len(offered) != 1:
        raise Refused(N_("jurisdiction_id was not given, and there is more than one inspection, or none."))
    return offered[0]


def open_inspections() -> Sequence[Inspection]:
    every = session().scalars(select(Inspection).order_by(Inspection.starts_on.desc(), Inspection.id))
    return [one for one in every if one.is_open(clock.today())]


def services_of(inspection: Inspection) -> list[catalogue.Entry]:
    """The pollution types one may report here, in printed order."""
    return [catalogue.types()[code] for code in inspection.settings.types if code in catalogue.types()]


def service(inspection: Inspection, code: str) -> catalogue.Entry:
    """Raises NotFound."""
    found = next((one for one in services_of(inspection) if one.code == code), None)
    if found is None:
        raise NotFound(N_("There is no such service_code."))
    return found


def questions_of(inspection: Inspection, code: str) -> list[catalogue.Question]:
    """What is asked in addition about one type."""
    return [one for one in catalogue.questions(inspection.settings.questions).values() if one.type == code]


def published(inspection: Inspection, wanted: Wanted) -> list[PublishedRequest]:
    """The newest first. Raises Refused for a span of more than ninety days, NotFound for an unknown service."""
    query = _allowed(inspection)
    if wanted.numbers:
        query = query.where(or_(Case.number.in_(wanted.numbers), Report.number.in_(wanted.numbers)))
    else:
        query = query.where(*_narrowed(inspection, wanted))
    page = query.offset((wanted.page - 1) * wanted.size).limit(wanted.size)
    return [_row(row) for row in session().execute(page)]


def published_as(inspection: Inspection, number: str) -> list[PublishedRequest]:
    """The published cases under the number of a case or of its report. Raises NotFound when there are none."""
    found = published(inspection, Wanted(numbers=(number,)))
    if not found:
        raise NotFound(N_("There is no published request of this number."))
    return found


def every_key() -> list[tuple[ApiKey, str]]:
    """Every key with the code of its inspection."""
    query = select(ApiKey, Inspection.code).outerjoin(Inspection, Inspection.id == ApiKey.inspection_id)
    return [(key, code or "") for key, code in session().execute(query.order_by(ApiKey.id))]


def _allowed(inspection: Inspection) -> Select[Any]:
    query: Select[Any] = printed(
        Case.id, Case.published_at, Report.received_at, Report.precision, *NEEDED,
    )  # fmt: skip
    return query.where(Case.inspection_id == inspection.id, PUBLISHED).order_by(
        Report.received_at.desc(), Case.id.desc()
    )


def _narrowed(inspection: Inspection, wanted: Wanted) -> list[ColumnElement[bool]]:
    found = _received(wanted)
    if wanted.services:
        kinds = {service(inspection, code).code for code in wanted.services}
        kinds |= {tag.code for tag in catalogue.tags().values() if tag.parent in kinds}
        found.append(Case.report_id.in_(select(ReportType.report_id).where(ReportType.code.in_(kinds))))
    if wanted.closed is not None:
        done = Case.completion == Completion.DONE
        found.append(done if wanted.closed else or_(Case.completion.is_(None), ~done))
    return found


def _received(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Whole days, as they are published: asking for a smaller and smaller span must not find out the hour."""
    until = wanted.until or (wanted.since + SPAN if wanted.since else clock.now())
    since = wanted.since or until - SPAN
    if until - since > SPAN:
        raise Refused(N_("start_date and end_date may not be more than 90 days apart."))
    first = clock.local_date(since)
    first = first if clock.at_local(first, time.min) >= since else first + timedelta(days=1)
    return [
        Report.precision.in_(KNOWN_DAY),
        Report.received_at >= clock.at_local(first, time.min),
        Report.received_at < clock.end_of_day(clock.local_date(until)),
    ]


def _row(row: Any) -> PublishedRequest:
    known = row.precision in KNOWN_DAY
    return PublishedRequest(
        number=row.number,
        problem=row.publication_problem,
        findings=row.publication_text,
        handling=row.publication_handling,
        verdict=Verdict(row.verdict) if row.verdict else None,
        completion=Completion(row.completion) if row.completion else None,
        types=tuple(row.types),
        area=row.area,
        area_code=row.area_code or "",
        received_on=clock.local_date(row.received_at) if known else None,
        published_on=clock.local_date(row.published_at),
        point=public_point(row),
    )


def known_area(address_id: str) -> Region | None:
    """The region an address_id names."""
    return session().get(Region, address_id) if address_id else None
