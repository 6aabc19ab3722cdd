"""Who may see which field: one file, no role forgotten, and the rules that must never bend."""

import pytest

from app.domain.visibility import Level, audiences, fields, hidden_from, may_see
from app.domain.workflow.vocabulary import Role as R

LOCALITY = (R.COORDINATOR, R.OFFICER, R.UNIT_LEADER, R.ACCEPTOR)


def test_every_role_of_a_person_belongs_to_one_audience():
    held = [role for audience in audiences().values() for role in audience.roles]
    assert sorted(held) == sorted(set(R) - {R.HISTORIAN, R.CLOCK})


@pytest.mark.parametrize("role", [*LOCALITY, R.SUPERVISOR, R.ADMINISTRATOR, R.AUDITOR])
def test_the_reporter_is_hidden_from_everybody_outside_the_teams_work(role):
    assert {"reporter", "real_name"} <= set(hidden_from(role))


@pytest.mark.parametrize("role", LOCALITY)
def test_the_locality_never_reads_the_reporters_words_nor_the_hour(role):
    assert {"words", "internal_notes"} <= set(hidden_from(role))
    assert may_see("received_at", [role]) is Level.DAY


def test_only_the_custodian_opens_an_identity():
    assert [role for role in R if may_see("reporter", [role]) is Level.OPENS] == [R.CUSTODIAN]


def test_the_public_reads_publication_texts_only():
    seen = {code for code in fields() if may_see(code, []) > Level.ABSENT}
    assert seen == {"publication_text", "received_at"}


def test_administrators_and_auditors_see_no_content():
    content = {"words", "handover_text", "publication_text", "internal_notes"}
    for role in (R.ADMINISTRATOR, R.AUDITOR):
        assert content <= set(hidden_from(role))


def test_two_roles_see_what_either_sees():
    assert may_see("words", [R.OFFICER, R.LEADER]) is Level.YES
