"""The versions of the locality's answer, each as it was written, and what changed from one to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from app.casework.queries.people import names
from app.casework.queries.pictures import Picture
from app.domain.case import FIGURES, Case, Completion, Reply, Verdict


@dataclass(frozen=True)
class AnsweredPoint:
    text: str
    finding: str
    verdict: Verdict


@dataclass(frozen=True)
class Version:
    """`figures` holds those that are not zero, by their field."""

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


def versions_of(session: Session, case: Case, pictures: Mapping[int, Sequence[Picture]]) -> list[Version]:
    """Every version, the first one first."""
    known = names(session, [one for reply in case.replies for one in (reply.written_by_id, reply.signed_by_id)])
    return [_version(reply, known, pictures.get(reply.id, ())) for reply in case.replies]


def _version(reply: Reply, known: Mapping[int, str], pictures: Sequence[Picture]) -> Version:
    return Version(
        number=reply.number,
        written_by=known.get(reply.written_by_id or 0, ""),
        written_at=reply.written_at,
        signed_by=known.get(reply.signed_by_id or 0, ""),
        signed_at=reply.signed_at,
        verdict=Verdict(reply.verdict),
        completion=Completion(reply.completion),
        points=tuple(AnsweredPoint(point.text, point.finding, Verdict(point.verdict)) for point in reply.points),
        report_upward=reply.report_upward,
        publication_draft=reply.publication_draft,
        answer=reply.answer,
        handling=reply.handling,
        target=reply.target,
        accountability=reply.accountability,
        figures={name: value for name in FIGURES if (value := getattr(reply, name))},
        before=tuple(one for one in pictures if one.kind == "before"),
        after=tuple(one for one in pictures if one.kind == "after"),
    )
