"""Cases as the locality works them, and a table of nothing but trouble."""

from datetime import UTC, datetime

import pytest

from app.db import session
from app.domain.inspection import Inspection
from app.domain.tables.table import Column, PrintedTable
from tests.casework.office import Office


@pytest.fixture
def office(cast, installation) -> Office:
    return Office(cast, installation)


@pytest.fixture
def ours(cast) -> Inspection:
    return session().get_one(Inspection, cast.ours)


def a_table(*lines, total=None, rows=None) -> PrintedTable:
    columns = (Column("序号", 6, number=True), Column("受理编号", 22), Column("内容", 60))
    moment = datetime(2024, 3, 15, 1, 20, tzinfo=UTC)
    found = rows or (lambda: iter(lines))
    return PrintedTable(
        "trouble", "情况表", "某督察", columns, found, len(lines) if total is None else total, moment, ("一个说明",)
    )


@pytest.fixture
def table():
    return a_table
