"""An inspection into which published rows are entered, as their text comes."""

import pytest
from sqlalchemy import select

from app.db import session, transaction
from app.domain import search
from app.domain.case import Case
from app.domain.inspection import Inspection
from app.history.importing import Import
from tests.history.published import lines


@pytest.fixture
def enter(cast, installation, tmp_path):
    """Enter descriptions as published rows of our inspection; gives the ids of the cases, in that order."""

    def enter(*descriptions, **more) -> list[int]:
        rows = [{"description": said, "region": "天元区", "pollution_types": ["水"], **more} for said in descriptions]
        list(Import(installation, "ours").run(lines(tmp_path, *rows)))
        session().rollback()
        query = select(Case.id, Case.publication_problem)
        known = {problem: key for key, problem in session().execute(query)}
        return [known[said] for said in descriptions]

    return enter


@pytest.fixture
def find(cast):
    """What a reader finds: ids of cases."""

    def find(words, inspection="ours") -> set[int]:
        session().rollback()
        key = getattr(cast, inspection) if inspection else None
        return set(session().scalars(select(Case.id).where(Case.id.in_(search.matching(session(), key, words)))))

    return find


@pytest.fixture
def plainly(cast):
    """The same by reading every published text from end to end."""

    def plainly(words) -> set[int]:
        from app.domain.search.indexing import PublishedText
        from app.domain.search.words import terms

        found = session().execute(select(PublishedText.case_id, PublishedText.text))
        return {key for key, said in found if all(term.needle in said for term in terms(words)) and terms(words)}

    return plainly


@pytest.fixture
def write():
    """A hand that writes a case directly, in one transaction."""

    def write(case_id, **facts) -> None:
        with transaction() as writing:
            case = writing.get_one(Case, case_id)
            for name, value in facts.items():
                setattr(case, name, value)

    return write


@pytest.fixture
def inspection(cast) -> Inspection:
    return session().get_one(Inspection, cast.ours)
