"""The report's table: what may happen to a report, from the telephone to the rating."""

from itertools import chain

from app.domain.workflow.table import Table, rows
from app.domain.workflow.vocabulary import Clock
from app.domain.workflow.vocabulary import Guard as G
from app.domain.workflow.vocabulary import Need as N
from app.domain.workflow.vocabulary import ReportAction as A
from app.domain.workflow.vocabulary import ReportState as S
from app.domain.workflow.vocabulary import Role as R

JUDGED = (S.ACCEPTED, S.REFERRED, S.MERGED, S.VOIDED)
WAITING = (S.REGISTERED, S.ASKED)
"""A report in these states lies in an inspector's hands, or in nobody's."""
OPEN_TO_REPORTER = (S.REGISTERED, S.ASKED, S.ACCEPTED, S.REFERRED, S.MERGED)

REPORT = Table(
    "report",
    tuple(
        chain(
            rows(None, A.REGISTER, S.REGISTERED, R.CITIZEN, R.CLERK, R.HISTORIAN,
                 needs=N.DESCRIPTION, why="信访工作条例: 如实登记"),
            rows(None, A.REGISTER_BLANK, S.VOIDED, R.CLERK, needs=N.REASON,
                 why="practice: blank calls are kept and counted, never deleted"),
            rows(S.REGISTERED, A.ACCEPT, S.ACCEPTED, R.INSPECTOR, R.HISTORIAN,
                 needs=(N.POINTS, N.TYPES, N.AREAS), tells=R.CITIZEN, why="practice: when in doubt, accept"),
            rows(S.REGISTERED, A.REFER, S.REFERRED, R.INSPECTOR,
                 needs=(N.REFERRAL_CLASS, N.RECEIVING_BODY, N.ADVICE), within=Clock.REFER, tells=R.CITIZEN,
                 why="信访工作条例: 15 日内告知"),
            rows(S.REGISTERED, A.MERGE, S.MERGED, R.INSPECTOR, needs=N.EARLIER, tells=R.CITIZEN,
                 why="practice: a repeat is counted as received and follows its matter"),
            rows(S.REGISTERED, A.ASK, S.ASKED, R.INSPECTOR, needs=N.QUESTION, within=Clock.ASK, tells=R.CITIZEN,
                 why="practice: asked about, not refused"),
            rows(S.REGISTERED, A.VOID, S.VOIDED, R.INSPECTOR, needs=N.REASON,
                 why="practice: kept and counted, never deleted"),
            rows(WAITING, A.TAKE, None, R.INSPECTOR, when=G.NOT_IN_HAND, why="practice: two do not work on one report"),
            rows(WAITING, A.HAND_ON, None, R.INSPECTOR, R.LEADER, needs=N.COLLEAGUE,
                 why="practice: work is shared out, and handed on at the end of a shift"),
            rows(WAITING, A.RELEASE, None, R.INSPECTOR, R.LEADER, when=G.IN_HAND,
                 why="practice: nobody's absence holds a report back"),
            rows(S.ASKED, A.ANSWER, S.REGISTERED, R.CITIZEN, R.CLERK, needs=N.ANSWER, tells=R.INSPECTOR,
                 why="practice: back to triage when answered"),
            rows(S.ASKED, A.RING, None, R.CLERK, needs=N.NOTE,
                 why="practice: who left a telephone is rung up; each try is kept"),
            rows(S.ASKED, A.DECLINE, S.REGISTERED, R.CLERK, tells=R.INSPECTOR,
                 why="practice: nobody has to answer; decided on what is there"),
            rows(S.ASKED, A.LAPSE, S.REGISTERED, R.INSPECTOR, R.CLOCK, when=G.ASK_OVER,
                 why="practice: decided on what is there"),
            rows(OPEN_TO_REPORTER, A.ADD, None, R.CITIZEN, R.CLERK, needs=N.ADDITION, tells=R.INSPECTOR,
                 why="信访工作条例: 可以补充"),
            rows((S.REGISTERED, S.ASKED, S.ACCEPTED), A.WITHDRAW, S.WITHDRAWN, R.CITIZEN, R.CLERK,
                 needs=N.REASON, when=G.NOT_HANDED_OVER, tells=R.INSPECTOR,
                 why="practice: until it is handed over"),
            rows(S.REFERRED, A.ACKNOWLEDGE, None, R.INSPECTOR, R.CLERK, needs=N.NOTE, when=G.NOT_ACKNOWLEDGED,
                 tells=R.CITIZEN, why="信访工作条例: 接收单位签收"),
            rows((S.REGISTERED, S.ACCEPTED), A.MARK_KEY, None, R.LEADER, needs=N.REASON,
                 when=(G.NOT_KEY, G.NOT_HANDED_OVER), why="practice: the leader names key reports"),
            rows((S.REGISTERED, S.ACCEPTED), A.UNMARK_KEY, None, R.LEADER, needs=N.REASON,
                 when=(G.IS_KEY, G.NOT_HANDED_OVER), why="practice: the leader names key reports"),
            rows(JUDGED, A.UNDO, S.REGISTERED, R.LEADER, needs=N.REASON, when=G.NOT_HANDED_OVER, tells=R.INSPECTOR,
                 why="practice: undone with a reason until hand-over"),
            rows(S.ACCEPTED, A.CONCLUDE, S.ANSWERED, R.INSPECTOR, R.HISTORIAN, when=G.ALL_PUBLISHED,
                 tells=R.CITIZEN, why="信访工作条例: 答复信访人"),
            rows(S.ANSWERED, A.RATE, None, R.CITIZEN, needs=N.RATING, when=G.NOT_RATED,
                 tells=(R.INSPECTOR, R.COORDINATOR), why="信访工作条例: 满意度评价"),
        )
    ),
    S,
    A,
)  # fmt: skip
