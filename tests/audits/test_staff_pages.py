"""Every page of the team's and the locality's side: no fault that axe or the HTML checker can find.

The doors come from the permission table, so that a new one is audited without being asked; a page of a record is drawn
in its states until it opened. On a telephone in Chinese, on a desk in English.
"""

from collections.abc import Iterator
from itertools import islice

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.web.guards import entry_of
from tests.audits.pages import Drawn
from tests.audits.test_citizens_pages import DESK, PHONE, RULES, Shown, checked
from tests.support.browsing import Browser, browse
from tests.support.parameters import World, own_ways, values_of

ROLES = (
    "officer", "inspector", "coordinator", "unit_leader", "clerk", "leader", "acceptor", "custodian", "supervisor",
    "auditor", "administrator",
)  # fmt: skip
MOST_WAYS = 24
NO_PAGE = {
    "accounts.sign_in", "batches.template_as_file", "casework.attachment", "casework.gate_worker", "casework.ledger",
    "desk.draft_file", "desk.file", "desk.sheet_columns", "desk.sheet_table", "desk.sheet_template", "messages.one",
    "rectification.decide_change", "rectification.picture", "rectification.printed_step", "rectification.signatures",
    "supervision.behind", "supervision.file", "triage.file", "triage.spot_file", "triage.spot_picture",
}  # fmt: skip
"""They hand out files, lead on, or open only after something was sent (and are drawn in their rooms' tests)."""
LOOKS = {"zh": (PHONE, 2), "en": (DESK, 1)}
"""In which window, and how many different pages of each door."""

pytestmark = [pytest.mark.browser, pytest.mark.audits]


def staff_doors(app: Flask) -> list[Rule]:
    found = [
        rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/staff") and "GET" in (rule.methods or ())
    ]
    return sorted(found, key=lambda rule: rule.rule)


def drawn_pages(app: Flask, world: World, lang: str) -> Iterator[Drawn]:
    """Each door, as the first who are admitted see it."""
    most = LOOKS[lang][1]
    browsers = {role: browse(app).as_(world.cast, role).in_(world.cast.ours) for role in ROLES}
    for browser in browsers.values():
        browser.get(f"/staff?lang={lang}")
    for rule in staff_doors(app):
        yield from islice(_opened(app, world, rule, browsers, lang), most)


def _opened(app: Flask, world: World, rule: Rule, browsers: dict[str, Browser], lang: str) -> Iterator[Drawn]:
    entry = entry_of(app, rule.endpoint)
    for values in islice(own_ways(values_of(world, rule)), MOST_WAYS):
        with app.test_request_context():
            path = app.url_map.bind("localhost").build(rule.endpoint, values, method="GET")
        for role, browser in browsers.items():
            if entry is None or not entry.admits(world.cast[role]):
                continue
            page = browser.get(f"{path}?lang={lang}", None)
            if page.is_html and page.status == 200:
                yield Drawn(f"{rule.endpoint} as {role}", rule.endpoint, page.status, page.text)
                break


@pytest.mark.parametrize("lang", LOOKS)
def test_axe_finds_no_fault(app, world, chromium, axe, lang):
    found: dict[str, list[str]] = {}
    with Shown(chromium, axe, LOOKS[lang][0]) as shown:
        pages = list(drawn_pages(app, world, lang))
        for drawn in pages:
            for fault in shown.faults(drawn, RULES):
                found.setdefault(fault, []).append(drawn.name)
    assert not found, "\n".join(f"{fault}\n    on {', '.join(names[:6])}" for fault, names in found.items())
    assert {rule.endpoint for rule in staff_doors(app)} - NO_PAGE - {drawn.endpoint for drawn in pages} == set()


def test_the_checker_finds_no_error(app, world, tmp_path):
    wrong = checked(drawn_pages(app, world, "zh"), tmp_path)
    assert not wrong, "\n".join(f"{fault}\n    on {', '.join(pages[:6])}" for fault, pages in wrong.items())
