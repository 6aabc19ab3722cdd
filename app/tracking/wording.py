"""The steps of a report and its cases in everyday words: the allow-list of what its reporter is told.

An action or a state that has no sentence here is not shown. Sentences name no person and no role but
the team (督察组) and the responsible unit (承办单位).
"""

from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import CaseAction as C
from app.domain.workflow.vocabulary import CaseState, Need, ReportState
from app.domain.workflow.vocabulary import ReportAction as P
from app.kernel.errors import N_

REPORT_STEPS: dict[Term, str] = {
    P.REGISTER: N_("Your report was received."),
    P.ACCEPT: N_("The team took the matter on."),
    P.REFER: N_("The matter belongs to another body; the team handed it there."),
    P.MERGE: N_("Others had reported the same matter; your report was joined to theirs."),
    P.ASK: N_("The team asked you for more."),
    P.VOID: N_("The team found nothing in the report that it could follow up."),
    P.ANSWER: N_("You answered the team's question."),
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
