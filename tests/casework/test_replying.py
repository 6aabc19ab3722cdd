"""The unit replies: versions, points, figures, photographs, and what does not fit together."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app.casework import services
from app.casework.commands import Figures, KeepPictures, Step
from app.casework.services.replying import bound_text
from app.casework.weighing import Contradiction, contradictions, proposed_verdict
from app.db import session
from app.domain.attachment import attachments_of
from app.domain.case import Completion, Verdict
from app.domain.ledger import LedgerEntry, verify
from app.domain.workflow.vocabulary import CaseState as S
from app.kernel import clock, crypto
from app.kernel.errors import NotAllowed, NotFound, Refused
from tests.casework.office import a_photograph, an_answer, days_ago, happened_otherwise, the, unfounded

V = Verdict


@pytest.mark.parametrize(
    ("points", "verdict"),
    [
        ([V.TRUE, V.TRUE], V.TRUE),
        ([V.UNFOUNDED], V.UNFOUNDED),
        ([V.TRUE, V.UNFOUNDED], V.PARTLY),
        ([V.TRUE, V.MOSTLY], V.MOSTLY),
        ([V.PARTLY, V.TRUE], V.PARTLY),
    ],
)
def test_the_overall_verdict_follows_from_the_points(points, verdict):
    assert proposed_verdict(points) == verdict


@pytest.mark.parametrize(
    ("doubt", "changes"),
    [
        (Contradiction.UNFOUNDED_YET_PUNISHED, unfounded(figures=Figures(penalty_cases=1))),
        (Contradiction.UNFOUNDED_YET_ACCOUNTABLE, unfounded(accountability="对张某诫勉谈话")),
        (Contradiction.VERDICT_AGAINST_POINTS, {"verdict": V.PARTLY}),
        (Contradiction.FINES_WITHOUT_CASE, {"figures": Figures(fines=Decimal("0.01"))}),
        (Contradiction.DONE_WITHOUT_HANDLING, {"handling": " "}),
        (Contradiction.STAGED_WITHOUT_TARGET, {"completion": Completion.STAGED}),
        (Contradiction.ACCOUNTABLE_WITHOUT_WORDS, {"figures": Figures(held_accountable=2)}),
    ],
)
def test_what_does_not_fit_together_is_pointed_out(doubt, changes):
    assert doubt in contradictions(an_answer(1, **changes))


def test_a_reply_that_fits_together_raises_no_doubt():
    assert contradictions(an_answer(1)) == []
    assert contradictions(an_answer(1, **unfounded(accountability="无"))) == []


def test_a_contradiction_stops_the_reply_until_somebody_is_sure(office):
    key = office.brought_to("investigate")
    with pytest.raises(Refused) as refused:
        office.reply(key, **unfounded(figures=Figures(fines=Decimal(5))))
    assert "sure" in refused.value.fields
    assert the(key).replies == []
    office.reply(key, **unfounded(figures=Figures(fines=Decimal(5)), sure=True))
    entry = session().query(LedgerEntry).filter_by(action="reply").one()
    assert "unfounded_yet_punished" in entry.facts["contradictions"]


def test_the_first_reply_ends_the_feedback_clock(office, cast):
    key = office.brought_to("reply")
    case = the(key)
    first = case.replied_at
    assert case.status == S.SIGNING
    assert [reply.number for reply in case.replies] == [1]
    services.send_back(cast["unit_leader"], Step(key, "补充照片"))
    office.reply(key, report_upward="补充后的办理情况")
    case = the(key)
    assert [reply.number for reply in case.replies] == [1, 2]
    assert case.replied_at == first
    assert [reply.report_upward for reply in case.replies] == ["上报的办理情况", "补充后的办理情况"]


def test_fines_are_kept_to_the_cent(office):
    key = office.brought_to("reply")
    assert the(key).reply.fines == Decimal("20000.50")


def test_every_point_needs_its_finding(office):
    key = office.brought_to("investigate")
    with pytest.raises(Refused):
        office.reply(key, findings=an_answer(1, V.TRUE).findings)
    with pytest.raises(Refused) as refused:
        office.reply(key, answer=" ")
    assert "answer" in refused.value.fields


def test_the_ledger_binds_every_word_of_a_version(office):
    key = office.brought_to("reply")
    entry = session().query(LedgerEntry).filter_by(action="reply").one()
    (word,) = entry.words
    assert word.text is None
    assert word.digest == crypto.digest([word.salt, bound_text(the(key).reply)])
    assert verify(session()).sound


def test_only_the_lead_units_branch_replies(office, cast):
    key = office.brought_to("investigate")
    with pytest.raises(NotFound):
        office.reply(key, by="other_officer")
    with pytest.raises(NotAllowed):
        office.reply(key, by="unit_leader")


def test_a_late_reply_stays_late_whatever_comes_after(office, cast):
    key = office.brought_to("investigate")
    happened_otherwise(key, feedback_due_on=clock.today() - timedelta(days=3))
    assert the(key).late_days() == 3
    services.reply(days_ago(cast["officer"], 1), an_answer(key))
    assert the(key).late_days() == 2
    for name in ("sign_reply", "city_pass"):
        getattr(office, name)(key)
    services.pass_reply(cast["inspector"], Step(key))
    office.publish(key)
    case = the(key)
    assert (case.status, case.late_days()) == (S.PUBLISHED, 2)


def test_photographs_wait_for_their_reply(office, cast, installation):
    key = office.brought_to("investigate")
    for kind in ("before", "after"):
        words = KeepPictures(key, "form", kind, (a_photograph(),))
        assert services.keep_pictures(cast["officer"], installation, words) == []
    office.reply(key, form_key="form")
    kept = attachments_of(session(), "reply", the(key).reply.id)
    assert sorted(picture.kind for picture in kept) == ["after", "before"]


def test_a_bad_picture_is_named_and_the_good_ones_are_kept(office, cast, installation):
    key = office.brought_to("investigate")
    words = KeepPictures(key, "form", "before", (b"no picture", a_photograph()))
    assert len(services.keep_pictures(cast["officer"], installation, words)) == 1
    office.reply(key, form_key="form")
    assert len(attachments_of(session(), "reply", the(key).reply.id)) == 1


def test_nobody_attaches_the_photographs_of_another(office, cast, installation):
    key = office.brought_to("investigate")
    other = office.brought_to("investigate", key="two")
    services.keep_pictures(cast["officer"], installation, KeepPictures(other, "form", "before", (a_photograph(),)))
    office.reply(key, form_key="form")
    assert attachments_of(session(), "reply", the(key).reply.id) == []


def test_photographs_are_taken_only_from_who_may_reply(office, cast, installation):
    key = office.brought_to("assign")
    with pytest.raises(NotAllowed):
        services.keep_pictures(cast["officer"], installation, KeepPictures(key, "form", "before", (a_photograph(),)))
