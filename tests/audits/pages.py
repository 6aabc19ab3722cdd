"""Every page a citizen can meet, drawn once in a language and a mode: each public door, and what only a form leads to.

The doors come from the permission table, so that a new one is audited without being asked; what stands for its
parameters is in tests/support/parameters.py. What a door shows only after something was sent has a way here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Flask, render_template
from werkzeug.routing import Rule

from app.db import transaction
from app.domain.batch import Batch
from app.domain.case import Case
from app.domain.inspection import Inspection
from app.domain.workflow.vocabulary import CaseAction, Need
from app.kernel import clock
from app.tracking.holding import hold
from app.web.described import description_of
from app.web.guards import entry_of
from tests.support.browsing import REDIRECTS, Browser, browse
from tests.support.pages import Page
from tests.support.parameters import World, own_ways, values_of

LEADS_ON = {"publication.leave", "publication.case_by_id"}
"""Doors that are no page: they lead to one."""
KEPT = {"csrf_token", "key"}
WORDS = "夜里十点以后，院墙外的沥青拌和站开始生产，气味刺鼻。\n持续了两个月，天元区嵩山路的几栋楼都关着窗。"
REPORT = {
    "description": WORDS,
    "place": "嵩山路与泰山路口",
    "name": "访客",
    "phone": "13977712345",
    "wants_answer": "y",
}


@dataclass(frozen=True)
class Drawn:
    """One page as it was sent, and the door it came from ("" for an error's)."""

    name: str
    endpoint: str
    status: int
    text: str


class Reader:
    """Reads the pages of one world in one language and mode."""

    def __init__(self, app: Flask, world: World, lang: str = "zh", mode: str = "") -> None:
        self.app, self.world = app, world
        self.view = {name: value for name, value in (("lang", lang), ("mode", mode)) if value not in ("", "zh")}

    def read(self) -> list[Drawn]:
        return [
            *self._doors(),
            *self._reporting(),
            *self._following(),
            *self._objecting(),
            *self._results(),
            *self._without(),
        ]

    def _doors(self) -> Iterator[Drawn]:
        """Each public door as it is found, by somebody who has sent nothing."""
        for rule in doors(self.app):
            for way in own_ways(values_of(self.world, rule)):
                with self.app.test_request_context():
                    path = self.app.url_map.bind("localhost").build(rule.endpoint, way)
                yield from self._drawn(path, browse(self.app).get(self._seen(path), None))

    def _reporting(self) -> Iterator[Drawn]:
        browser = browse(self.app)
        browser.get(self._seen("/report?inspection=ours"))
        yield from self._drawn("form with errors", browser.submit({"description": "", "phone": "12"}, status=422))
        yield from self._drawn("check", browser.submit(REPORT, status=200))
        yield from self._drawn("receipt", browser.submit())
        yield from self._drawn("sent again", browser.get(self._seen("/track")))
        yield from self._drawn("wrong code", browser.submit({"query_code": "0000"}, status=422))
        bare = browse(self.app)
        bare.get(self._seen("/report"))
        sent = {**REPORT, "csrf_token": "stale"}
        yield from self._drawn("expired", bare._go("POST", self._seen("/report"), 400, follow=False, data=sent))

    def _pressed(self) -> Iterator[Drawn]:
        """When more arrives than the limit: what is alike, the page that asks for patience, the code asked for again."""
        browser = browse(self.app)
        browser.get(self._seen("/report?inspection=ours"))
        yield from self._drawn("alike", browser.post(self._seen("/report/alike"), {"description": "某厂夜间异味"}, 200))
        house = self.app.extensions["installation"]
        limited = replace(house, settings=replace(house.settings, pressure_reports=1))
        self.app.extensions["installation"] = limited
        try:
            browser.get(self._seen("/report?inspection=ours"))
            form = browser.submit(REPORT, status=200).form()
            asked = browser._go("POST", form.action, None, follow=True, data=form.values)
            yield from self._drawn("patience", asked)
        finally:
            self.app.extensions["installation"] = house
        lapsed = browse(self.app).post(self._seen("/track/report/add"), {"addition": WORDS}, 401)
        yield from self._drawn("code asked for again", lapsed)

    def _following(self) -> Iterator[Drawn]:
        """A report in each state, and each thing its reporter may do in it."""
        for state, report_id in self.world.ours.reports.items():
            browser = self._holding(report_id)
            yield from self._drawn(f"report {state}", browser.get(self._seen("/track/report"), None))
            for doing in ("answer", "add", "withdraw", "rate", "news"):
                page = browser.get(self._seen(f"/track/report/{doing}"), None)
                yield from self._drawn(f"{doing} {state}", page)
                if page.status == 200:
                    yield from self._drawn(f"{doing} {state} with errors", emptied(browser))

        late = browse(self.app)
        late.get(self._seen("/track"))
        words = {"csrf_token": late.page.token(), "addition": WORDS}
        path = self._seen("/track/report/add")
        yield from self._drawn("the code once more", late._go("POST", path, 401, follow=False, data=words))

    def _objecting(self) -> Iterator[Drawn]:
        browser = browse(self.app)
        page = browser.get(self._seen(f"/notices/{self.world.ours.notice}"), None)
        if any(form.method == "post" for form in page.forms()):
            yield from self._drawn("objection with errors", emptied(browser))

    def _results(self) -> Iterator[Drawn]:
        """A bulletin that adds up, a case that was taken down, a table with nothing in it."""
        ours, moment = self.world.ours, clock.now()
        with transaction() as changing:
            day = {"window_from": moment, "window_to": moment, "closed_at": moment, "handed_over_at": moment}
            changing.add(Batch(inspection_id=self.world.cast.ours, ordinal=9, **day))
            case = changing.get_one(Case, ours.cases["published"])
            number = case.number
            case.perform(CaseAction.UNPUBLISH, self.world.cast["leader"], {Need.REASON: "更正核查情况"})
        for path in ("bulletins/9", f"cases/{number}", "cases", "", "changes", "map", "charts"):
            page = browse(self.app).get(self._seen(f"/public/{path}?inspection=ours"), None)
            yield from self._drawn(f"{path} after the case was taken down", page)

    def _without(self) -> Iterator[Drawn]:
        """What is read when there is nothing to read: no page, no team, no cases, a door that is closed."""
        yield from self._drawn("missing", browse(self.app).get(self._seen("/nowhere"), 404))
        yield from self._drawn("wrong way", browse(self.app)._go("GET", self._seen("/track/leave"), 405, follow=False))
        yield from self._drawn("no case", browse(self.app).get(self._seen("/public/cases/nowhere"), 404))
        yield from self._drawn("nothing fits", browse(self.app).get(self._seen("/public/cases?number=nothing"), None))
        with self.app.test_request_context(self._seen("/")):
            yield Drawn("nobody", "intake.notice", 200, render_template("intake/nobody.html"))
        with transaction() as changing:
            for one in changing.query(Inspection):
                one.ends_on = clock.today() - timedelta(days=1)
                one.starts_on = clock.today() - timedelta(days=20)
        for path in ("/?inspection=ours", "/report?inspection=ours"):
            yield from self._drawn(f"after the window {path}", browse(self.app).get(self._seen(path), None))

    def _holding(self, report_id: int) -> Browser:
        browser = browse(self.app)
        kept: dict[str, Any] = {}
        hold(kept, report_id)
        for name, value in kept.items():
            browser._remember(name, value)
        return browser

    def _seen(self, path: str) -> str:
        said = urlencode(self.view)
        return f"{path}{'&' if '?' in path else '?'}{said}" if said else path

    def _drawn(self, name: str, page: Page) -> Iterator[Drawn]:
        if not page.is_html or page.status in REDIRECTS:
            return
        adapter = self.app.url_map.bind("localhost")
        path = page.path.partition("?")[0]
        endpoint = adapter.match(path)[0] if page.status == 200 and adapter.test(path) else ""
        yield Drawn(name, endpoint, page.status, page.text)


def emptied(browser: Browser) -> Page:
    """What comes back when the form of the last page is sent without a word in it."""
    assert browser.page is not None
    form = browser.page.form()
    kept = {name: value if name in KEPT else "" for name, value in form.values.items()}
    return browser._go("POST", form.action, None, follow=True, data=kept)


def doors(app: Flask) -> list[Rule]:
    """Every door of citizens that can be fetched and is no file for machines."""
    return sorted((rule for rule in app.url_map.iter_rules() if _is_citizens(app, rule)), key=lambda rule: rule.rule)


def _is_citizens(app: Flask, rule: Rule) -> bool:
    entry, view = entry_of(app, rule.endpoint), app.view_functions[rule.endpoint]
    page = "GET" in (rule.methods or ()) and rule.endpoint != "static" and description_of(view, "GET") is None
    return page and entry is not None and entry.public and not rule.rule.startswith("/staff")
