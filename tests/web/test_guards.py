"""A door that says nothing stays shut."""

from urllib.parse import quote, unquote

import pytest

from app.domain.workflow.vocabulary import Role
from app.web.guards import Entry, own_address, permission_table


def test_a_view_without_an_entry_is_shut_for_everybody(reader):
    assert reader.get("/unguarded").status_code == 403
    assert reader.as_("inspector").get("/unguarded").status_code == 403


def test_a_public_door_is_open(reader):
    assert reader.get("/").status_code == 200


def test_a_staff_door_leads_to_signing_in_and_back(reader):
    answer = reader.get("/staff/queue?page=3&area=天元区")
    assert answer.status_code == 302
    address, _, wish = answer.location.partition("?next=")
    assert address == "/staff/sign-in"
    assert unquote(wish) == own_address(unquote(wish)) == "/staff/queue?page=3&area=" + quote("天元区")


def test_a_role_opens_its_own_doors_only(reader):
    reader.as_("inspector")
    assert reader.get("/staff/queue").status_code == 200
    assert reader.get("/staff/leaders").status_code == 403


def test_a_door_without_roles_is_open_to_whoever_is_signed_in(reader):
    assert reader.as_("clerk").post("/staff/sign-out").status_code == 302


def test_the_permission_table_names_every_door(sample):
    table = {door.endpoint: door for door in permission_table(sample)}
    assert set(table) == set(sample.view_functions)
    assert table["desk.queue"].entry == Entry(roles=frozenset({Role.INSPECTOR, Role.LEADER}))
    assert table["pages.home"].entry == Entry(public=True)
    assert table["unguarded"].entry is None


def test_a_sign_is_seen_only_by_those_its_door_admits(reader):
    page = reader.as_("inspector").get("/staff/queue").text
    assert 'href="/staff/record"' in page
    assert 'href="/staff/leaders"' not in page


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/staff\\x", "/staffs", "/staff/a b", "", None],
)
def test_signing_in_never_leads_elsewhere(target):
    assert own_address(target) == "/staff"


@pytest.mark.parametrize("target", ["/staff", "/staff/queue", "/staff/queue?page=3&a=%E5", "/staff?x=1"])
def test_signing_in_leads_back(target):
    assert own_address(target) == target
