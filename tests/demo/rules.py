"""What must be true of every demonstration, whenever it was made."""

import re
from collections import defaultdict

from sqlalchemy import func, select

from app.db import session
from app.domain.batch import Batch, BatchStage
from app.domain.case import Case
from app.domain.ledger import LedgerEntry, verify
from app.domain.rectification import Rectification
from app.domain.report import Referral, Report
from app.domain.workflow.vocabulary import CaseState, RectificationState, ReportState
from app.kernel import clock

NOUNS = ((Report, ReportState), (Case, CaseState), (Rectification, RectificationState))


def check_everything() -> None:
    check_states()
    check_moments()
    check_numbers()
    check_batches()
    check_ledger()


def check_states() -> None:
    """Every state of the three tables has somebody in it."""
    for noun, states in NOUNS:
        found = set(session().scalars(select(noun.state).distinct()))
        assert found == set(states), f"{noun.__name__}: nobody is {set(states) - found}"


def check_moments() -> None:
    """Nothing lies in the future, and no record's story turns back."""
    entries = session().scalars(select(LedgerEntry).order_by(LedgerEntry.id)).all()
    stories = defaultdict(list)
    for entry in entries:
        assert entry.at <= entry.recorded_at
        stories[entry.chain, entry.noun, entry.noun_id].append(entry.at)
    assert all(story == sorted(story) for story in stories.values())
    chains = defaultdict(list)
    for entry in entries:
        chains[entry.chain].append(entry.at)
    assert all(story == sorted(story) for story in chains.values()), "a chain was not written in order"


def check_numbers() -> None:
    """Each day's serials of a channel begin at 1 and miss none, and the number names its own day."""
    serials = defaultdict(list)
    for report in session().scalars(select(Report)):
        channel, day, serial = re.fullmatch(r"(.)\dZZ(\d{8})(\d{4})", report.number).groups()
        assert day == f"{clock.local_date(report.received_at):%Y%m%d}"
        serials[report.inspection_id, channel, day].append(int(serial))
    for found in serials.values():
        assert sorted(found) == list(range(1, len(found) + 1))


def check_batches() -> None:
    """A batch each morning, signed for but for the last two; what was handed over says what it handed over."""
    stages = defaultdict(list)
    for batch in session().scalars(select(Batch).order_by(Batch.inspection_id, Batch.ordinal, Batch.sub)):
        stages[batch.inspection_id].append(batch.stage)
        if batch.stage != BatchStage.CLOSED:
            assert len(batch.manifest) == len(batch.cases)
    running, finished = stages.values()
    assert running[-2:] == [BatchStage.HANDED_OVER, BatchStage.CLOSED]
    assert set(running[:-2]) == set(finished) == {BatchStage.SIGNED}


def check_ledger() -> None:
    verdict = verify(session())
    assert verdict.sound, verdict.what
    assert verdict.entries == session().scalar(select(func.count()).select_from(LedgerEntry))


def late_cases() -> list[Case]:
    """Cases past their day today, which nobody has answered."""
    waiting = session().scalars(select(Case).where(Case.replied_at.is_(None), Case.feedback_due_on.is_not(None)))
    return [case for case in waiting if case.late_days() > 0]


def referral_classes() -> set[str]:
    return set(session().scalars(select(Referral.referral_class).where(Referral.withdrawn_at.is_(None))))
