"""The form on a telephone: what a script adds to it, and the receipt saved as a picture."""

import pytest

from app.db import transaction
from app.domain.case import Case
from app.domain.search import index_case
from app.kernel import clock
from tests.support.chromium import PATIENCE
from tests.support.reports import TIANYUAN, Office

WORDS = "嵩山路那个沥青拌和站夜里生产，烟气刺鼻，附近居民不敢开窗。"
PNG = b"\x89PNG"

pytestmark = pytest.mark.browser


@pytest.fixture
def published(cast, installation):
    [case_id] = Office(installation, cast).ready()
    with transaction() as s:
        case = s.get_one(Case, case_id)
        case.publication_problem, case.published_at = "反映天元区嵩山路某沥青拌和站夜间生产，烟气刺鼻。", clock.now()
        index_case(s, case)
        return case.number


def goes_on(page):
    with page.expect_navigation():
        page.locator("main form[method=post] button.primary").click()


def test_the_towns_are_those_of_the_chosen_county(phone):
    phone.goto("/report?inspection=ours")
    phone.select_option("[name=area]", TIANYUAN)
    groups = phone.locator("[name=town] optgroup").evaluate_all("all => all.map((one) => one.dataset.area)")
    assert groups == [TIANYUAN]


def test_the_questions_of_a_type_are_seen_when_it_is_ticked(phone):
    phone.goto("/report?inspection=ours")
    question = phone.locator("[name=q_noise_hours]")
    assert question.is_hidden()
    phone.check("[name=types][value=noise]")
    question.wait_for(state="visible")


def test_a_name_is_asked_only_of_who_gives_one(phone):
    phone.goto("/report?inspection=ours")
    assert phone.locator("[name=name]").is_hidden()
    phone.check("[name=anonymous][value=n]")
    assert phone.locator("[name=name]").is_visible()


def test_what_is_public_is_offered_while_it_is_described_and_can_be_joined(phone, published):
    phone.goto("/report?inspection=ours")
    phone.fill("[name=description]", WORDS)
    phone.locator(f"[data-same='{published}']").click(timeout=PATIENCE)
    goes_on(phone)
    assert phone.locator("[name=same_as]:checked").get_attribute("value") == published


def test_the_receipt_is_saved_as_a_picture(phone, tmp_path):
    phone.goto("/report?inspection=ours")
    phone.fill("[name=description]", WORDS)
    goes_on(phone)
    goes_on(phone)
    with phone.expect_download() as coming:
        phone.click("[data-save-slip]")
    coming.value.save_as(tmp_path / "slip.png")
    assert (tmp_path / "slip.png").read_bytes().startswith(PNG)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
