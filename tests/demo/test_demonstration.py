"""The demonstration as it is made today: one play, looked at from many sides."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.db import session
from app.demo import player, signins
from app.demo.people import PASSWORD
from app.domain import catalogue
from app.domain.alarm import Alarm, AlarmKind
from app.domain.assignment import Dispute
from app.domain.attachment import Attachment
from app.domain.case import Case, ReplyPoint
from app.domain.field_record import FieldRecord
from app.domain.inspection import Inspection
from app.domain.ledger import LedgerEntry
from app.domain.message import Hook, Wish
from app.domain.people import Person
from app.domain.reply import ReplySpot
from app.domain.report import Matter, Report
from app.domain.ringing import RingUp
from app.domain.spot_check import SpotVisit
from app.domain.workflow.vocabulary import CaseAction, CaseState, ReportAction, ReportState, Role
from app.kernel import clock, crypto
from app.kernel.errors import Refused
from app.kernel.passwords import fits
from app.settings import Settings
from tests.demo import rules


def test_every_state_order_number_and_chain_is_sound(played):
    rules.check_everything()


def test_today_is_the_tenth_day_and_the_other_stay_ended_eight_months_ago(played):
    demo, past = session().scalars(select(Inspection).order_by(Inspection.id))
    assert demo.day_number(clock.today()) == 10
    assert timedelta(days=230) < clock.today() - past.ends_on < timedelta(days=260)


def test_a_county_passed_a_case_down_and_decided_a_dispute_between_its_units(played):
    levels = [[one.unit.code for one in case.holders] for case in session().scalars(select(Case)) if case.assignments]
    assert ["lusong", "lusong-urban"] in levels
    assert ["tianyuan", "tianyuan-ecology"] in levels
    decided = session().scalars(select(Dispute).where(Dispute.superior_id.is_not(None))).one()
    assert (decided.superior.code, decided.upheld) == ("lusong", False)


def test_reports_are_split_in_two_and_in_three(played):
    parts = Counter(session().scalars(select(Case.report_id).where(Case.state != CaseState.CANCELLED)))
    assert {1, 2, 3} <= set(parts.values())


def test_every_class_of_referral_occurs(played):
    assert rules.referral_classes() == set(catalogue.referral_classes())


def test_somebody_is_late_and_several_people_speak_of_one_matter(played):
    assert rules.late_cases()
    assert len(session().scalars(select(Matter.id)).all()) >= 4


def test_a_dissatisfied_reporter_has_reopened_a_review(played):
    reopened = session().scalars(select(LedgerEntry).where(LedgerEntry.action == CaseAction.REOPEN)).one()
    case = session().get(Case, reopened.noun_id)
    assert case.state == CaseState.TEAM_REVIEW
    assert reopened.role == Role.CITIZEN


def test_a_call_was_silent_a_letter_shared_a_polluter_rings_and_reporters_are_to_be_rung_up(played):
    silent = session().scalars(select(LedgerEntry).where(LedgerEntry.action == ReportAction.REGISTER_BLANK)).one()
    assert silent.target == ReportState.VOIDED
    shared = select(Report.letter_id).where(Report.letter_id.is_not(None)).group_by(Report.letter_id)
    assert len(session().scalars(shared.having(func.count() > 1)).all()) == 1
    alarm = session().scalars(select(Alarm).where(Alarm.kind == str(AlarmKind.POLLUTER))).one()
    assert (alarm.reports, alarm.seen_reports) == (3, 0)
    rung = session().scalars(
        select(RingUp).where(
            RingUp.occasion == "question", RingUp.ended_at.is_(None), RingUp.begins_on <= clock.today()
        )
    )
    assert {one.report.channel: one.clerk_id is not None for one in rung} == {"D": True, "W": False}


def test_pictures_came_with_reports_and_with_replies(played):
    kept = Counter((one.noun, one.kind) for one in session().scalars(select(Attachment)))
    assert kept.pop(("field_record", "picture")) == 2
    assert set(kept) == {("report", "picture"), ("reply", "before"), ("reply", "after"), ("spot_visit", "picture")}
    assert all(number >= 4 for (noun, _kind), number in kept.items() if noun != "spot_visit")


def test_pictures_are_in_pairs_a_point_was_returned_a_site_visited_and_a_reporter_called_back(played):
    pairs = session().scalars(select(ReplySpot)).all()
    assert pairs
    assert all(spot.before_id and spot.after_id for spot in pairs)
    assert session().scalars(select(ReplyPoint).where(ReplyPoint.returned_for != "")).all()
    assert session().scalars(select(SpotVisit)).one().found == "agrees"
    backs = session().scalars(select(RingUp.result).where(RingUp.occasion == "call_back"))
    assert sorted(backs, key=str) == [None, "satisfied"]


def test_playing_again_changes_nothing_and_tells_the_same(played):
    house = played.extensions["installation"]
    told, count = signins.told(house), select(func.count()).select_from(LedgerEntry)
    entries = session().scalar(count)
    assert player.play(house).deeds == 0
    assert session().scalar(count) == entries
    assert signins.told(house) == told


def test_every_role_has_a_sign_in_that_works(played):
    told = signins.told(played.extensions["installation"])
    assert {one.role for one in told.sign_ins} == set(Role) - {Role.CITIZEN, Role.HISTORIAN, Role.CLOCK}
    kept = {one.login: one.password_hash for one in session().scalars(select(Person))}
    assert all(one.login in kept for one in told.sign_ins)
    assert fits(kept["officer"], PASSWORD)
    assert told.passphrase


def test_the_codes_that_are_told_open_their_reports(played):
    house = played.extensions["installation"]
    for told in signins.told(house).codes:
        digest = house.code_digest(crypto.read_query_code(told.code))
        assert session().scalars(select(Report.number).where(Report.query_code_digest == digest)).one() == told.number


def test_an_installation_of_somebody_elses_is_left_alone(cast, installation):
    assert player.in_use()


def test_production_makes_no_demonstration(tmp_path):
    with pytest.raises(Refused):
        player.refuse_in_production(Settings(tmp_path, "sqlite://", "x" * 24, production=True))


def test_somebody_wants_mail_a_gateway_is_there_and_an_officer_was_at_a_gate(played):
    assert session().scalars(select(Hook.only_mobile)).all() == [True]
    assert {wish.mailing for wish in session().scalars(select(Wish))} == {"each", "daily", "never"}
    record = session().scalars(select(FieldRecord)).one()
    assert record.kept_at - record.seen_at == timedelta(hours=3)
