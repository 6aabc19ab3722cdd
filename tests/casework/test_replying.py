"""The unit replies: versions, points, figures, photographs, and what does not fit together."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app.casework import services
from app.casework.commands import Figures, KeepDocument, KeepPictures, Measure, Source, Spot, Step
from app.casework.services.replying import bound_text
from app.casework.stated import numbers_in
from app.casework.weighing import Contradiction, Files, contradictions, proposed_verdict, remarks
from app.db import session
from app.domain.attachment import attachments_of
from app.domain.case import Completion, Verdict
from app.domain.ledger import LedgerEntry, verify
from app.domain.reply import MeasureKind
from app.domain.workflow.vocabulary import CaseState as S
from app.kernel import clock, crypto
from app.kernel.errors import NotAllowed, NotFound, Refused
from tests.casework.office import PLANNED, a_photograph, an_answer, days_ago, happened_otherwise, the, unfounded

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
        (Contradiction.DONE_WITH_OPEN_MEASURES, {"measures": (PLANNED,)}),
    ],
)
def test_what_does_not_fit_together_is_pointed_out(doubt, changes):
    assert doubt in contradictions(an_answer(1, **changes))


def test_a_reply_that_fits_together_raises_no_doubt():
    assert contradictions(an_answer(1)) == []
    assert contradictions(an_answer(1, **unfounded(accountability="无"))) == []


def test_a_contradiction_stops_the_reply_until_it_is_answered(office, cast):
    key = office.brought_to("investigate")
    odd = unfounded(figures=Figures(fines=Decimal(5)), answers={})
    with pytest.raises(Refused) as refused:
        office.reply(key, **odd)
    names = {"because_unfounded_yet_punished", "because_fines_without_case"}
    names |= {"because_figure_without_text_fines", "because_figure_without_copy_fines"}
    assert set(refused.value.fields) == names
    with pytest.raises(Refused):
        services.check_reply(cast["officer"], an_answer(key, **odd))
    assert the(key).replies == []
    why = dict.fromkeys(names, "已在另案处罚。")
    services.check_reply(cast["officer"], an_answer(key, **odd | {"answers": why}))
    assert the(key).replies == [], "looking it over sends nothing"
    office.reply(key, **odd | {"answers": why})
    assert [remark.answer for remark in the(key).reply.remarks] == ["已在另案处罚。"] * 4
    entry = session().query(LedgerEntry).filter_by(action="reply").one()
    assert "unfounded_yet_punished" in entry.facts["contradictions"]


@pytest.mark.parametrize(
    ("figure", "text", "numbers"),
    [
        ("fines", "责令改正，并处罚款人民币2.5万元；对另一家罚款3,000元。", ["25000", "3000"]),
        ("rectify_orders", "责令整改3家，责令立即整改企业两家。", ["3", "2"]),
        ("penalty_cases", "立案处罚2起；由公安机关立案侦查1件。", ["2"]),
        ("criminal_cases", "由公安机关立案侦查1件。", ["1"]),
        ("interviewed", "约谈企业负责人十二人。", ["12"]),
        ("held_accountable", "对1名干部问责。", ["1"]),
        ("admin_detained", "未采取强制措施。", []),
    ],
)
def test_numbers_are_read_off_the_words_they_stand_beside(figure, text, numbers):
    assert numbers_in(figure, text) == [Decimal(number) for number in numbers]


@pytest.mark.parametrize(
    ("fines", "handling", "found"),
    [
        ("20000", "罚款2万元。", []),
        ("23000", "对甲罚款2万元，对乙罚款3000元。", []),
        ("2000", "罚款2万元。", [("figure_against_text", "20000")]),
        ("0", "罚款2万元。", [("figure_against_text", "20000")]),
        ("20000", "已整改。", [("figure_without_text", "")]),
    ],
)
def test_a_figure_that_is_not_what_the_text_says_is_pointed_out(fines, handling, found):
    words = an_answer(1, handling=handling, figures=Figures(fines=Decimal(fines)))
    seen = [(str(one.code), one.stated) for one in remarks(words, Files()) if one.about == "fines"]
    assert [one for one in seen if one[0] != "figure_without_copy"] == found


def test_everything_that_is_missing_is_named_by_its_field(office):
    key = office.brought_to("investigate")
    half = Source("", "株天环罚〔2026〕12号", None)
    empty = Measure(MeasureKind.AT_ONCE, 2, "", "天元区", None)
    with pytest.raises(Refused) as refused:
        office.reply(
            key, figures=Figures(fines=Decimal(5)), sources={"fines": half}, answer=" ", completion=Completion.OPEN,
            measures=(empty,), spots=(Spot(1, "厂区东门"),),
        )  # fmt: skip
    assert list(refused.value.fields) == [
        "answer", "fines_unit", "fines_dated", "at_once_text_2", "at_once_day_2", "planned_text_1", "before_1",
    ]  # fmt: skip
    assert the(key).replies == []


def test_a_spot_keeps_its_pair_over_the_versions_and_an_open_one_is_pointed_out(office, cast, installation):
    key = office.brought_to("investigate")
    officer = cast["officer"]
    for slot in ("before_1", "before_1", "after_1", "before_2"):
        services.keep_pictures(officer, installation, KeepPictures(key, "form", slot, (a_photograph(),)))
    document = KeepDocument(key, "form", "fines", "决定书.pdf", b"%PDF-1.4\n%%EOF\n")
    assert services.keep_document(officer, installation, document) == ()
    spots = (Spot(1, "厂区东门"), Spot(2, "排口"))
    words = an_answer(key, spots=spots, measures=(PLANNED,), form_key="form")
    codes = [(str(one.code), one.about) for one in services.remarks_on(officer, words)]
    assert ("done_without_pictures", "") not in codes
    assert ("figure_without_copy", "fines") not in codes
    services.reply(officer, words)
    first = the(key).reply
    shown = [(spot.place, spot.before_id, spot.after_id) for spot in first.spots]
    assert shown[0][1] != shown[0][2]
    assert shown[1][2] is None
    assert len(attachments_of(session(), "reply", first.id)) == 4, "of two pictures for one place the last one counts"
    assert [(one.kind, one.day) for one in first.measures] == [("planned", PLANNED.day)]
    services.send_back(cast["unit_leader"], Step(key, "请改"))
    services.keep_pictures(officer, installation, KeepPictures(key, "next", "after_2", (a_photograph("red"),)))
    office.reply(key, spots=(spots[0], Spot(2, "排口", fresh=True)), form_key="next")
    again = [(spot.place, spot.before_id, spot.after_id) for spot in the(key).reply.spots]
    assert again[0] == shown[0]
    assert (again[1][1], again[1][2] is not None) == (None, True)
    copies = {one.figure: one.attachment_id for one in the(key).reply.sources}
    assert copies["fines"] is not None
    assert copies["rectify_orders"] is None


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
