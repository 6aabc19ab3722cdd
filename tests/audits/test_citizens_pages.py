"""Every citizen's page, in both languages and in each mode: no fault that axe or the HTML checker can find.

The pages are drawn by the application and shown to the browser from there, with the style sheets and scripts they
name: no server, and the same bytes for both judges.
"""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import html5lib
import pytest

from app.settings import ROOT
from tests.audits.conftest import TOOLS
from tests.audits.pages import LEADS_ON, Drawn, Reader, doors

HOST = "http://pages.test"
STATIC = ROOT / "app" / "static"
PHONE, DESK = {"width": 360, "height": 640}, {"width": 1280, "height": 800}
RULES = {"resultTypes": ["violations"]}
ONLY_COLOURS = RULES | {"runOnly": ["color-contrast", "link-in-text-block"]}
LOOKS = {"": (DESK, RULES), "large": (PHONE, RULES), "contrast": (DESK, ONLY_COLOURS)}

pytestmark = [pytest.mark.browser, pytest.mark.audits]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("mode", LOOKS)
def test_axe_finds_no_fault(app, world, chromium, axe, lang, mode):
    size, options = LOOKS[mode]
    found: dict[str, list[str]] = {}
    with Shown(chromium, axe, size) as shown:
        for drawn in Reader(app, world, lang, mode).read():
            for fault in shown.faults(drawn, options):
                found.setdefault(fault, []).append(drawn.name)
    assert not found, "\n".join(f"{fault}\n    on {', '.join(names[:6])}" for fault, names in found.items())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("mode", ["", "large"])
def test_the_checker_finds_no_error(app, world, tmp_path, lang, mode):
    wrong = checked(Reader(app, world, lang, mode).read(), tmp_path)
    assert not wrong, "\n".join(f"{fault}\n    on {', '.join(pages[:6])}" for fault, pages in wrong.items())


def checked(pages: Iterable[Drawn], folder: Path) -> dict[str, list[str]]:
    """Each error that vnu finds, and the pages it stands on; one run over all of them."""
    names = {}
    for place, drawn in enumerate(pages):
        file = folder / f"{place}.html"
        file.write_text(drawn.text, encoding="utf-8")
        names[file.name] = drawn.name
    command = ["java", "-jar", str(TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"), "--format", "json"]
    told = subprocess.run([*command, "--exit-zero-always", str(folder)], capture_output=True, text=True, check=True)
    wrong: dict[str, list[str]] = {}
    for message in json.loads(told.stderr)["messages"]:
        if message["type"] == "error":
            where = f"{message['message']} near {message.get('extract', '')!r}"
            wrong.setdefault(where, []).append(names[urlsplit(message["url"]).path.rpartition("/")[2]])
    return wrong


def test_every_door_of_citizens_has_been_looked_at_open(app, world):
    """A new public page is found by itself; one that opens only after something was sent needs its way in pages.py."""
    seen = {drawn.endpoint for drawn in Reader(app, world).read()}
    assert {rule.endpoint for rule in doors(app)} - LEADS_ON - seen == set()


class Shown:
    """A browser window that is given drawn pages, and asks axe about each."""

    def __init__(self, chromium, axe, size):
        self.context = chromium.new_context(viewport=size, reduced_motion="reduce")
        self.page, self.axe, self.drawn = self.context.new_page(), axe, None
        self.context.route("**/*", self._answer)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.context.close()

    def faults(self, drawn: Drawn, options):
        self.drawn = drawn
        self.page.goto(f"{HOST}/", wait_until="load")
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > self.page.viewport_size["width"]:
            yield f"wider than its window: {wide} px"
        self.page.evaluate(self.axe)
        result = self.page.evaluate("options => axe.run(document, options)", options)
        for violation in result["violations"]:
            for node in violation["nodes"][:3]:
                yield f"{violation['id']}: {violation['help']}: {node['html'][:160]} {' '.join(node['failureSummary'].split())[:300]}"

    def _answer(self, route):
        path = unquote(urlsplit(route.request.url).path)
        if path == "/":
            route.fulfill(status=200, content_type="text/html; charset=utf-8", body=self.drawn.text)
        elif path.startswith("/static/"):
            route.fulfill(path=STATIC / path.removeprefix("/static/"))
        else:
            route.fulfill(status=404, body="")


def test_every_way_onward_keeps_how_the_page_is_read(app, world):
    """Links and forms to other pages of citizens; files for machines are the same in every view."""
    adapter, pages, lost = app.url_map.bind("localhost"), {rule.endpoint for rule in doors(app)} - LEADS_ON, {}
    for drawn in Reader(app, world, "en", "large").read():
        for element in html5lib.parse(drawn.text, namespaceHTMLElements=False).iter():
            if element.tag in {"a", "form"} and element.get("rel") != "nofollow":
                way = urlsplit(element.get("href") or element.get("action") or "")
                fields = element.iter("input") if element.get("method") == "get" else ()
                said = {*parse_qs(way.query), *(field.get("name") for field in fields)}
                if way.path and leads_to(adapter, way.path, pages) and not {"lang", "mode"} <= said:
                    lost[way.geturl()] = drawn.name
    assert lost == {}


def leads_to(adapter, path, pages):
    return any(adapter.test(path, method) and adapter.match(path, method)[0] in pages for method in ("GET", "POST"))
