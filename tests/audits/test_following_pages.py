"""What a reporter meets while following: a question, parts side by side, a running notice, a sign-off, own pictures."""

import pytest

from app.db import transaction
from app.domain.attachment import attach_waiting, take_picture
from app.domain.workflow.vocabulary import CaseState, RectificationState
from app.kernel import clock
from tests.audits.pages import Drawn
from tests.audits.test_citizens_pages import PHONE, RULES, Shown
from tests.support.browsing import browse
from tests.tracking import story
from tests.tracking.test_files import picture

pytestmark = [pytest.mark.browser, pytest.mark.audits]


def asked(cast, report_id):
    story.asked(cast, report_id, "在哪一条路上？")


def split(cast, report_id):
    story.accepted(cast, report_id, "430211", "430203")
    story.published(cast, report_id, only=1)
    story.case_in(cast, report_id, CaseState.INVESTIGATING, unit="lusong", part=2)


def noticed(cast, report_id):
    story.in_state(cast, report_id, "answered")
    story.put_right(cast, report_id, RectificationState.CLIMBING, notice_days=5)


def signed_off(cast, report_id):
    story.in_state(cast, report_id, "answered")
    story.put_right(cast, report_id, RectificationState.SIGNED_OFF, notice_days=-9)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("mode", ["", "large", "contrast"])
def test_following_has_no_fault(app, cast, installation, chromium, axe, lang, mode):
    found = []
    with Shown(chromium, axe, PHONE) as shown:
        for told in (asked, split, noticed, signed_off, story.referred):
            report_id, code = story.reported(installation, cast, f"a key of forty characters for {told.__name__}")
            with transaction() as s:
                take_picture(s, installation.files, installation.vault.public, picture(), told.__name__, clock.now())
                attach_waiting(s, told.__name__, "report", report_id)
            told(cast, report_id)
            browser = browse(app)
            browser.get(f"/track?lang={lang}&mode={mode}")
            browser.submit({"query_code": code})
            page = browser.get(f"/track/report?lang={lang}&mode={mode}")
            drawn = Drawn(told.__name__, "tracking.report", page.status, page.text)
            found += [(told.__name__, fault) for fault in shown.faults(drawn, RULES)]
    assert found == []
