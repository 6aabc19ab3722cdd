"""Cases that were worked on and published, and somebody who reads."""

import pytest

from app.casework import services
from app.casework.commands import Publish, Step
from app.db import session, transaction
from app.domain.case import Case
from app.domain.report import Report, ReportType
from tests.casework.office import Office
from tests.support.browsing import browse


@pytest.fixture
def office(cast, installation) -> Office:
    return Office(cast, installation)


@pytest.fixture
def published(office):
    """Publish a case; gives its id. `point` is where its report says it is."""

    def publish(key="one", problem="反映某拌和站夜间生产。", text="经查，属实。", point=None, kind="dust") -> int:
        case = office.brought_to("city_pass", key)
        services.pass_reply(office.cast["inspector"], Step(case))
        services.publish(office.cast["inspector"], Publish(case, problem, text))
        with transaction() as writing:  # the office of casework accepts without the types that triage writes
            report = writing.get_one(Report, writing.get_one(Case, case).report_id)
            writing.add(ReportType(report_id=report.id, code=kind))
            report.latitude, report.longitude = point or (None, None)
        return case

    return publish


@pytest.fixture
def withdraw(office):
    """The leader takes it down."""

    def take_down(case: int) -> None:
        services.unpublish(office.cast["leader"], Step(case, words="有误"))

    return take_down


@pytest.fixture
def reader(app, cast):
    return browse(app)


@pytest.fixture
def number():
    return lambda case: session().get_one(Case, case).number
