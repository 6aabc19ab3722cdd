"""What is known while the demonstration is played: who is who, and under which id each record was kept."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from app.db import session
from app.demo.times import Days
from app.domain.installation import Installation
from app.domain.people import CITIZEN, Actor
from app.domain.report import Report
from app.kernel import crypto

Part = tuple[str, str]
"""A case: its report's name in the script and its area. A batch: its inspection's code and its label."""


@dataclass
class Stage:
    """`actors` by login; `inspections` and `units` by code; `reports` by their name in the script."""

    house: Installation
    actors: dict[str, Actor] = field(default_factory=dict)
    days: dict[str, Days] = field(default_factory=dict)
    inspections: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    reports: dict[str, int] = field(default_factory=dict)
    cases: dict[Part, int] = field(default_factory=dict)
    cycles: dict[Part, int] = field(default_factory=dict)
    batches: dict[Part, int] = field(default_factory=dict)

    def actor(self, login: str, moment: datetime) -> Actor:
        return self.actors[login].at(moment)

    def number(self, report: str) -> str:
        """The number a report was given."""
        kept = session().get(Report, self.reports[report])
        return kept.number if kept else ""

    def keep(self, report: str, inspection: str, number: str) -> None:
        """Remember a report by the number on its receipt."""
        wanted = select(Report.id).where(Report.inspection_id == self.inspections[inspection], Report.number == number)
        self.reports[report] = session().scalars(wanted).one()


def citizen(moment: datetime) -> Actor:
    return CITIZEN.at(moment)


def submission_key(house: Installation, report: str) -> str:
    """The key of the form a report came with: only this installation can make it again, and so its query code."""
    return crypto.keyed_digest(house.code_key, f"demonstration {report}")


def query_code(house: Installation, report: str) -> str:
    return crypto.query_code_from(house.code_key, submission_key(house, report))
