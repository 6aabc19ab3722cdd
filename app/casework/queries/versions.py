"""The versions of the locality's answer, each as it was written, and what changed from one to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from app.casework.queries.people import names
from app.casework.queries.pictures import Picture
from app.casework.weighing import Contradiction, because
from app.domain.case import FIGURES, Case, Completion, Reply, Verdict
from app.domain.reply import MeasureKind


@dataclass(frozen=True)
class AnsweredPoint:
    """`returned_for`: why this point was sent back, "" where it was not."""

    text: str
    finding: str
    verdict: Verdict
    returned_for: str


@dataclass(frozen=True)
class ShownSource:
    """The document behind a figure; `copy` is what was attached of it."""

    figure: str
    unit: str
    document: str
    dated: date
    copy: Picture | None


@dataclass(frozen=True)
class ShownMeasure:
    kind: MeasureKind
    text: str
    unit: str
    day: date


@dataclass(frozen=True)
class ShownSpot:
    """One spot before and after; either may be missing. `position` is its row in the next version's form."""

    position: int
    place: str
    before: Picture | None
    after: Picture | None


@dataclass(frozen=True)
class ShownRemark:
    """What did not fit together, and why it stands. `about`: the figure it speaks of."""

    code: Contradiction
    about: str
    stated: str
    answer: str

    @property
    def name(self) -> str:
        return because(self.code, self.about)


@dataclass(frozen=True)
class Version:
    """`figures` holds those that are not zero, by their field; `before` and `after` pictures that belong to no spot."""

    number: int
    written_by: str
    written_at: datetime
    signed_by: str
    signed_at: datetime | None
    verdict: Verdict
    completion: Completion
    points: tuple[AnsweredPoint, ...]
    report_upward: str
    publication_draft: str
    answer: str
    handling: str
    target: str
    accountability: str
    figures: Mapping[str, int | Decimal]
    before: tuple[Picture, ...]
    after: tuple[Picture, ...]
    sources: tuple[ShownSource, ...]
    measures: tuple[ShownMeasure, ...]
    spots: tuple[ShownSpot, ...]
    remarks: tuple[ShownRemark, ...]

    def measures_of(self, kind: MeasureKind) -> list[ShownMeasure]:
        return [one for one in self.measures if one.kind == kind]

    @property
    def was_returned(self) -> bool:
        return any(point.returned_for for point in self.points)


def versions_of(session: Session, case: Case, pictures: Mapping[int, Sequence[Picture]]) -> list[Version]:
    """Every version, the first one first."""
    known = names(session, [one for reply in case.replies for one in (reply.written_by_id, reply.signed_by_id)])
    files = {one.id: one for some in pictures.values() for one in some}
    paired = {one for reply in case.replies for spot in reply.spots for one in (spot.before_id, spot.after_id)}
    return [
        _version(reply, known, files, [one for one in pictures.get(reply.id, ()) if one.id not in paired])
        for reply in case.replies
    ]


def _version(
    reply: Reply, known: Mapping[int, str], files: Mapping[int, Picture], others: Sequence[Picture]
) -> Version:
    return Version(
        number=reply.number,
        written_by=known.get(reply.written_by_id or 0, ""),
        written_at=reply.written_at,
        signed_by=known.get(reply.signed_by_id or 0, ""),
        signed_at=reply.signed_at,
        verdict=Verdict(reply.verdict),
        completion=Completion(reply.completion),
        points=tuple(
            AnsweredPoint(point.text, point.finding, Verdict(point.verdict), point.returned_for)
            for point in reply.points
        ),
        report_upward=reply.report_upward,
        publication_draft=reply.publication_draft,
        answer=reply.answer,
        handling=reply.handling,
        target=reply.target,
        accountability=reply.accountability,
        figures={name: value for name in FIGURES if (value := getattr(reply, name))},
        before=tuple(one for one in others if one.kind == "before"),
        after=tuple(one for one in others if one.kind == "after"),
        **_parts(reply, files),
    )


def _parts(reply: Reply, files: Mapping[int, Picture]) -> dict[str, Any]:
    """What the words rest on."""
    return {
        "sources": tuple(
            ShownSource(one.figure, one.unit, one.document, one.dated, files.get(one.attachment_id or 0))
            for one in reply.sources
        ),
        "measures": tuple(ShownMeasure(MeasureKind(one.kind), one.text, one.unit, one.day) for one in reply.measures),
        "spots": tuple(
            ShownSpot(one.position, one.place, files.get(one.before_id or 0), files.get(one.after_id or 0))
            for one in reply.spots
        ),
        "remarks": tuple(
            ShownRemark(Contradiction(one.code), one.about, one.stated, one.answer) for one in reply.remarks
        ),
    }
