"""The pages of the documents: how far they are, taking a copy, changing a template, and looking a copy up."""

from io import BytesIO

import pytest

from tests.batches.test_pages import HOME, MORNING
from tests.batches.test_templates import document
from tests.support.browsing import browse
from tests.support.reports import LUSONG, TIANYUAN

TEMPLATE = HOME + "templates/letter"


@pytest.fixture
def cases(office):
    return office.ready(TIANYUAN, LUSONG, at=MORNING)


def test_a_day_that_is_closed_and_handed_over_by_its_pages_has_its_documents(app, cast, office, cases):
    leader, city = browse(app).as_(cast, "leader"), browse(app).as_(cast, "coordinator")
    leader.get(HOME + "close")
    leader.submit({})
    assert "共6份文书，已生成6份。" in leader.get(HOME + "1/documents")
    city.get(HOME + "1/documents", status=404)
    leader.get(HOME + "1")
    leader.submit({}, HOME + "1/hand-over")
    assert "共8份文书，已生成8份。" in city.get(HOME + "1/documents")
    page = city.submit({}, HOME + "1/documents/letter", status=200)
    assert page.headers["Content-Type"].endswith("wordprocessingml.document")
    assert page.headers["Content-Disposition"].startswith("attachment")
    city.get(HOME + "1/documents")
    assert city.submit({}, f"{HOME}cases/{cases[0]}/order", status=200).headers["Content-Type"].endswith(".document")


def test_a_copy_is_looked_up_by_leader_and_auditor(app, cast, office, installation, cases):
    batch = office.handed_over(office.closed(house=installation))
    leader, city = browse(app).as_(cast, "leader"), browse(app).as_(cast, "coordinator")
    city.get(f"{HOME}{batch}/documents")
    leader.get(f"{HOME}{batch}/documents")
    leader.submit({}, f"{HOME}{batch}/documents")
    city.get(f"{HOME}{batch}/documents")
    name = city.submit({}, f"{HOME}{batch}/documents/orders", status=200).headers["Content-Disposition"]
    number = name.rsplit(".pdf", 1)[0][-11:]
    for login in ("leader", "auditor"):
        page = browse(app).as_(cast, login).get(f"{HOME}copies?number={number.lower().replace('-', ' ')}")
        assert number in page
        assert "某coordinator" in page
    assert "没有这个编号的副本" in browse(app).as_(cast, "foreign_leader").get(f"{HOME}copies?number={number}")
    assert "没有这个编号的副本" in leader.get(HOME + "copies?number=1")
    city.get(HOME + "copies", status=403)


def test_a_document_that_is_not_ready_says_so(app, cast, office, cases):
    office.handed_over(office.closed())
    leader = browse(app).as_(cast, "leader")
    assert "尚未全部生成" in leader.get(HOME + "1/documents")
    leader.post(HOME + "1/documents/letter", {}, status=422)
    leader.get(HOME + "1/documents")
    assert "已生成8份" in leader.submit({}, HOME + "1/documents")


def test_a_template_is_taken_home_put_back_and_given_up(app, cast):
    inspector = browse(app).as_(cast, "inspector")
    assert "系统自带" in inspector.get(HOME + "templates")
    assert "%E6%A8%A1%E6%9D%BF.docx" in inspector.get(TEMPLATE + "/file").headers["Content-Disposition"]
    inspector.get(TEMPLATE)
    wrong = inspector.submit({"file": (BytesIO(document("{{ 批次 }}", "{{ 举报人 }}")), "a.docx")}, status=422)
    assert "第2段“{{ 举报人 }}”：没有“举报人”这个字段。" in wrong
    inspector.submit({"file": (BytesIO(document("第{{ 批次 }}批")), "a.docx")})
    assert "自定义模板" in inspector.get(HOME + "templates")
    inspector.get(TEMPLATE)
    inspector.submit({}, TEMPLATE + "/reset")
    assert "自定义模板" not in inspector.get(HOME + "templates")


def test_the_page_of_a_case_offers_its_order_once_it_is_made(app, cast, office, installation, cases):
    batch = office.closed(house=installation)
    office.signed(office.handed_over(batch))
    city = browse(app).as_(cast, "coordinator")
    assert "领取转办单" in city.get(f"/staff/casework/{cases[0]}")
