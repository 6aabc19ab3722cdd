"""The case's table: from the accepted part of a report to its published answer."""

from itertools import chain

from app.domain.workflow.table import Table, rows
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import CaseState as S
from app.domain.workflow.vocabulary import Clock
from app.domain.workflow.vocabulary import Guard as G
from app.domain.workflow.vocabulary import Need as N
from app.domain.workflow.vocabulary import Role as R

WITH_THE_UNIT = (S.ASSIGNED, S.INVESTIGATING, S.RETURNED)
ANSWERED = (S.PASSED, S.PUBLISHED)
ONCE_ANSWERED = (S.SIGNING, S.CITY_REVIEW, S.TEAM_REVIEW, S.SECOND_CHECK, S.RETURNED, *ANSWERED)
"""A case that was drawn for a spot check may be under review again when somebody gets there."""

CASE = Table(
    "case",
    tuple(
        chain(
            rows(None, A.OPEN, S.PREPARED, R.INSPECTOR, R.HISTORIAN, why="practice: one case for each area (分解)"),
            rows((S.PREPARED, S.BATCHED), A.APPROVE_TEXT, None, R.INSPECTOR, R.LEADER, needs=N.HANDOVER_TEXT,
                 when=G.NOT_HANDED_OVER, why="环境保护法 57: 转办文本不得泄露举报人信息"),
            rows((S.PREPARED, S.BATCHED), A.SECOND_APPROVE, None, R.INSPECTOR, R.LEADER,
                 when=(G.NOT_HANDED_OVER, G.TEXT_APPROVED, G.SECOND_PERSON),
                 why="practice: the text of a key or real-name report passes four eyes"),
            rows(S.PREPARED, A.BATCH, S.BATCHED, R.INSPECTOR, R.LEADER, when=(G.TEXT_APPROVED, G.SECOND_APPROVED),
                 why="practice: one batch a day"),
            rows(S.BATCHED, A.TAKE_OUT, S.PREPARED, R.INSPECTOR, R.LEADER, needs=N.REASON, when=G.NOT_HANDED_OVER,
                 why="practice: until it is handed over"),
            rows(S.BATCHED, A.HAND_OVER, S.HANDED_OVER, R.LEADER, when=(G.TEXT_APPROVED, G.SECOND_APPROVED),
                 within=Clock.FEEDBACK, tells=R.COORDINATOR, why="practice: 交办函"),
            rows(S.HANDED_OVER, A.SIGN_FOR, S.RECEIVED, R.COORDINATOR, when=G.IN_SIGNED_BATCH,
                 why="practice: the city signs for the batch"),
            rows(S.RECEIVED, A.ASSIGN, S.ASSIGNED, R.COORDINATOR, needs=N.LEAD, within=Clock.DISPUTE,
                 tells=R.OFFICER, why="信访工作条例: 转送交办"),
            rows(WITH_THE_UNIT, A.ASSIGN, S.ASSIGNED, R.COORDINATOR, needs=(N.LEAD, N.REASON), within=Clock.DISPUTE,
                 tells=R.OFFICER, why="practice: re-assigned with its history"),
            rows(S.ASSIGNED, A.DISPUTE, S.DISPUTED, R.OFFICER, needs=N.REASON, when=G.WITHIN_DISPUTE,
                 within=Clock.DECISION, tells=(R.COORDINATOR, R.OFFICER, R.UNIT_LEADER),
                 why="信访工作条例: 5 个工作日内提出异议"),
            rows(S.DISPUTED, A.UPHOLD_DISPUTE, S.RECEIVED, R.COORDINATOR, needs=N.REASON, when=G.SUPERIOR_DECIDES,
                 tells=R.OFFICER, why="信访工作条例: 由共同上级决定"),
            rows(S.DISPUTED, A.SETTLE_DISPUTE, S.ASSIGNED, R.OFFICER, R.UNIT_LEADER, needs=(N.LEAD, N.REASON),
                 when=G.SUPERIOR_DECIDES, within=Clock.DISPUTE, tells=(R.OFFICER, R.COORDINATOR),
                 why="信访工作条例: 由共同上级决定 (ADR 0027)"),
            rows(S.DISPUTED, A.DISMISS_DISPUTE, S.ASSIGNED, R.COORDINATOR, R.OFFICER, R.UNIT_LEADER, needs=N.REASON,
                 when=G.SUPERIOR_DECIDES, tells=R.OFFICER, why="信访工作条例: 由共同上级决定"),
            rows(S.ASSIGNED, A.INVESTIGATE, S.INVESTIGATING, R.OFFICER, why="practice: the unit signs for it"),
            rows(S.ASSIGNED, A.PASS_DOWN, S.ASSIGNED, R.OFFICER, R.UNIT_LEADER, needs=N.LEAD,
                 when=(G.HOLDS, G.OWN_LEAD), within=Clock.DISPUTE, tells=R.OFFICER,
                 why="practice: a unit gives it on to one below it (ADR 0027)"),
            rows(S.ASSIGNED, A.PASS_ANEW, S.ASSIGNED, R.OFFICER, R.UNIT_LEADER, needs=(N.LEAD, N.REASON),
                 when=(G.HOLDS, G.PASSED_DOWN), within=Clock.DISPUTE, tells=R.OFFICER,
                 why="practice: re-assigned with its history"),
            rows(WITH_THE_UNIT, A.EXTEND, None, R.INSPECTOR, needs=(N.NEW_DATE, N.REASON),
                 tells=(R.OFFICER, R.COORDINATOR), why="practice: reason, approver, new date; lateness stays visible"),
            rows((S.INVESTIGATING, S.RETURNED), A.REPLY, S.SIGNING, R.OFFICER, needs=N.REPLY, tells=R.UNIT_LEADER,
                 why="practice: 办理情况反馈"),
            rows((S.INVESTIGATING, S.RETURNED), A.PASS_ANEW, S.ASSIGNED, R.OFFICER, R.UNIT_LEADER,
                 needs=(N.LEAD, N.REASON), when=G.HOLDS, within=Clock.DISPUTE, tells=R.OFFICER,
                 why="practice: re-assigned with its history"),
            rows(S.SIGNING, A.SIGN_REPLY, S.CITY_REVIEW, R.UNIT_LEADER, when=G.SIGNS_FOR, tells=R.COORDINATOR,
                 why="practice: the unit's leader signs"),
            rows(S.SIGNING, A.SEND_BACK, S.RETURNED, R.UNIT_LEADER, needs=N.REASON, tells=R.OFFICER,
                 why="practice: the unit's leader signs"),
            rows(S.CITY_REVIEW, A.CITY_PASS, S.TEAM_REVIEW, R.COORDINATOR, tells=R.INSPECTOR,
                 why="practice: the city reviews first"),
            rows(S.CITY_REVIEW, A.CITY_RETURN, S.RETURNED, R.COORDINATOR, needs=N.REASON, tells=R.OFFICER,
                 why="practice: the city reviews first"),
            rows(S.TEAM_REVIEW, A.PASS, S.PASSED, R.INSPECTOR, when=G.FOUNDED, why="practice: 督察组审核"),
            rows(S.TEAM_REVIEW, A.REQUIRE_CHECK, S.SECOND_CHECK, R.INSPECTOR, needs=N.NOTE, when=G.UNFOUNDED,
                 tells=R.INSPECTOR, why="practice: 不属实 is checked a second time by somebody else"),
            rows(S.SECOND_CHECK, A.CONFIRM_UNFOUNDED, S.PASSED, R.INSPECTOR, R.LEADER, needs=N.NOTE,
                 when=G.ANOTHER_PERSON, why="practice: 不属实 is checked a second time by somebody else"),
            rows((S.TEAM_REVIEW, S.SECOND_CHECK), A.TEAM_RETURN, S.RETURNED, R.INSPECTOR, needs=N.REASON,
                 tells=(R.OFFICER, R.COORDINATOR), why="practice: returned with its reason"),
            rows(S.PASSED, A.PUBLISH, S.PUBLISHED, R.INSPECTOR, needs=(N.PUBLICATION_PROBLEM, N.PUBLICATION_TEXT),
                 tells=R.CITIZEN, why="政府信息公开条例 15: no private matter is published"),
            rows(S.PUBLISHED, A.UNPUBLISH, S.PASSED, R.LEADER, needs=N.REASON, why="practice: with a trace"),
            rows(ANSWERED, A.REOPEN, S.TEAM_REVIEW, R.INSPECTOR, R.CITIZEN, needs=N.REASON,
                 tells=(R.INSPECTOR, R.COORDINATOR), why="practice: a dissatisfied reporter reopens the review"),
            rows(ONCE_ANSWERED, A.SPOT_CHECK, None, R.INSPECTOR, R.LEADER, needs=N.NOTE,
                 why="practice: 抽查; the site is compared with the reply, point by point"),
            rows(ANSWERED, A.CALL_BACK, None, R.INSPECTOR, R.LEADER, needs=N.SCRIPT,
                 when=(G.LEFT_TELEPHONE, G.NO_CALL_BACK), why="practice: 回访, by whoever has the telephone (ADR 0022)"),
            rows(ANSWERED, A.TRY_CALL_BACK, None, R.CLERK, needs=N.NOTE, when=G.CALL_BACK_OPEN, why="practice: 回访"),
            rows(ANSWERED, A.HEAR_CALL_BACK, None, R.CLERK, needs=N.RATING, when=G.CALL_BACK_OPEN,
                 why="信访工作条例: the reporter may rate the answer"),
            rows(ANSWERED, A.HEAR_DISSATISFIED, S.TEAM_REVIEW, R.CLERK, needs=N.REASON, when=G.CALL_BACK_OPEN,
                 tells=(R.INSPECTOR, R.COORDINATOR), why="practice: a dissatisfied reporter reopens the review"),
            rows((S.PREPARED, S.BATCHED), A.CANCEL, S.CANCELLED, R.LEADER, R.CITIZEN, R.CLERK, needs=N.REASON,
                 when=G.NOT_HANDED_OVER, why="practice: follows an undone decision or a withdrawn report"),
            rows(S.PREPARED, A.ENTER_HISTORY, S.PUBLISHED, R.HISTORIAN, why="ADR 0004: history is entered as printed"),
        )
    ),
    S,
    A,
)  # fmt: skip
