"""What is suggested for a report: the voices of this installation, asked about its words."""

from collections.abc import Sequence
from functools import lru_cache

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.inspection import Inspection
from app.domain.region import areas_of
from app.domain.report import Report
from app.domain.search import Repeat
from app.domain.suggesting.kinds import Suggestion
from app.domain.suggesting.model import Model, read
from app.domain.suggesting.places import names
from app.domain.suggesting.records import SuggestionModel
from app.domain.suggesting.rules import rules, sound
from app.domain.suggesting.similar import earlier_ones, fates, similar
from app.domain.suggesting.weighing import Heard, Voices
from app.kernel.errors import Refused

log = structlog.get_logger()
TRIED = 5
"""How many of the newest models are tried until one can be read."""


def suggestions(session: Session, report: Report, likes: Sequence[Repeat] | None = None) -> list[Suggestion]:
    """Everything anybody would say about this report, also what is too weak to be shown.

    `likes`: the reports that are like it, where they have been looked up already.
    """
    known = similar(session, report) if likes is None else likes
    heard = Heard(
        words=words_of(report),
        types=tuple(report.types),
        area=report.area_code,
        fates=fates(session, known),
    )
    return [*voices(session, report.inspection).weigh(heard), *earlier_ones(report, known)]


def words_of(report: Report) -> str:
    """What a suggestion is read from, and the model learns from: the words, the place, and who pollutes."""
    return "\n".join(part for part in (report.description, report.place, report.polluter) if part)


def voices(session: Session, inspection: Inspection) -> Voices:
    """Who is asked in this inspection."""
    version, model = newest(session)
    locality = inspection.region_code
    return Voices(
        rules=sound(rules(session)),
        model=model,
        version=version,
        names=names(session, locality),
        offered=frozenset(inspection.settings.types),
        areas=frozenset(area.code for area in areas_of(session, locality)),
    )


def newest(session: Session) -> tuple[int, Model | None]:
    """The newest model that can be read, and its number; 0 and None while there is none.

    One that was damaged is passed over: the former one speaks on.
    """
    query = select(SuggestionModel.id, SuggestionModel.digest).order_by(SuggestionModel.id.desc()).limit(TRIED)
    for version, digest in session.execute(query):
        model = _known(version, digest) or _load(session, version, digest)
        if model is not None:
            return version, model
    return 0, None


@lru_cache(maxsize=2)
def _shelf(version: int, digest: str) -> list[Model]:  # noqa: ARG001  (they are the key)
    return []


def _known(version: int, digest: str) -> Model | None:
    return next(iter(_shelf(version, digest)), None)


def _load(session: Session, version: int, digest: str) -> Model | None:
    body = session.scalar(select(SuggestionModel.body).where(SuggestionModel.id == version))
    try:
        model = read(body or "", digest)
    except Refused as error:
        log.warning("model refused", version=version, error=error.message)
        return None
    _shelf(version, digest).append(model)
    return model
