"""The ladder: in its own order, each step by somebody else, refused with a reason, looked back at."""

from datetime import timedelta

import pytest

from app.db import session
from app.domain.ladder import DEFAULT_LADDER
from app.domain.ledger import LedgerEntry, verify
from app.domain.rectification import CHECKLIST, Progress, Rectification
from app.domain.workflow.vocabulary import Guard, Role
from app.domain.workflow.vocabulary import RectificationAction as A
from app.domain.workflow.vocabulary import RectificationState as S
from app.domain.workflow.vocabulary import StepKind as K
from app.kernel import clock
from app.kernel.errors import NotAllowed, NotFound, Refused, Stale
from app.rectification import queries, services
from app.rectification.commands import (
    AddMeasure,
    AdoptPlan,
    LookBack,
    OpenCycle,
    RefuseStep,
    ReportProgress,
    SignStep,
    Submit,
)


def test_a_cycle_is_climbed_by_different_people_to_the_look_back(climber):
    climber.plan().submit().up_to().sign(A.FIND_CONSOLIDATED)
    record = climber.record
    assert record.status == S.CONSOLIDATED
    assert [step.kind for step in record.steps] == [str(rung.kind) for rung in DEFAULT_LADDER]
    signed = [step.signed_by_id for step in record.steps]
    assert len(set(signed)) == len(signed)
    assert record.submitted_by_id not in signed
    assert record.steps[5].checklist.keys() == CHECKLIST.keys()
    assert record.look_back_on == clock.local_date(record.steps[6].signed_at + timedelta(days=90))
    assert verify(session()).sound


def test_the_notice_may_come_after_the_sign_off(make_climber, set_ladder):
    set_ladder(K.SELF_CHECK, K.DEPARTMENT, K.SIGNATURE, K.SIGN_OFF, K.NOTICE, K.FILING, K.LOOK_BACK)
    climber = make_climber().plan().submit()
    climber.sign(A.SELF_CHECK).sign(A.DEPARTMENT_ACCEPT, "city_acceptor").sign(A.LEADER_SIGN).sign(A.SIGN_OFF)
    climber.sign(A.OPEN_NOTICE).sign(A.CLOSE_NOTICE).sign(A.FILE).sign(A.FIND_CONSOLIDATED)
    assert climber.record.status == S.CONSOLIDATED


def test_a_new_order_of_steps_touches_no_running_cycle(climber, make_climber, set_ladder):
    climber.plan()
    set_ladder(K.SELF_CHECK, K.SIGN_OFF, K.FILING, K.LOOK_BACK)
    climber.submit()
    assert climber.record.rungs == DEFAULT_LADDER
    assert len(make_climber().plan().submit().record.steps) == 4


def test_a_step_out_of_turn_is_refused(climber):
    climber.plan().submit()
    with pytest.raises(Refused, match="not this step's turn"):
        climber.sign(A.COUNTY_ACCEPT)


@pytest.mark.parametrize("login", ["officer", "acceptor", "coordinator", "leader", "inspector"])
def test_a_step_is_signed_by_its_own_role_only(climber, login):
    climber.plan().submit()
    with pytest.raises(NotAllowed):
        climber.sign(A.SELF_CHECK, login)


def test_nobody_signs_two_steps_of_one_ladder(climber):
    climber.plan().submit().sign(A.SELF_CHECK).sign(A.COUNTY_ACCEPT)
    with pytest.raises(Refused, match="Nobody signs two steps"):
        climber.sign(A.CITY_ACCEPT, "acceptor")
    offer = queries.view(climber.cast["acceptor"], climber.cycle).offer(A.CITY_ACCEPT)
    assert offer is not None
    assert offer.blocked == Guard.NOT_SIGNED_BEFORE


def test_nobody_signs_what_they_submitted(climber, cast):
    climber.plan()
    both = cast["officer"]
    both = type(both)(both.person_id, both.name, (*both.appointments, *cast["unit_leader"].appointments))
    services.submit(both, Submit(climber.cycle, evidence="材料"))
    assert Role.UNIT_LEADER in both.roles
    with pytest.raises(Refused, match="nor what they themselves submitted"):
        services.sign_step(both, SignStep(climber.cycle, action=A.SELF_CHECK, words="好"))


def test_a_step_needs_its_evidence(climber):
    climber.plan().submit()
    with pytest.raises(Refused) as refusal:
        climber.sign(A.SELF_CHECK, words=" ")
    assert set(refusal.value.fields) == {"evidence"}
    assert climber.record.steps[0].signed_at is None


def test_every_line_of_the_checklist_needs_its_evidence(climber, cast):
    climber.plan().submit().up_to(A.SIGN_OFF)
    with pytest.raises(Refused) as refusal:
        services.sign_step(
            cast["leader"], SignStep(climber.cycle, action=A.SIGN_OFF, words="同意", checklist={"effect": "达标"})
        )
    assert set(refusal.value.fields) == {f"checklist_{code}" for code in CHECKLIST} - {"checklist_effect"}
    assert climber.record.signed_off_at is None


def test_a_refused_step_sends_the_cycle_back_and_the_next_try_signs_anew(climber, cast):
    climber.plan().submit().sign(A.SELF_CHECK)
    with pytest.raises(Refused):
        services.refuse_step(cast["acceptor"], RefuseStep(climber.cycle, reason=""))
    services.refuse_step(cast["acceptor"], RefuseStep(climber.cycle, reason="除臭设施未运行"))
    assert climber.record.status == S.RECTIFYING
    climber.submit()
    view = queries.view(cast["officer"], climber.cycle)
    assert [number for number, _steps in view.climbs] == [2, 1]
    first = view.climbs[1][1]
    assert [step.standing for step in first[:3]] == ["done", "refused", "ahead"]
    assert first[1].said == "除臭设施未运行"
    assert all(step.signed_at is None for step in climber.record.steps)
    climber.sign(A.SELF_CHECK).sign(A.COUNTY_ACCEPT)


def test_only_the_role_of_the_present_step_may_refuse_it(climber, cast):
    climber.plan().submit()
    with pytest.raises(Refused, match="not this step's turn"):
        services.refuse_step(cast["acceptor"], RefuseStep(climber.cycle, reason="不行"))


def test_a_relapse_opens_the_next_cycle_and_keeps_the_history(climber, cast):
    climber.plan().submit().up_to()
    following = climber.sign(A.FIND_RELAPSED)
    assert climber.record.status == S.RELAPSED
    second = session().get_one(Rectification, following)
    assert (second.cycle, second.status, second.case_id) == (2, S.PLANNING, climber.record.case_id)
    seen = queries.view(cast["officer"], following)
    assert [(number, state) for number, _id, state in seen.cycles] == [(1, S.RELAPSED), (2, S.PLANNING)]
    assert len(queries.view(cast["officer"], climber.cycle).climbs[0][1]) == len(DEFAULT_LADDER)


def test_a_look_back_says_one_of_two_things(climber, cast):
    with pytest.raises(Refused):
        services.look_back(cast["inspector2"], LookBack(climber.cycle, action=A.FILE, note="看过"))
    with pytest.raises(Refused):
        services.sign_step(cast["inspector2"], SignStep(climber.cycle, action=A.FIND_RELAPSED, words="看过"))


def test_only_a_reviewed_case_with_something_to_put_right_has_a_cycle(cast, make_case):
    def refused(match, **otherwise):
        with pytest.raises(Refused, match=match):
            services.open_cycle(cast["inspector"], OpenCycle(make_case(**otherwise)))

    refused("passed review", published=False)
    refused("unfounded", verdict="unfounded")
    refused("lead unit", lead=None)


def test_a_case_is_opened_once(climber, cast):
    with pytest.raises(Refused, match="already"):
        services.open_cycle(cast["coordinator"], OpenCycle(climber.record.case_id))


def test_a_cycle_is_opened_by_inspector_or_coordinator(cast, make_case):
    case = make_case()
    with pytest.raises(NotAllowed):
        services.open_cycle(cast["officer"], OpenCycle(case))
    with pytest.raises(NotFound):
        services.open_cycle(cast["foreign_inspector"], OpenCycle(case))
    assert services.open_cycle(cast["coordinator"], OpenCycle(case))


def test_a_plan_needs_measures_and_ends_after_them(climber, cast):
    day = clock.today()
    with pytest.raises(Refused, match="no measure"):
        services.adopt_plan(cast["officer"], AdoptPlan(climber.cycle, target="达标", target_on=day))
    services.add_measure(
        cast["officer"],
        AddMeasure(climber.cycle, text="换炭", unit_id=cast.units["tianyuan"], due_on=day + timedelta(days=9)),
    )
    with pytest.raises(Refused) as refusal:
        services.adopt_plan(cast["officer"], AdoptPlan(climber.cycle, target="达标", target_on=day))
    assert set(refusal.value.fields) == {"due_on"}
    with pytest.raises(Refused) as refusal:
        services.add_measure(cast["officer"], AddMeasure(climber.cycle, text="换炭", unit_id=99999, due_on=day))
    assert set(refusal.value.fields) == {"unit"}
    assert climber.record.status == S.PLANNING


def test_nothing_is_submitted_before_every_measure_is_done(climber):
    climber.plan(progress=Progress.BEHIND)
    with pytest.raises(Refused, match="Not every measure is done"):
        climber.submit()
    assert climber.record.climb == 0
    climber.report(Progress.DONE).submit()


def test_a_measure_of_another_cycle_is_not_there(climber, make_climber, cast):
    other = make_climber().plan()
    climber.plan()
    with pytest.raises(NotFound):
        services.report_progress(
            cast["officer"],
            ReportProgress(climber.cycle, measure_id=other.record.measures[0].id, progress=Progress.DONE, note="好"),
        )


def test_a_stale_page_changes_nothing(climber, cast):
    climber.plan()
    with pytest.raises(Stale):
        services.submit(cast["officer"], Submit(climber.cycle, 1, evidence="材料"))


@pytest.mark.parametrize("login", ["other_officer", "foreign_coordinator", "foreign_inspector", "clerk"])
def test_somebody_elses_cycle_is_not_there(climber, cast, login):
    with pytest.raises(NotFound):
        queries.view(cast[login], climber.cycle)
    with pytest.raises(NotFound):
        services.submit(cast[login], Submit(climber.cycle, evidence="材料"))


def test_the_moment_of_an_action_is_the_actors(climber, cast):
    climber.plan()
    entry = session().query(LedgerEntry).filter_by(noun="rectification", action="adopt_plan").one()
    assert entry.at > clock.now()
