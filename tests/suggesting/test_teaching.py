"""A model learns from the decisions of this office that stand, from nothing else, and from not too few."""

import pytest
from sqlalchemy import update

from app.db import session, transaction
from app.domain.ledger import LedgerEntry
from app.domain.report import Report
from app.domain.suggesting import asking, learning, teaching
from app.domain.suggesting.kinds import Kind, Voice
from app.domain.suggesting.records import SuggestionModel
from app.domain.suggesting.weighing import Heard
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel.errors import Refused
from app.triage.commands import Refer
from app.triage.services import refer
from tests.support.reports import the_report


def padded(words, place):
    """The same matter in another report's words: most of it is its own, so that no two are near-duplicates."""
    return words + "，" + "".join(chr(0x5000 + place * 40 + step) for step in range(30))


def decide(office, cast, each):
    for place in range(each):
        office.accepted(office.report(padded("烟囱冒青烟，天空灰暗", place)))
        report = office.report(padded("包工头跑路，血汗没着落", place + each))
        refer(cast["inspector"], Refer(report, "labour", "市人社局", "已移交。"))


def test_a_model_is_learned_measured_kept_ledgered_and_speaks(office, cast):
    decide(office, cast, 20)
    session().rollback()
    lesson = teaching.train()
    assert lesson.learned_from == 40
    assert lesson.worth["scope"]["f1"] > 0.9
    voices = asking.voices(session(), the_report(office.report()).inspection)
    said = {one.kind: one for one in voices.weigh(Heard("包工头跑路了，我们没着落"))}
    assert said[Kind.SCOPE].value == "refer"
    assert Voice.MODEL in {one.voice for one in said[Kind.SCOPE].grounds}
    kept = session().get_one(SuggestionModel, lesson.version)
    entry = session().query(LedgerEntry).filter_by(noun="suggestion_model").one()
    assert entry.facts == {"learned_from": 40, "digest": kept.digest}


def test_learning_the_same_again_keeps_no_second_model(office, cast):
    decide(office, cast, 20)
    session().rollback()
    teaching.train()
    assert teaching.train().version is None


def test_before_enough_is_decided_only_rules_speak(office, cast, installation):
    decide(office, cast, 3)
    session().rollback()
    with pytest.raises(Refused, match="Too little"):
        teaching.train()
    teaching.learn_nightly(installation)
    assert asking.newest(session()) == (0, None)


def test_undone_void_merged_and_entered_ones_teach_nothing(office):
    undone, void, entered, stands = (office.report(f"{name}烟") for name in ("撤", "空", "史", "立"))
    for report in (undone, entered, stands):
        office.accepted(report, tags=("fumes",))
    office.decide(undone, A.UNDO, by="leader", reason="再看")
    office.decide(void, A.VOID, reason="广告")
    with transaction() as s:
        s.execute(update(Report).where(Report.id == stands).values(polluter="某厂"))
    taught = teaching.decided(session())
    assert [one.labels for one in taught] == [{"scope", "type:air", "tag:fumes"}] * 2
    assert taught[-1].words == "立烟\n某厂"
    assert learning.heads_of(taught) == []
