"""The public notice: its days, its objections, and what nobody may read there."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import inspect, select, text

from app.db import db, session, transaction
from app.domain.ledger import LedgerWord
from app.domain.people import CITIZEN
from app.domain.rectification import Notice, Objection
from app.domain.reporter import Identity
from app.domain.workflow.vocabulary import RectificationAction as A
from app.domain.workflow.vocabulary import RectificationState as S
from app.kernel import clock
from app.kernel.errors import NotAllowed, NotFound, Refused
from app.rectification import queries, services
from app.rectification.commands import AnswerObjection, CloseNotice, ObjectTo, OpenNotice, RefuseStep
from tests.support.browsing import browse

NAME, PHONE = "反对者王小二", "13912345678"


@pytest.fixture
def noticed(climber):
    """A cycle whose notice was opened at the climber's moment."""
    return climber.plan().submit().up_to(A.OPEN_NOTICE).sign(A.OPEN_NOTICE)


@pytest.fixture
def object_to(installation, noticed):
    def make(words="烟囱夜里还在冒烟", key="k1", notice=None, **more):
        actor = CITIZEN.at(noticed.moment)
        return services.object_to(actor, installation, ObjectTo(notice or noticed.record.notice.id, words, key, **more))

    return make


def opened_on(make_climber, day):
    moment = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    climber = make_climber(moment=moment - timedelta(days=7)).plan().submit().up_to(A.OPEN_NOTICE)
    climber.moment = moment - timedelta(days=1)
    return climber.sign(A.OPEN_NOTICE).record.notice


def test_a_notice_runs_ten_working_days_across_national_day(make_climber):
    notice = opened_on(make_climber, date(2026, 9, 28))
    # 29 and 30 September, 8 to 10 October (the 10th a Saturday worked in exchange), 12 to 16 October
    assert (notice.starts_on, notice.ends_on, notice.announced) == (date(2026, 9, 28), date(2026, 10, 16), True)


def test_a_notice_into_a_year_without_a_calendar_says_so(make_climber, app):
    notice = opened_on(make_climber, date(2026, 12, 28))
    assert (notice.ends_on, notice.announced) == (date(2027, 1, 11), False)
    assert "尚未公布放假安排" in browse(app).get(f"/notices/{notice.id}")


def test_the_days_are_shown_before_the_notice_is_opened(climber, cast):
    climber.plan().submit().up_to(A.OPEN_NOTICE)
    with time_machine.travel(datetime(2026, 9, 28, 2, tzinfo=UTC), tick=False):
        assert queries.notice_days(cast["coordinator"], climber.cycle).day == date(2026, 10, 16)


def test_the_number_of_days_is_the_inspections(make_climber, cast):
    from app.domain.inspection import Inspection

    with transaction() as database:
        inspection = database.get_one(Inspection, cast.ours)
        inspection.kept_settings = {**inspection.kept_settings, "notice_working_days": 7}
    assert opened_on(make_climber, date(2026, 9, 28)).ends_on == date(2026, 10, 13)


def test_a_notice_prints_published_texts_and_needs_them(climber, cast):
    climber.plan().submit().up_to(A.OPEN_NOTICE)
    with transaction() as database:
        database.merge(climber.record.case).published_at = None
    with pytest.raises(Refused, match="not been published"):
        climber.sign(A.OPEN_NOTICE)
    assert climber.record.notice is None


def test_a_notice_is_opened_once(noticed, cast):
    with pytest.raises(Refused, match="already open"):
        services.open_notice(cast["coordinator"], OpenNotice(noticed.cycle))


def test_a_notice_is_not_closed_before_it_is_over(noticed, cast):
    last = clock.end_of_day(noticed.record.notice.ends_on) - timedelta(minutes=1)
    with pytest.raises(Refused, match="not over"):
        services.close_notice(cast["coordinator"].at(last), CloseNotice(noticed.cycle, note="期满"))
    noticed.sign(A.CLOSE_NOTICE)
    assert noticed.record.due_on is None


def test_the_same_form_sent_twice_is_one_objection(object_to, noticed):
    assert object_to().fresh
    assert not object_to().fresh
    assert session().query(Objection).count() == 1
    assert object_to(key="k2").fresh


def test_an_objection_says_something_and_comes_in_time(object_to, noticed, installation):
    with pytest.raises(Refused) as refusal:
        object_to(words="  ")
    assert set(refusal.value.fields) == {"objection"}
    late = CITIZEN.at(clock.end_of_day(noticed.record.notice.ends_on))
    with pytest.raises(Refused, match="No public notice is running"):
        services.object_to(late, installation, ObjectTo(noticed.record.notice.id, "还在冒烟", "late"))
    with pytest.raises(NotFound):
        object_to(notice=99999)
    assert session().query(Objection).count() == session().query(Identity).filter_by(noun="objection").count() == 0


def test_an_open_objection_holds_the_notice_open_and_the_ladder_still(object_to, noticed, cast):
    object_to()
    with pytest.raises(Refused, match="has not been answered"):
        noticed.sign(A.CLOSE_NOTICE)
    with pytest.raises(Refused, match="has not been answered"):
        services.refuse_step(cast["coordinator"], RefuseStep(noticed.cycle, reason="退回"))


def test_a_dismissed_objection_needs_reasons_and_lets_the_ladder_go_on(object_to, noticed, cast):
    one = object_to().objection_id
    with pytest.raises(Refused) as refusal:
        services.answer_objection(cast["coordinator"], AnswerObjection(one, upheld=False, answer=""))
    assert set(refusal.value.fields) == {"answer"}
    with pytest.raises(NotAllowed):
        services.answer_objection(cast["officer"], AnswerObjection(one, upheld=False, answer="不成立"))
    with pytest.raises(NotFound):
        services.answer_objection(cast["foreign_coordinator"], AnswerObjection(one, upheld=False, answer="不成立"))
    services.answer_objection(cast["coordinator"], AnswerObjection(one, upheld=False, answer="夜间复测三次均达标"))
    with pytest.raises(Refused, match="already"):
        services.answer_objection(cast["coordinator"], AnswerObjection(one, upheld=True, answer="再想想"))
    noticed.sign(A.CLOSE_NOTICE).sign(A.LEADER_SIGN)


def test_an_upheld_objection_returns_the_cycle_and_ends_the_notice(object_to, noticed, cast, installation):
    first, second = object_to().objection_id, object_to(key="k2").objection_id
    old = noticed.record.notice.id
    services.answer_objection(cast["coordinator"], AnswerObjection(first, upheld=True, answer="属实，退回整改"))
    record = noticed.record
    assert record.status == S.RECTIFYING
    assert session().get_one(Objection, second).upheld is True
    assert record.steps[3].refused_at is not None
    noticed.submit().up_to(A.OPEN_NOTICE).sign(A.OPEN_NOTICE)
    assert noticed.record.notice.id != old
    with pytest.raises(Refused, match="over"):
        object_to(key="k3", notice=old)
    shown, outcomes = queries.public_notice(old)
    assert shown.returned
    assert [one.upheld for one in outcomes] == [True, True]


def test_what_was_signed_off_is_so_no_longer_when_an_objection_is_upheld(make_climber, set_ladder, cast, installation):
    set_ladder("self_check", "sign_off", "notice", "filing", "look_back")
    climber = make_climber().plan().submit().sign(A.SELF_CHECK).sign(A.SIGN_OFF).sign(A.OPEN_NOTICE)
    made = services.object_to(CITIZEN.at(climber.moment), installation, ObjectTo(climber.record.notice.id, "没改", "k"))
    services.answer_objection(cast["coordinator"], AnswerObjection(made.objection_id, upheld=True, answer="退回"))
    assert (climber.record.status, climber.record.signed_off_at) == (S.RECTIFYING, None)


def test_who_objects_is_in_the_vault_and_nowhere_else(object_to, noticed, app):
    object_to(name=NAME, phone=PHONE)
    identity = session().scalars(select(Identity).where(Identity.noun == "objection")).one()
    assert (identity.has_name, identity.has_phone) == (True, True)
    for table in inspect(db.engine).get_table_names():
        for row in session().execute(text(f"SELECT * FROM {table}")):
            kept = " ".join(str(value) for value in row)
            assert NAME not in kept
            assert PHONE not in kept


def test_the_ledger_binds_an_objection_without_keeping_it_twice(object_to, noticed):
    object_to(words="烟囱夜里还在冒烟")
    word = session().scalars(select(LedgerWord).where(LedgerWord.need == "objection")).one()
    assert word.text is None


def test_the_unit_reads_the_answer_but_not_the_objectors_words(object_to, noticed, cast):
    object_to(words="我从三楼看见的")
    for login, reads in (
        ("coordinator", True),
        ("inspector", True),
        ("officer", False),
        ("unit_leader", False),
        ("acceptor", False),
    ):
        shown = repr(queries.view(cast[login], noticed.cycle))
        assert ("我从三楼看见的" in shown) is reads


def test_a_case_that_is_unpublished_takes_its_notice_along(noticed, object_to):
    with transaction() as database:
        database.merge(noticed.record.case).published_at = None
    notice = session().scalars(select(Notice.id)).one()
    with pytest.raises(NotFound):
        queries.public_notice(notice)
    with pytest.raises(NotFound):
        object_to(notice=notice)
