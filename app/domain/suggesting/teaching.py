"""From the office's own decisions to a kept model: by the command `hotline suggestions train`, and every night."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.db import session, transaction
from app.domain import catalogue
from app.domain.doings import Doing, write_down
from app.domain.installation import Installation
from app.domain.people import SYSTEM
from app.domain.report import Referral, Report, ReportType
from app.domain.suggesting import learning
from app.domain.suggesting.learning import Example, Score
from app.domain.suggesting.model import Model, digest_of, read, write
from app.domain.suggesting.records import SuggestionModel
from app.domain.workflow.vocabulary import ReportState, Role
from app.jobs import job
from app.kernel import clock
from app.kernel.errors import N_, Refused

log = structlog.get_logger()
MOST = 20_000
"""Reports that are learned from: the newest."""
MODELS_KEPT = 10
IN_SCOPE = (ReportState.ACCEPTED, ReportState.ANSWERED)
SCOPE, TYPE, TAG, CLASS = "scope", "type", "tag", "class"


@dataclass(frozen=True)
class Lesson:
    """What came of a training. `version` is None when nothing new was to be learned."""

    version: int | None
    learned_from: int
    heads: int
    worth: dict[str, Any]


@job("suggestions.learn", every=1440)
def learn_nightly(_house: Installation) -> None:
    """A night on which there is too little to learn from is no failure."""
    try:
        train()
    except Refused as error:
        log.info("nothing learned", why=error.message)


def train() -> Lesson:
    """Learn a model from every decision that stands, measure it, keep it.

    Raises Refused when too little was decided.
    """
    examples = learning.distinct(decided(session()))
    heads = learning.heads_of(examples)
    if len(examples) < learning.FEWEST or SCOPE not in heads:
        raise Refused(
            N_("Too little has been decided: %(few)s reports. %(least)s are needed, %(side)s of each side."),
            few=len(examples),
            least=learning.FEWEST,
            side=learning.FEWEST_OF_A_SIDE,
        )
    model = learning.fit(examples, heads)
    scores = learning.measured(examples[-learning.MOST_JUDGED_TWICE :], heads)
    worth = {head: _told(score) for head, score in scores.items()}
    return Lesson(keep_model(model, len(examples), worth), len(examples), len(heads), worth)


def _told(score: Score) -> dict[str, float | int]:
    return {
        "right": score.right,
        "wrongly": score.wrongly,
        "missed": score.missed,
        "rightly_not": score.rightly_not,
        "accuracy": round(score.accuracy, 3),
        "f1": round(score.macro_f1, 3),
    }


def keep_model(model: Model, learned_from: int, worth: dict[str, Any]) -> int | None:
    """Keep a model under the next number; None when the newest one says the same. Old ones are thrown away."""
    return keep_body(write(model), learned_from, worth)


def keep_body(body: str, learned_from: int, worth: dict[str, Any]) -> int | None:
    """Keep a model as it was written. Raises Refused for what is none; what was kept before stays."""
    read(body)
    with transaction() as writing:
        ids = list(writing.scalars(select(SuggestionModel.id).order_by(SuggestionModel.id.desc())))
        newest = writing.get(SuggestionModel, ids[0]) if ids else None
        if newest is not None and newest.digest == digest_of(body):
            return None
        kept = SuggestionModel(
            trained_at=clock.now(), learned_from=learned_from, digest=digest_of(body), worth=worth, body=body
        )
        writing.add(kept)
        writing.flush()
        facts = {"learned_from": learned_from, "digest": kept.digest}
        write_down(writing, SYSTEM, Role.CLOCK, Doing.LEARN_SUGGESTIONS, "suggestion_model", kept.id, facts=facts)
        writing.execute(delete(SuggestionModel).where(SuggestionModel.id.in_(ids[MODELS_KEPT - 1 :])))
        return kept.id


def decided(reading: Session) -> list[Example]:
    """The decisions that stand, the oldest first: what is accepted with its types, what is referred with its class.

    Not what was undone (it waits again), merged, void, or entered as history: that is not this office's judgement of
    a reporter's words.
    """
    standing = (Referral.report_id == Report.id) & Referral.withdrawn_at.is_(None)
    states = [str(state) for state in (*IN_SCOPE, ReportState.REFERRED)]
    query = (
        select(Report.id, Report.state, Report.description, Report.place, Report.polluter, Referral.referral_class)
        .outerjoin(Referral, standing)
        .where(Report.state.in_(states), Report.history.is_(False))
        .order_by(Report.id.desc())
        .limit(MOST)
    )
    rows = reading.execute(query).all()
    types = _types(reading, [row.id for row in rows if row.state != ReportState.REFERRED])
    found = []
    for row in reversed(rows):
        words = "\n".join(part for part in (row.description, row.place, row.polluter) if part)
        if row.state == ReportState.REFERRED:
            found.append(Example(words, frozenset({f"{CLASS}:{row.referral_class}"}), frozenset({SCOPE, CLASS})))
        else:
            found.append(Example(words, frozenset({SCOPE, *types[row.id]}), frozenset({SCOPE, TYPE, TAG})))
    return found


def _types(reading: Session, ids: list[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for start in range(0, len(ids), 500):
        query = select(ReportType.report_id, ReportType.code).where(ReportType.report_id.in_(ids[start : start + 500]))
        for report_id, code in reading.execute(query):
            found[report_id].add(f"{TAG if code in catalogue.tags() else TYPE}:{code}")
    return found
