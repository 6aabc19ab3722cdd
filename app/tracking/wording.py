"""The steps of a report and its cases in everyday words: the allow-list of what its reporter is told.

An action or a state that has no sentence here is not shown. Sentences name no person and no role but
the team (督察组) and the responsible unit (承办单位).
"""

from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import CaseAction as C
from app.domain.workflow.vocabulary import CaseState, Need, RectificationState, ReportState
from app.domain.workflow.vocabulary import RectificationAction as F
from app.domain.workflow.vocabulary import ReportAction as P
from app.kernel.errors import N_

REPORT_STEPS: dict[Term, str] = {
    P.REGISTER: N_("Your report was received."),
    P.REGISTER_BLANK: N_("A call came in which nothing was said."),
    P.ACCEPT: N_("The team took the matter on."),
    P.REFER: N_("The matter belongs to another body; the team handed it there."),
    P.MERGE: N_("Others had reported the same matter; your report was joined to theirs."),
    P.ASK: N_("The team asked you for more."),
    P.VOID: N_("The team found nothing in the report that it could follow up."),
    P.ANSWER: N_("You answered the team's question."),
    P.RING: N_("The team rang you up with its question and did not reach you."),
    P.DECLINE: N_("You said on the telephone that you have nothing to add; the team decides on what is there."),
    P.LAPSE: N_("No answer came in time; the team decides on what is there."),
    P.ADD: N_("You added something."),
    P.WITHDRAW: N_("You withdrew the report."),
    P.ACKNOWLEDGE: N_("The body it was handed to confirmed that it has it."),
    P.UNDO: N_("The team took its decision back and looks at the report again."),
    P.CONCLUDE: N_("The answer is here."),
    P.RATE: N_("You said what you think of the answer."),
}
OWN_WORDS = {P.ANSWER: Need.ANSWER, P.ADD: Need.ADDITION, P.WITHDRAW: Need.REASON, P.RATE: Need.REASON}
"""Words of the reporter's own that a step shows."""

CASE_STEPS: dict[Term, str] = {
    C.HAND_OVER: N_("It was handed over to the city."),
    C.SIGN_FOR: N_("The city signed for it."),
    C.ASSIGN: N_("A responsible unit was named."),
    C.INVESTIGATE: N_("The responsible unit began to check on the spot."),
    C.EXTEND: N_("The responsible unit was given more time."),
    C.REPLY: N_("The responsible unit stated what it found and did."),
    C.CITY_RETURN: N_("The answer was not good enough; the responsible unit works on it again."),
    C.TEAM_RETURN: N_("The team did not accept the answer; the responsible unit works on it again."),
    C.PASS: N_("The team accepted the answer."),
    C.CONFIRM_UNFOUNDED: N_("The team had the finding checked a second time and accepted it."),
    C.PUBLISH: N_("The result was made public."),
    C.UNPUBLISH: N_("The published result was taken down for correction."),
    C.REOPEN: N_("The team reviews the answer again."),
    C.HEAR_DISSATISFIED: N_("The team reviews the answer again."),
}

RIGHT_STEPS: dict[Term, str] = {
    F.OPEN: N_("The fault has to be put right; that has begun."),
    F.ADOPT_PLAN: N_("The plan for putting it right is ready."),
    F.SUBMIT: N_("The responsible unit stated that everything has been put right, and asked for it to be accepted."),
    F.COUNTY_ACCEPT: N_("The county checked what was put right and accepted it."),
    F.DEPARTMENT_ACCEPT: N_("The department in charge checked what was put right and accepted it."),
    F.CITY_ACCEPT: N_("The city checked what was put right and accepted it."),
    F.OPEN_NOTICE: N_("The sign-off was put up for everybody to see; whoever knows better may object."),
    F.UPHOLD_OBJECTION: N_("An objection was found to be right; the matter went back to be put right."),
    F.DISMISS_OBJECTION: N_("An objection was looked into and answered."),
    F.CLOSE_NOTICE: N_("The public notice is over."),
    F.SIGN_OFF: N_("It was signed off as put right."),
    F.FIND_CONSOLIDATED: N_("It was looked at again: what was put right has lasted."),
    F.FIND_RELAPSED: N_("It was looked at again: the problem had come back."),
    F.REFUSE: N_("What was put right was not accepted; work on it goes on."),
}

REPORT_STANDING: dict[Term, str] = {
    ReportState.REGISTERED: N_("The team is reading your report."),
    ReportState.ASKED: N_("The team needs something more from you."),
    ReportState.ACCEPTED: N_("The matter has been taken on and is being dealt with."),
    ReportState.REFERRED: N_("The matter has been handed to another body."),
    ReportState.MERGED: N_("The matter is being dealt with together with earlier reports of it."),
    ReportState.VOIDED: N_("The report could not be followed up."),
    ReportState.WITHDRAWN: N_("You withdrew the report. Nothing more is done about it."),
    ReportState.ANSWERED: N_("The matter has been answered."),
}

CASE_STANDING: dict[Term, str] = {
    CaseState.PREPARED: N_("It is being made ready to be handed over to the city."),
    CaseState.BATCHED: N_("It goes to the city with the next batch."),
    CaseState.HANDED_OVER: N_("The city has it and has yet to sign for it."),
    CaseState.RECEIVED: N_("The city has signed for it and is choosing the responsible unit."),
    CaseState.ASSIGNED: N_("The responsible unit has it."),
    CaseState.DISPUTED: N_("It is being settled which unit is responsible."),
    CaseState.INVESTIGATING: N_("The responsible unit is checking on the spot."),
    CaseState.SIGNING: N_("The responsible unit is completing its answer."),
    CaseState.CITY_REVIEW: N_("The city is reviewing the answer."),
    CaseState.TEAM_REVIEW: N_("The team is reviewing the answer."),
    CaseState.SECOND_CHECK: N_("The team is checking the finding a second time."),
    CaseState.RETURNED: N_("The answer was sent back; the responsible unit works on it again."),
    CaseState.PASSED: N_("The answer has been accepted and will be made public."),
    CaseState.PUBLISHED: N_("The result is public."),
}

REVIEWING_AGAIN = N_("The matter was answered, and the answer is being reviewed again.")
ALL_SIGNED_OFF = N_("The matter has been answered, put right and signed off.")

RIGHT_STANDING: dict[Term, str] = {
    RectificationState.PLANNING: N_("The responsible unit is writing its plan for putting it right."),
    RectificationState.RECTIFYING: N_("It is being put right."),
    RectificationState.CLIMBING: N_("The unit states that it has been put right; others are checking that now."),
    RectificationState.SIGNED_OFF: N_("It was checked and signed off as put right. It is looked at again later."),
    RectificationState.CONSOLIDATED: N_("It was looked at again, and what was put right has lasted."),
    RectificationState.RELAPSED: N_("It was looked at again, and the problem had come back. It is put right anew."),
}

RECEIVED = N_("Your report arrived")
JUDGED = N_("Read and decided on")
JOINED = N_("Joined to earlier reports of the same matter")
HANDED_OVER = N_("Handed over to the city")
CHECKED = N_("Checked on the spot")
ANSWERED = N_("Answered and made public")
PUT_RIGHT = N_("Put right")
SIGNED_OFF = N_("Signed off as put right")
LASTED = N_("Looked at again, to see that it lasts")
CAME_BACK = N_("Looked at again: it had come back")
HANDED_ELSEWHERE = N_("Handed to the body that is responsible")
CONFIRMED = N_("That body confirms that it has it")
"""The rungs of the way a report goes."""

ENDINGS: dict[Term, str] = {
    ReportState.VOIDED: N_("Closed: there was nothing in it to follow up"),
    ReportState.WITHDRAWN: N_("Closed: you withdrew it"),
}
DECISIONS: dict[Term, P] = {
    ReportState.REFERRED: P.REFER,
    ReportState.MERGED: P.MERGE,
    ReportState.VOIDED: P.VOID,
    ReportState.WITHDRAWN: P.WITHDRAW,
}
"""Which action a state's day is read from; all others were accepted."""

WAITS_FOR_YOU = N_("It waits for your answer.")
STILL_WAITS = N_("The day for it has passed. You can still answer until the team decides.")
IF_NEEDED = N_("Where there is something to put right.")
SENT_BACK = N_("The answer was not good enough; the unit works on it again.")
REVIEWED = N_("What was found is being reviewed. That takes some days.")
REVIEWED_AGAIN = N_("It is being reviewed again.")
BEING_ACCEPTED = N_("Those who did the work do not sign it off: others check it, one step after the other.")
SHOWN_TO_ALL = N_("It is shown to everybody before it is signed off. Whoever knows better may object.")
