"""Who watches over an inspection sees how far it has come; nobody sees another's; nothing of the reporter."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from app.db import db, transaction
from app.domain.case import Case
from app.history.importing import Import
from app.kernel import clock
from tests.casework.office import SPOKEN, Office
from tests.history.published import ROWS, lines
from tests.support.browsing import browse
from tests.support.reports import CALLER

BOARD = "/staff/supervision/"
FIGURES = [
    "received",
    "accepted",
    "referred",
    "merged",
    "voided",
    "withdrawn",
    "pending",
    "cases",
    "handed_over",
    "replied",
    "published",
    "done",
    "staged",
    "open",
    "unstated",
    "late",
    "overdue",
    "key",
]


@pytest.fixture
def office(cast, installation) -> Office:
    return Office(cast, installation)


@pytest.fixture
def supervisor(app, cast):
    return browse(app).as_(cast, "supervisor")


@pytest.fixture
def busy(office, installation, tmp_path):
    """Something of everything."""
    list(Import(installation, "ours").run(lines(tmp_path, *ROWS)))
    case = office.brought_to("city_pass", "one")
    office.handed_over("two", parts=2)
    (late,) = office.handed_over("late")
    with transaction() as writing:
        writing.get_one(Case, late).feedback_due_on = clock.today() - timedelta(days=3)
    return case, late


@pytest.mark.parametrize("login", ["supervisor", "leader", "inspector"])
def test_those_who_watch_over_it_may_come_in(app, cast, login):
    assert "督导" in browse(app).as_(cast, login).get(BOARD)


@pytest.mark.parametrize(
    "login", ["clerk", "coordinator", "officer", "unit_leader", "custodian", "auditor", "administrator"]
)
@pytest.mark.parametrize(
    "path", [BOARD, BOARD + "behind/received", BOARD + "tables/summary", BOARD + "tables/summary.csv"]
)
def test_nobody_else_comes_in(app, cast, login, path):
    browse(app).as_(cast, login).get(path, 403)


def test_a_role_in_one_inspection_opens_no_other(app, cast):
    from app.domain.people import Person, PersonRole

    with transaction() as writing:
        person = writing.get_one(Person, cast.people["foreign_supervisor"])
        person.roles.append(PersonRole(role="clerk", inspection_id=cast.ours))
    both = browse(app).as_(cast, "foreign_supervisor")
    both.in_(cast.theirs).get(BOARD)
    for path in ("", "behind/received", "tables/disclosure", "tables/disclosure.xlsx"):
        both.in_(cast.ours).get(BOARD + path, 403)


def test_an_empty_inspection_has_its_dashboard_and_tables(supervisor):
    assert "还没有来件" in supervisor.get(BOARD)
    for name in ("handover", "disclosure", "summary"):
        supervisor.get(f"{BOARD}tables/{name}")
        for kind in ("xlsx", "csv"):
            supervisor.get(f"{BOARD}tables/{name}.{kind}")
    assert "本表暂无内容" in supervisor.get(BOARD + "tables/disclosure")


def figure(page, label):
    """The number above a label."""
    for box in page.all("div"):
        terms = ["".join(dt.itertext()) for dt in box.iter("dt")]
        if terms == [label]:
            return int("".join(next(box.iter("dd")).itertext()))
    raise AssertionError(f"no figure {label}")


def test_the_dashboard_counts_and_names_what_is_late(supervisor, busy):
    page = supervisor.get(BOARD)
    counted = {
        label: figure(page, label) for label in ("收到来件", "受理", "转办件", "交办", "已反馈", "已公开", "逾期")
    }
    assert counted == {"收到来件": 10, "受理": 10, "转办件": 11, "交办": 11, "已反馈": 8, "已公开": 7, "逾期": 1}
    assert "分解后转办 11 件（+1）" in page.words
    assert "逾期3天" in page.words
    assert f"/staff/casework/{busy[1]}" in page or f"/{busy[1]}" in page


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_leads_to_as_many_as_it_counts(supervisor, busy, name):
    board = supervisor.get(BOARD)
    links = [a for a in board.all("a") if a.get("href", "").endswith(f"/behind/{name}")]
    page = supervisor.get(f"{BOARD}behind/{name}")
    rows = [row for body in page.all("tbody") for row in body.iter("tr")]
    assert not links or len(rows) == int("".join(links[0].itertext()))


def test_a_figure_that_is_none_is_not_there(supervisor):
    for path in (
        "behind/nonsense",
        "tables/nonsense",
        "tables/nonsense.csv",
        "tables/handover?batch=99",
        "tables/summary?batch=1",
    ):
        supervisor.get(BOARD + path, 404)


def test_the_tables_say_of_how_many_rows_they_are(supervisor, busy):
    assert "显示11条，共11条" in supervisor.get(BOARD + "tables/handover").words
    assert "显示2条，共11条" in supervisor.get(BOARD + "tables/handover?batch=2").words
    assert "2 of 11 rows" in supervisor.get(BOARD + "tables/handover.csv?batch=2").text
    assert "7 of 7 rows" in supervisor.get(BOARD + "tables/disclosure.csv").text


def test_a_long_table_turns_its_pages(supervisor, installation, tmp_path):
    rows = [{"case_no": f"A{n}", "description": f"第{n}件", "pollution_types": ["水"]} for n in range(130)]
    list(Import(installation, "ours").run(lines(tmp_path, *rows)))
    first = supervisor.get(BOARD + "tables/disclosure")
    assert "显示100条，共130条" in first.words
    second = supervisor.get(BOARD + "tables/disclosure?page=2")
    assert "显示30条，共130条" in second.words
    assert "第100件" in second
    supervisor.get(BOARD + "tables/disclosure?page=9999999999")


def test_nothing_here_says_who_reported_or_what_was_said(supervisor, busy):
    for path in (
        "",
        "behind/received",
        "behind/cases",
        "tables/handover",
        "tables/disclosure.csv",
        "tables/handover.csv",
    ):
        page = supervisor.get(BOARD + path)
        assert not [secret for secret in (SPOKEN, CALLER.name, CALLER.phone) if secret in page]


def test_a_dashboard_takes_as_many_statements_for_many_as_for_few(supervisor, busy, installation, tmp_path):
    def statements():
        seen = []
        listen = lambda *_: seen.append(1)  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listen)
        supervisor.get(BOARD)
        event.remove(db.engine, "before_cursor_execute", listen)
        return len(seen)

    few = statements()
    rows = [
        {"case_no": f"A{n}", "description": f"第{n}件", "pollution_types": ["水"], "region": "天元区"}
        for n in range(30)
    ]
    list(Import(installation, "ours").run(lines(tmp_path, *rows)))
    assert statements() == few < 20


def test_the_dashboard_speaks_english_too(supervisor, busy):
    assert "What was received, and what became of it" in supervisor.get(BOARD + "?lang=en")
    assert "转办问题基本情况" in supervisor.get(BOARD + "tables/handover?lang=en")
