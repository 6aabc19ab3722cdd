"""A whole file of published rows: each is imported, already there, or named with its reason; none is lost silently."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select

from app.db import session
from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.receiving import submission_digest
from app.domain.report import Report
from app.domain.tables.recognising import Places, places_of
from app.domain.workflow.vocabulary import ReportState
from app.history.entering import enter
from app.history.files import FoundRow, read_file
from app.history.rows import PublishedRow, Read, understand
from app.kernel.errors import N_, OfficeError, Refused


class Fate(StrEnum):
    IMPORTED = "imported"
    ALREADY = "already there"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """What became of the row at `place` of the file; `reason` only for one that was refused."""

    place: int
    fate: Fate
    reason: str = ""
    number: str = ""


@dataclass
class Import:
    """One file into one inspection. With `dry_run` nothing is written: what would happen is said all the same."""

    house: Installation
    inspection_code: str
    dry_run: bool = False
    seen: dict[str, str] = field(default_factory=dict)
    """Only for a dry run: what the rows before would have brought (key → "", number → its words)."""

    def run(self, file: Path) -> Iterator[Outcome]:
        """Raises Refused for an unknown inspection or a file without such rows, OSError for one that is not there."""
        inspection = find_inspection(self.inspection_code)
        places = places_of(session(), inspection)
        for found in read_file(file):
            try:
                yield self._one(inspection, places, found)
            except OfficeError as error:
                yield Outcome(found.place, Fate.REFUSED, str(error))

    def _one(self, inspection: Inspection, places: Places, found: FoundRow) -> Outcome:
        if found.row is None:
            raise Refused(found.problem)
        read, key = understand(found.row, inspection), found.row.key(inspection)
        if self._is_there(inspection, key, found.row):
            return Outcome(found.place, Fate.ALREADY, number=found.row.number)
        if self.dry_run:
            self.seen |= {key: "", f"number {found.row.number}": found.row.description}
            return Outcome(found.place, Fate.IMPORTED, number=found.row.number)
        return Outcome(found.place, Fate.IMPORTED, number=self._enter(inspection, places, read, key))

    def _enter(self, inspection: Inspection, places: Places, read: Read, key: str) -> str:
        return enter(self.house, inspection.id, read, places.recognise(read.row.area), key)

    def _is_there(self, inspection: Inspection, key: str, row: PublishedRow) -> bool:
        """Whether this very row, or one of its number and words, is there. Raises Refused when the number is another's.

        A row that was cut short half-way is not there yet.
        """
        digest = submission_digest(self.house, key)
        done = session().scalar(select(Report.state).where(Report.submission_key == digest))
        if done is not None or key in self.seen:
            return done is None or done == ReportState.ANSWERED
        if not row.number:
            return False
        same = select(Report.description).where(Report.inspection_id == inspection.id, Report.number == row.number)
        words = session().scalar(same) or self.seen.get(f"number {row.number}")
        if words is not None and words != row.description:
            raise Refused(N_("its number %(number)s belongs to another report"), number=row.number)
        return words is not None


def find_inspection(code: str) -> Inspection:
    """Raises Refused, naming those there are."""
    every = {one.code: one for one in session().scalars(select(Inspection).order_by(Inspection.code))}
    if code not in every:
        known = ", ".join(every) or "none"
        raise Refused(N_("There is no inspection %(code)s; there are: %(known)s."), code=code, known=known)
    return every[code]
