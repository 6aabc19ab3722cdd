"""The buttons of a case's page, and the keys of the list: from the table, without the steps of other rooms."""

from flask import url_for

from app.casework.duties import ELSEWHERE
from app.casework.queries.filters import Filters, Standing
from app.casework.queries.page import CasePage
from app.casework.services import TOGETHER
from app.domain.docket import FINISHED
from app.domain.people import Actor
from app.domain.sight import held
from app.domain.workflow.case import CASE
from app.domain.workflow.engine import Offer
from app.domain.workflow.vocabulary import CaseAction as A
from app.web.acting import Button, buttons
from app.web.lists import Press

KEYS: dict[A, str] = {
    A.ASSIGN: "a",
    A.PASS_DOWN: "a",
    A.PASS_ANEW: "m",
    A.DISPUTE: "d",
    A.UPHOLD_DISPUTE: "w",
    A.SETTLE_DISPUTE: "w",
    A.DISMISS_DISPUTE: "q",
    A.INVESTIGATE: "i",
    A.EXTEND: "e",
    A.REPLY: "r",
    A.SIGN_REPLY: "g",
    A.SEND_BACK: "b",
    A.CITY_PASS: "y",
    A.CITY_RETURN: "b",
    A.PASS: "y",
    A.REQUIRE_CHECK: "c",
    A.CONFIRM_UNFOUNDED: "f",
    A.TEAM_RETURN: "b",
    A.PUBLISH: "l",
    A.UNPUBLISH: "h",
    A.REOPEN: "z",
    A.CALL_BACK: "t",
}
"""The key that stands for each action, in the list and on a case's page (app/static/js/list.js)."""


def offered(page: CasePage) -> list[Offer]:
    return [offer for offer in page.offers if offer.action not in ELSEWHERE]


def buttons_of(page: CasePage) -> list[Button]:
    return buttons(
        offered(page),
        lambda action: url_for("casework.act", case_id=page.id, action=str(action)),
        {"version": str(page.version)},
        {str(action): key for action, key in KEYS.items()},
    )


def presses(actor: Actor, inspection_id: int, filters: Filters) -> list[Press]:
    """What this actor can do with the cases of a cut."""
    roles = {one.role for one in held(actor, inspection_id)}
    rows = [row for row in CASE.rows if _within(row.source, filters)]
    open_to = {row.action for row in rows if row.roles & roles} - ELSEWHERE

    def press(action: A, key: str) -> Press:
        many = url_for("casework.together", action=action) if action in TOGETHER else ""
        return Press(action, key, str(action), many)

    return [press(action, key) for action, key in KEYS.items() if action in open_to]


def _within(state: object, filters: Filters) -> bool:
    if filters.state == Standing.EVERY:
        return True
    return state not in FINISHED if filters.state == Standing.ONGOING else state == filters.state
