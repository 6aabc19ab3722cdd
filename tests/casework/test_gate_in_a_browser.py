"""At the gate without a network: written, photographed, the page killed, opened again, sent once; nothing stays behind."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from app.db import session
from app.domain.attachment import Attachment
from app.domain.field_record import FIELD, FieldRecord
from tests.casework.office import a_photograph
from tests.support.chromium import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]
LEFT = """async () => {
  const bases = (await indexedDB.databases()).map((one) => one.name);
  const pages = await caches.open("hotline-gate").then((kept) => kept.keys());
  return [bases, pages.map((one) => new URL(one.url).pathname).filter((one) => one.includes("/casework/")), localStorage.length];
}"""


@pytest.fixture
def phone(telephone, app, cast):
    page = telephone(cut_off=True)
    signer = app.session_interface.get_signing_serializer(app)
    signed = {"_user_id": f"{cast.people['officer']}:1"}
    cookie = {"name": app.config["SESSION_COOKIE_NAME"], "value": signer.dumps(signed), "url": telephone.address}
    page.context.add_cookies([cookie])
    return page


def state(page, name):
    expect(page.locator(f"[data-gate][data-state={name}]")).to_be_attached(timeout=PATIENCE)


def ready(page):
    expect(page.locator("[data-gate][data-ready]")).to_be_attached(timeout=PATIENCE)


def test_what_is_written_without_a_network_is_sent_once_and_leaves_nothing_behind(phone, office):
    case, line = office.brought_to("investigate"), phone.context
    address = f"/staff/casework/gate/{case}"
    phone.goto(address)
    ready(phone)
    line.set_offline(True)
    phone.fill("[name=place]", "拌和站大门")
    phone.fill("[name=finding]", "烟囱未加罩，烟气外逸。")
    picture = {"mimeType": "image/jpeg", "buffer": a_photograph()}
    phone.set_input_files("[name=pictures]", [{"name": f"{n}.jpg", **picture} for n in "ab"])
    expect(phone.locator("[data-pictures] canvas")).to_have_count(2, timeout=PATIENCE)
    phone.get_by_role("button", name="提交记录").click()
    state(phone, "kept")
    phone.close()  # killed

    page = line.new_page()
    lost = list[int]()

    def lose_the_answer(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0).status)
            route.abort()
        else:
            route.fallback()

    page.route(f"**{address}", lose_the_answer)
    page.goto(address)
    expect(page.locator("[name=finding]")).to_have_value("烟囱未加罩，烟气外逸。")
    expect(page.locator("[data-pictures] canvas")).to_have_count(2, timeout=PATIENCE)
    state(page, "kept")
    line.set_offline(False)
    state(page, "taken")
    assert lost == [302], "the server took it, and the telephone did not hear of it"
    assert session().scalar(select(func.count()).select_from(FieldRecord)) == 1
    assert session().scalars(select(Attachment.noun)).all() == [FIELD, FIELD]
    assert page.evaluate(LEFT)[1] == []

    page.goto(address)
    ready(page)
    page.fill("[name=finding]", "还没有写完")
    page.locator("[name=place]").focus()
    page.wait_for_function("() => localStorage.getItem('hotline.gate')")
    page.wait_for_timeout(800)
    page.on("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/staff/sign-in*")
    assert page.evaluate(LEFT) == [[], [], 0]
    assert session().scalar(select(func.count()).select_from(FieldRecord)) == 1
