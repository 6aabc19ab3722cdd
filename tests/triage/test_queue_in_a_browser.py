"""An inspector clears fifty reports with the keyboard alone; keystrokes are counted."""

import pytest
from sqlalchemy import func, select

from app.db import session
from app.domain.report import Report
from app.domain.workflow.vocabulary import ReportState as S
from tests.triage.test_pages import many

pytestmark = pytest.mark.browser
AT_A_DESK = {"viewport": {"width": 1280, "height": 860}}


class Typist:
    """Presses keys and counts them; words typed into a field are not counted."""

    def __init__(self, page):
        self.page, self.pressed = page, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def leads_on(self, *keys):
        with self.page.expect_navigation():
            self.press(*keys)


def standing(state):
    session().rollback()
    return session().scalar(select(func.count()).select_from(Report).where(Report.state == str(state)))


@pytest.fixture
def typist(telephone, app, cast):
    page = telephone(**AT_A_DESK)
    signer = app.session_interface.get_signing_serializer(app)
    cookie = {
        "name": app.config["SESSION_COOKIE_NAME"],
        "value": signer.dumps({"_user_id": f"{cast.people['inspector']}:1"}),
    }
    page.context.add_cookies([cookie | {"url": telephone.address}])
    return Typist(page)


def test_an_inspector_clears_fifty_reports_by_keys(typist, cast):
    many(cast, 50)
    page = typist.page
    page.goto("/staff/triage/")
    typist.press("?")
    assert page.locator("dialog.keys").is_visible()
    typist.press("Escape")
    for _ in range(10):  # ten by themselves: the key of the decision, the reason, off
        typist.leads_on("v")
        page.keyboard.type("推销电话")
        typist.leads_on("Control+Enter")
    assert standing(S.VOIDED) == 10
    typist.press("j", "x", "j", "x", "j", "x")  # three of those on the page, and taken at once
    typist.leads_on("t")
    typist.press("s")  # all that are left, asked the same
    typist.leads_on("q")
    page.keyboard.type("请说明具体地点。")
    typist.leads_on("Control+Enter")
    assert standing(S.ASKED) == 40
    assert page.locator(".empty").is_visible()
    assert typist.pressed <= 40, typist.pressed


def test_a_report_is_opened_and_left_and_searched_by_keys(typist, cast):
    many(cast, 3)
    page = typist.page
    page.goto("/staff/triage/")
    typist.press("j", "j")
    typist.leads_on("Enter")
    assert page.url.endswith("/report/2")
    typist.leads_on("u")
    assert page.url.endswith("/staff/triage/")
    typist.press("/")
    page.keyboard.type("D2ZZX0001")
    typist.leads_on("Enter")
    assert "/search?q=D2ZZX0001" in page.url
