"""How loud a term is on screen: the one place where states and actions meet colours."""

from app.domain.lateness import Nearness
from app.domain.rectification import Progress
from app.domain.sheet import SheetStage
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import (
    CaseAction as C,
)
from app.domain.workflow.vocabulary import (
    CaseState,
    RectificationState,
    ReportState,
)
from app.domain.workflow.vocabulary import (
    RectificationAction as F,
)
from app.domain.workflow.vocabulary import (
    ReportAction as P,
)

GOING, WAIT, GOOD, GRAVE, PLAIN = "going", "wait", "good", "grave", "plain"

# Terms are strings: an action of one table may equal that of another, so the class is part of the key.
TONES: dict[type[Term], dict[Term, str]] = {
    ReportState: {
        ReportState.REGISTERED: WAIT,
        ReportState.ASKED: WAIT,
        ReportState.ACCEPTED: GOING,
        ReportState.REFERRED: PLAIN,
        ReportState.MERGED: PLAIN,
        ReportState.VOIDED: PLAIN,
        ReportState.WITHDRAWN: PLAIN,
        ReportState.ANSWERED: GOOD,
    },
    CaseState: {
        CaseState.PREPARED: WAIT,
        CaseState.BATCHED: GOING,
        CaseState.HANDED_OVER: WAIT,
        CaseState.RECEIVED: WAIT,
        CaseState.ASSIGNED: GOING,
        CaseState.DISPUTED: GRAVE,
        CaseState.INVESTIGATING: GOING,
        CaseState.SIGNING: WAIT,
        CaseState.CITY_REVIEW: WAIT,
        CaseState.TEAM_REVIEW: WAIT,
        CaseState.SECOND_CHECK: WAIT,
        CaseState.RETURNED: GRAVE,
        CaseState.PASSED: GOOD,
        CaseState.PUBLISHED: GOOD,
        CaseState.CANCELLED: PLAIN,
    },
    RectificationState: {
        RectificationState.PLANNING: WAIT,
        RectificationState.RECTIFYING: GOING,
        RectificationState.CLIMBING: GOING,
        RectificationState.SIGNED_OFF: GOOD,
        RectificationState.CONSOLIDATED: GOOD,
        RectificationState.RELAPSED: GRAVE,
    },
    SheetStage: {
        SheetStage.ARRIVED: WAIT,
        SheetStage.CHECKING: GOING,
        SheetStage.CHECKED: WAIT,
        SheetStage.TAKING: GOING,
        SheetStage.TAKEN: GOOD,
        SheetStage.STOPPED: GRAVE,
        SheetStage.REMOVED: PLAIN,
    },
    Nearness: {
        Nearness.IN_TIME: GOOD,
        Nearness.DUE_SOON: WAIT,
        Nearness.DUE_TODAY: WAIT,
        Nearness.OVERDUE: GRAVE,
    },
    Progress: {Progress.DONE: GOOD, Progress.ON_SCHEDULE: GOING, Progress.BEHIND: GRAVE},
}

GRAVE_ACTIONS: dict[type[Term], frozenset[Term]] = {
    P: frozenset({P.VOID, P.WITHDRAW, P.UNDO, P.UNMARK_KEY}),
    C: frozenset({C.TAKE_OUT, C.DISPUTE, C.DISMISS_DISPUTE, C.SEND_BACK, C.CITY_RETURN, C.TEAM_RETURN})
    | {C.UNPUBLISH, C.REOPEN, C.HEAR_DISSATISFIED, C.CANCEL},
    F: frozenset({F.UPHOLD_OBJECTION, F.DISMISS_OBJECTION, F.FIND_RELAPSED, F.REFUSE}),
}


def tone_of(term: object) -> str:
    """The tone of a state's badge; plain for what is no state."""
    return TONES.get(type(term), {}).get(term, PLAIN) if isinstance(term, Term) else PLAIN


def is_grave(action: Term) -> bool:
    """Whether an action takes something back: its button warns."""
    return action in GRAVE_ACTIONS.get(type(action), frozenset())
