"""Turning pages of a long list loses nothing and repeats nothing."""

from types import SimpleNamespace

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert, select
from sqlalchemy.orm import Session

from app.web.paging import read_page

ROWS = Table("rows", MetaData(), Column("id", Integer, primary_key=True), Column("day", String))


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    ROWS.metadata.create_all(engine)
    with Session(engine) as session:
        session.execute(insert(ROWS), [{"id": n, "day": f"2024-03-{15 - n % 3:02}"} for n in range(1, 24)])
        yield session
    engine.dispose()


def turn(session, cursor="", *, newest_first=True, size=5):
    return read_page(
        session, select(ROWS.c.id, ROWS.c.day), by=ROWS.c.day, key=ROWS.c.id, cursor=cursor, size=size,
        newest_first=newest_first, make=lambda row: SimpleNamespace(id=row.id, day=row.day),
    )  # fmt: skip


def all_ids(session, newest_first):
    rows = session.execute(select(ROWS.c.day, ROWS.c.id)).all()
    return [number for _, number in sorted(((row.day, row.id) for row in rows), reverse=newest_first)]


@pytest.mark.parametrize("newest_first", [True, False])
def test_going_on_shows_every_row_once_and_going_back_shows_the_same_pages(session, newest_first):
    page, pages = turn(session, newest_first=newest_first), []
    while True:
        pages.append([row.id for row in page.rows])
        if not page.later:
            break
        page = turn(session, page.later, newest_first=newest_first)
    assert [number for rows in pages for number in rows] == all_ids(session, newest_first)
    back = []
    while page.earlier:
        page = turn(session, page.earlier, newest_first=newest_first)
        back.append([row.id for row in page.rows])
    assert back == pages[-2::-1]


def test_the_first_page_has_nothing_before_it_and_the_last_nothing_after(session):
    assert turn(session).earlier == ""
    assert turn(session, size=23).later == ""


@pytest.mark.parametrize("cursor", ["x", "-", "--3", "1.5", "１２", "1;drop", "-x"])
def test_a_cursor_nobody_gave_shows_the_first_page(session, cursor):
    assert turn(session, cursor).rows == turn(session).rows


def test_a_cursor_says_nothing_of_what_the_list_is_sorted_by(session):
    assert turn(session).later.isdecimal()


def test_a_row_that_is_gone_leads_back_to_the_first_page(session):
    assert turn(session, "999").rows == turn(session, "-999").rows == turn(session).rows
