"""The buttons of a case's page: from the table, without the steps that belong to other rooms."""

from flask import url_for

from app.casework.queries.page import CasePage
from app.domain.workflow.vocabulary import CaseAction as A
from app.web.acting import Button, buttons

ELSEWHERE = frozenset(
    {A.APPROVE_TEXT, A.SECOND_APPROVE, A.BATCH, A.TAKE_OUT, A.HAND_OVER, A.SIGN_FOR, A.CANCEL, A.ENTER_HISTORY}
)


def buttons_of(page: CasePage) -> list[Button]:
    offers = [offer for offer in page.offers if offer.action not in ELSEWHERE]
    return buttons(
        offers,
        lambda action: url_for("casework.act", case_id=page.id, action=str(action)),
        {"version": str(page.version)},
    )
