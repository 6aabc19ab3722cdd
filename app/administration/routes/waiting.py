"""What waits for an administrator: years whose holidays must be entered before deadlines reach into them."""

from collections.abc import Sequence

from flask import url_for

from app.administration.queries import calendar
from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.workflow.vocabulary import Role
from app.kernel import clock
from app.kernel.errors import N_
from app.web.home import Work

ANNOUNCED_BY = 11
"""The State Council announces a year's holidays in November of the year before."""


def waiting(actor: Actor, _inspection: Inspection) -> Sequence[Work]:
    if Role.ADMINISTRATOR not in actor.roles:
        return ()
    today = clock.today()
    needed = [today.year] + ([today.year + 1] if today.month >= ANNOUNCED_BY else [])
    open_years = [year for year in needed if not calendar.year(year).announced]
    return [Work(N_("Years without announced holidays"), url_for("administration.calendar_years"), len(open_years))]
