"""The rectification's table: plan, measures, the ladder's steps in any order, notice, sign-off, look-back.

The order of the steps is data (app/domain/ladder.py): a row says who may sign a step at all, the guard AT_STEP
whether it is that step's turn, OWN_STEP whether this ladder gives it to the role that would sign.
"""

from itertools import chain

from app.domain.workflow.table import Table, rows
from app.domain.workflow.vocabulary import (
    Clock,
)
from app.domain.workflow.vocabulary import (
    Guard as G,
)
from app.domain.workflow.vocabulary import (
    Need as N,
)
from app.domain.workflow.vocabulary import (
    RectificationAction as A,
)
from app.domain.workflow.vocabulary import (
    RectificationState as S,
)
from app.domain.workflow.vocabulary import (
    Role as R,
)
from app.domain.workflow.vocabulary import (
    StepKind as K,
)

LADDER = (S.CLIMBING, S.SIGNED_OFF)
SIGNING = (G.AT_STEP, G.OWN_STEP, G.NOT_SIGNED_BEFORE)
ACCEPTS = (R.ACCEPTOR, R.UNIT_LEADER)
OWN = "practice: nobody signs two steps, nor what they submitted"

STEP_OF: dict[A, K] = {
    A.SELF_CHECK: K.SELF_CHECK,
    A.COUNTY_ACCEPT: K.COUNTY,
    A.DEPARTMENT_ACCEPT: K.DEPARTMENT,
    A.CITY_ACCEPT: K.CITY,
    A.OPEN_NOTICE: K.NOTICE,
    A.CLOSE_NOTICE: K.NOTICE,
    A.LEADER_SIGN: K.SIGNATURE,
    A.SIGN_OFF: K.SIGN_OFF,
    A.FILE: K.FILING,
    A.FIND_CONSOLIDATED: K.LOOK_BACK,
    A.FIND_RELAPSED: K.LOOK_BACK,
}
"""Which step an action belongs to. Opening a notice begins its step; every other action signs it."""

RECTIFICATION = Table(
    "rectification",
    tuple(
        chain(
            rows(None, A.OPEN, S.PLANNING, R.INSPECTOR, R.COORDINATOR, tells=R.OFFICER,
                 why="practice: only a case with something to put right"),
            rows(S.PLANNING, A.ADD_MEASURE, None, R.OFFICER, needs=(N.MEASURE, N.UNIT, N.DUE_ON),
                 why="practice: 一件一策"),
            rows(S.PLANNING, A.ADOPT_PLAN, S.RECTIFYING, R.OFFICER, needs=(N.TARGET, N.DUE_ON), when=G.HAS_MEASURES,
                 tells=R.COORDINATOR, why="practice: target, measures with dates"),
            rows(S.RECTIFYING, A.PROGRESS, None, R.OFFICER, needs=(N.PROGRESS, N.NOTE),
                 why="practice: 完成 / 达到序时进度 / 未达序时进度, every month"),
            rows(S.RECTIFYING, A.PROPOSE_CHANGE, None, R.OFFICER, needs=(N.CHANGE, N.REASON), when=G.NO_OPEN_CHANGE,
                 tells=R.COORDINATOR, why="practice: an adopted plan changes by approval only"),
            rows(S.RECTIFYING, A.APPROVE_CHANGE, None, R.COORDINATOR, when=(G.OPEN_CHANGE, G.NOT_OWN_CHANGE),
                 tells=R.OFFICER, why="practice: decided by somebody else; the former version is kept"),
            rows(S.RECTIFYING, A.REFUSE_CHANGE, None, R.COORDINATOR, needs=N.REASON,
                 when=(G.OPEN_CHANGE, G.NOT_OWN_CHANGE), tells=R.OFFICER, why="practice: refused with a reason"),
            rows((S.RECTIFYING, *LADDER), A.PUBLISH_PLAN, None, R.COORDINATOR,
                 when=(G.PLAN_NOT_SHOWN, G.RESULT_PUBLISHED), why="practice: 整改情况公示"),
            rows((S.RECTIFYING, S.CLIMBING), A.GATHER, None, R.OFFICER, R.COORDINATOR, needs=N.EVIDENCE,
                 why="practice: each condition of 销号 has its evidence"),
            rows((S.RECTIFYING, *LADDER), A.CONFIRM_SAME, None, R.COORDINATOR, R.INSPECTOR, needs=N.REASON,
                 tells=R.OFFICER, why="practice: 举一反三, found by the system, decided by a person"),
            rows((S.RECTIFYING, *LADDER), A.DECLINE_SAME, None, R.COORDINATOR, R.INSPECTOR, needs=N.REASON,
                 why="practice: 举一反三, the reason is kept"),
            rows(S.RECTIFYING, A.SUBMIT, S.CLIMBING, R.OFFICER, needs=N.EVIDENCE,
                 when=(G.MEASURES_DONE, G.NO_OPEN_CHANGE), tells=R.UNIT_LEADER, why="practice: 办结不等于销号"),
            rows(LADDER, A.SELF_CHECK, None, R.UNIT_LEADER, needs=N.EVIDENCE, when=SIGNING, tells=R.ACCEPTOR, why=OWN),
            rows(LADDER, A.COUNTY_ACCEPT, None, *ACCEPTS, needs=N.EVIDENCE, when=SIGNING, tells=R.ACCEPTOR, why=OWN),
            rows(LADDER, A.DEPARTMENT_ACCEPT, None, *ACCEPTS, needs=N.EVIDENCE, when=SIGNING, why=OWN),
            rows(LADDER, A.CITY_ACCEPT, None, R.ACCEPTOR, R.COORDINATOR, needs=N.EVIDENCE, when=SIGNING,
                 tells=R.COORDINATOR, why=OWN),
            rows(LADDER, A.OPEN_NOTICE, None, R.COORDINATOR, needs=N.OPINION, when=(G.AT_STEP, G.NO_NOTICE_YET),
                 within=Clock.NOTICE, tells=R.CITIZEN, why="practice: 10 working days before sign-off"),
            rows(LADDER, A.OBJECT, None, R.CITIZEN, needs=N.OBJECTION, when=G.NOTICE_RUNNING, tells=R.COORDINATOR,
                 why="practice: anyone may object during the notice"),
            rows(LADDER, A.UPHOLD_OBJECTION, S.RECTIFYING, R.COORDINATOR, needs=N.ANSWER, when=G.OPEN_OBJECTION,
                 tells=(R.CITIZEN, R.OFFICER), why="practice: upheld returns the cycle"),
            rows(LADDER, A.DISMISS_OBJECTION, None, R.COORDINATOR, needs=N.ANSWER, when=G.OPEN_OBJECTION,
                 tells=R.CITIZEN, why="practice: dismissed needs reasons"),
            rows(LADDER, A.CLOSE_NOTICE, None, R.COORDINATOR, needs=N.NOTE,
                 when=(*SIGNING, G.NOTICE_OVER, G.OBJECTIONS_ANSWERED), tells=R.UNIT_LEADER, why=OWN),
            rows(LADDER, A.LEADER_SIGN, None, R.UNIT_LEADER, R.LEADER, needs=N.NOTE, when=SIGNING, tells=R.LEADER,
                 why=OWN),
            rows(S.CLIMBING, A.SIGN_OFF, S.SIGNED_OFF, R.LEADER, R.COORDINATOR, needs=(N.CHECKLIST, N.NOTE),
                 when=(*SIGNING, G.MEASURES_DONE, G.EVIDENCE_GATHERED), tells=(R.OFFICER, R.CITIZEN),
                 why="practice: the five conditions of 销号"),
            rows(LADDER, A.FILE, None, R.INSPECTOR, R.COORDINATOR, needs=N.NOTE, when=SIGNING,
                 within=Clock.LOOK_BACK, why=OWN),
            rows(S.SIGNED_OFF, A.FIND_CONSOLIDATED, S.CONSOLIDATED, R.INSPECTOR, R.COORDINATOR, needs=N.NOTE,
                 when=SIGNING, why="practice: 回头看"),
            rows(S.SIGNED_OFF, A.FIND_RELAPSED, S.RELAPSED, R.INSPECTOR, R.COORDINATOR, needs=N.NOTE,
                 when=SIGNING, tells=(R.OFFICER, R.COORDINATOR), why="practice: a relapse opens a new cycle, history kept"),
            rows(S.SIGNED_OFF, A.DRAW_LOOK_BACK, None, R.INSPECTOR, R.LEADER, when=G.LOOK_BACK_SET,
                 tells=R.COORDINATOR, why="practice: look-backs by day and by sample"),
            rows((S.SIGNED_OFF, S.CONSOLIDATED), A.REPORTED_AGAIN, None, R.CLOCK, tells=(R.INSPECTOR, R.COORDINATOR),
                 why="practice: a report that names a signed-off site is raised at once"),
            rows(S.CLIMBING, A.REFUSE, S.RECTIFYING, R.UNIT_LEADER, R.ACCEPTOR, R.COORDINATOR, R.LEADER,
                 needs=N.REASON, when=(G.AT_STEP, G.OBJECTIONS_ANSWERED), tells=R.OFFICER,
                 why="practice: refused with a reason; no objection is left unanswered"),
        )
    ),
    S,
    A,
)  # fmt: skip


def signers(kind: K) -> frozenset[R]:
    """Who may sign a step of this kind, read from the rows."""
    actions = {action for action, step in STEP_OF.items() if step == kind}
    return frozenset(role for row in RECTIFICATION.rows if row.action in actions for role in row.roles)
