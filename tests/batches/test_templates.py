"""The office's templates: tried before they are kept, and a broken one names its paragraph and its word."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from app.batches import services
from app.batches.queries.templates import template, template_file
from app.batches.services.templates import keep_template, reset_template
from app.db import session
from app.domain.ledger import LedgerEntry
from app.domain.papers.bound import pages_of
from app.domain.papers.filling import check, fill
from app.domain.papers.paper import PaperKind
from app.domain.papers.plain import filled_in
from app.domain.papers.shipped import shipped
from app.domain.papers.templates import look_over
from app.domain.papers.words import WORDS
from app.kernel.errors import NotAllowed, Refused
from tests.batches.test_documents import EVENING, cells_of, taken, words_of

LETTER, BULLETIN = PaperKind.LETTER, PaperKind.BULLETIN


def document(*paragraphs, footer=""):
    made = Document()
    for words in paragraphs:
        made.add_paragraph(words)
    if footer:
        made.sections[0].footer.paragraphs[0].text = footer
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def with_part(content, name, data):
    out = BytesIO(content)
    with ZipFile(out, "a", ZIP_DEFLATED) as package:
        package.writestr(name, data)
    return out.getvalue()


def refusal(kind, content):
    with pytest.raises(Refused) as refused:
        look_over(kind, content)
    return refused.value


@pytest.mark.parametrize("kind", PaperKind)
def test_the_shipped_templates_pass_their_own_test(kind):
    look_over(kind, shipped(kind))


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("受理：{{ 批次号 }}", "批次号"),
        ("{% for 件 in 转办件 %}{{ 件.举报人 }}{% endfor %}", "件.举报人"),
        ("{% for 件 in 举报人 %}{{ 件.姓名 }}{% endfor %}", "举报人"),
        ("{{ 批次.__class__ }}", "批次.__class__"),
        ("{{ 批次 * 999999999 }}", "{{ 批次 * 999999999 }}"),
        ("{{ range(9) }}", "{{ range(9) }}"),
        ("{{ 批次 | pprint }}", "pprint"),
        ("{% set x = 1 %}", "set"),
        ("{% include 'x' %}", "include"),
        ("{% macro x() %}{% endmacro %}", "macro"),
        ("{% if 分解后 %}", "{% if 分解后 %}"),
        ("{% endfor %}", "{% endfor %}"),
        ("{% for a in 转办件 %}{% for b in 转办件 %}{{ b.序号 }}{% endfor %}{% endfor %}", "for"),
        ("{{ 批次 批次 }}", "{{ 批次 批次 }}"),
    ],
)
def test_a_broken_template_names_its_paragraph_and_its_word(line, word):
    for content in (document("第{{ 批次 }}批", "没有字段的一段", line), document("{{ 批次 }}", "二", line)):
        found = refusal(LETTER, content)
        assert (found.params["place"], found.params["word"]) == (3, word)


@pytest.mark.parametrize("line", ["{{ 批次 }", "{ 批次 }}", "｛｛ 批次 ｝｝", "{% if 分解后 }"])
def test_braces_that_are_not_paired_are_found(line):
    assert refusal(LETTER, document("{{ 批次 }}", line)).params["place"] == 2


def test_a_footer_is_looked_over_too():
    assert refusal(LETTER, document("{{ 批次 }}", footer="{{ 举报人 }}")).params["word"] == "举报人"


def test_a_text_template_names_its_line():
    found = refusal(BULLETIN, "第{{ 批次 }}批\n重点件 {{ 重点 }} 件".encode())
    assert (found.params["place"], found.params["word"]) == (2, "重点")


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (PaperKind.ORDERS, "| 甲 | {{ 批次 }} | 丙 |"),
        (PaperKind.LIST, "| 甲 | {{ 批次 }} |"),
        (PaperKind.ORDERS, "{{ 举报人 }}"),
    ],
)
def test_plain_lines_are_named_too(kind, line):
    assert refusal(kind, f"# 第{{{{ 批次 }}}}批\n二\n{line}\n四".encode()).params["place"] == 3


def test_plain_lines_make_titles_rows_and_paragraphs():
    source = "# 单子\n## 第{{ 批次 }}批\n\n| 名 | {{ 情况 | default('|') }} |\n{% if 有 %}\n| 甲 | {{ 甲 }} | 乙 | 丙 |\n{% endif %}\n尾{{ 情况 }}"
    told = {"批次": "3", "情况": "# 甲\n| 乙 | 丙 |\x1d丁", "甲": "一", "有": "x"}
    page = filled_in(source, told)
    kept = "# 甲\n| 乙 | 丙 |丁"
    assert (page.title, page.below) == ("单子", "第3批")
    assert page.blocks == (("名", kept), ("甲", "一", "乙", "丙"), (f"尾{kept}",))
    assert filled_in(source, told | {"有": ""}).blocks == (("名", kept), (f"尾{kept}",))


def test_tables_and_bound_orders_are_worded_by_the_office(office, cast, installation):
    office.ready(at=EVENING.replace(hour=1))
    batch = office.closed(EVENING, house=installation)
    keep_template(
        cast["leader"], cast.ours, PaperKind.LIST, "# 转办清单\n## 第{{ 批次 }}批 {{ 分解后 }}件\n内部资料".encode()
    )
    keep_template(cast["leader"], cast.ours, PaperKind.ORDERS, "# 第{{ 批次 }}批\n{{ 受理编号 }}\n".encode() * 200)
    services.ask_for_papers(installation, cast["inspector"], batch)
    cells = cells_of(taken(installation, cast, batch, PaperKind.LIST).content)
    assert cells[0][0] == "转办清单"
    assert cells[1][0].startswith("第1批 1件　制表时间")
    assert any("内部资料" in row for row in cells)
    assert pages_of(taken(installation, cast, batch, PaperKind.ORDERS).content) > 1  # one case, two hundred lines


def test_what_is_no_document_or_acts_by_itself_is_refused():
    whole = document("{{ 批次 }}")
    refusal(LETTER, b"PK\x03\x04 nothing")
    refusal(LETTER, b"")
    refusal(LETTER, b"x" * (3 * 1024 * 1024))
    refusal(LETTER, with_part(whole, "word/vbaProject.bin", b"x"))
    refusal(LETTER, with_part(whole, "word/embeddings/oleObject1.bin", b"x"))
    refusal(LETTER, with_part(whole, "word/extra.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>'))
    remote = '<Relationships><Relationship Id="r" Type="x/image" Target="http://a.example/" TargetMode="External"/></Relationships>'
    refusal(LETTER, with_part(whole, "word/_rels/footer9.xml.rels", remote))
    refusal(LETTER, with_part(whole, "word/media/bomb.xml", b"0" * (30 * 1024 * 1024)))
    refusal(BULLETIN, b"\xff\xfe\x00")
    refusal(LETTER, document("没有字段"))


def test_the_sandbox_holds_even_where_nobody_looked():
    for source in (
        "{{ ().__class__ }}",
        "{{ [].append(1) }}",
        "{% for x in 'a' * 9 %}{% endfor %}",
        "{{ a[0] }}",
        "{% set a = 1 %}",
    ):
        with pytest.raises(Refused):
            fill(source, {"a": "x"})


def test_a_condition_over_several_paragraphs_is_read_as_one():
    check([(1, "{% if 分解后 %}"), (2, "{{ 批次 }}"), (3, "{% else %}"), (4, "{% endif %}")], WORDS[LETTER])


def test_an_own_template_is_used_from_then_on_and_reset(office, cast, installation):
    office.ready(at=EVENING.replace(hour=1))
    batch = office.closed(EVENING, house=installation)
    keep_template(cast["leader"], cast.ours, LETTER, document("自定义函：第{{ 批次 }}批{{ 分解后 }}件"))
    with pytest.raises(Refused):
        taken(installation, cast, batch, LETTER)
    services.ask_for_papers(installation, cast["inspector"], batch)
    assert words_of(taken(installation, cast, batch, LETTER).content) == "自定义函：第1批1件"
    assert template(cast["leader"], cast.ours, LETTER).by == "某leader"
    reset_template(cast["inspector"], cast.ours, LETTER)
    assert template_file(cast["leader"], cast.ours, LETTER) == shipped(LETTER)
    actions = (
        session().query(LedgerEntry.action).filter(LedgerEntry.noun == "inspection").order_by(LedgerEntry.id).all()
    )
    assert [action for (action,) in actions] == ["change_template", "reset_template"]


def test_what_was_handed_over_stays_as_it_was_issued(office, cast, installation):
    office.ready(at=EVENING.replace(hour=1))
    batch = office.closed(EVENING, house=installation)
    keep_template(cast["leader"], cast.ours, LETTER, document("甲：{{ 批次 }}"))
    services.hand_over(cast["leader"], batch, house=installation)
    keep_template(cast["leader"], cast.ours, LETTER, document("乙：{{ 批次 }}"))
    services.ask_for_papers(installation, cast["inspector"], batch)
    assert words_of(taken(installation, cast, batch, LETTER).content) == "甲：1"


def test_only_leader_and_inspector_change_templates(cast):
    for login in ("coordinator", "supervisor", "clerk", "administrator", "foreign_leader"):
        with pytest.raises(NotAllowed):
            keep_template(cast[login], cast.ours, LETTER, document("{{ 批次 }}"))
        with pytest.raises(NotAllowed):
            reset_template(cast[login], cast.ours, LETTER)
