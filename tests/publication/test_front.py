"""The front page, charts and sign-offs: each figure as the tables count it, each chart with its table."""

from datetime import timedelta

import pytest

from app.kernel import clock
from app.web.charts import PATTERNS, Row, chart
from tests.rectification.conftest import make_case, make_climber  # noqa: F401  (a cycle that is climbed)

HERE = "?inspection=ours"
LAST_YEAR = clock.now() - timedelta(days=365)
PAGES = ("", "cases", "bulletins", "map", "charts", "changes", "sign-offs", "data")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_of_the_results_stands_empty_and_filled_in_both_languages(reader, published, page, lang):
    address = f"/public/{page}{HERE}&lang={lang}"
    reader.get(address)
    published(point=(27.8283, 113.1127))
    reader.get(address)


@pytest.mark.parametrize("page", PAGES)
def test_they_may_be_kept_a_minute(reader, cast, page):
    assert reader.get(f"/public/{page}{HERE}").headers["Cache-Control"] == "public, max-age=60"


def test_the_front_page_leads_to_everything(reader, published):
    published()
    links = {a.get("href").partition("?")[0] for a in reader.get(f"/public/{HERE}").all("a")}
    assert {f"/public/{page}" for page in PAGES if page} | {"/notices"} <= links


def test_a_chart_and_its_table_say_the_same(reader, published):
    published()
    page = reader.get(f"/public/charts{HERE}")
    captions = ["".join(one.itertext()) for one in page.all("caption")]
    assert captions == ["每日收到举报", "按行政区域", "按污染类型", "调查核实情况", "办结情况", "整改销号进展"]
    days = next(page.all("figure"))
    bars = [[part.text for part in bar.iter("span")] for bar in days.iter("li") if bar.find("span") is not None]
    rows = [["".join(cell.itertext()) for cell in row] for body in days.iter("tbody") for row in body.iter("tr")]
    assert bars == [[row[0], row[-1]] for row in rows[:-1]]


def test_bars_are_on_one_scale_and_told_apart_by_pattern():
    drawn = chart(("甲", "乙"), [Row("一", (1, 3)), Row("二", (2, 0)), Row("三", (0, 0))])
    assert [[piece.length for piece in bar.segments] for bar in drawn.bars] == [[25.0, 75.0], [50.0], []]
    assert drawn.bars[0].segments[1].start == 25.0
    assert drawn.patterns == (("甲", PATTERNS[0]), ("乙", PATTERNS[1]))
    assert chart((), []).blank


def test_what_was_signed_off_is_listed_counted_and_found(reader, make_climber):  # noqa: F811
    climber = make_climber(moment=LAST_YEAR)
    climber.plan().submit().up_to("file")
    name = climber.record.case.number
    assert name in reader.get(f"/public/sign-offs{HERE}")
    assert name in reader.get(f"/public/cases{HERE}&state=signed_off")
    assert "销号日期" in reader.get(f"/public/cases/{name}")


def test_what_relapsed_is_signed_off_no_longer(reader, make_climber):  # noqa: F811
    climber = make_climber(moment=LAST_YEAR)
    climber.plan().submit().up_to("nothing").sign("find_relapsed")
    assert "目前还没有销号的件" in reader.get(f"/public/sign-offs{HERE}")
