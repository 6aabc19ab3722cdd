"""`make lighthouse`: the marks of the citizens' pages on Lighthouse's telephone profile, served as in service.

A demonstration in a folder of its own, two workers, pages and files compressed. A receipt and a report that is
followed need somebody who has reported: that is done first, without JavaScript, and the cookie is handed on.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from bench.serving import _free_port, _running

ROOT = Path(__file__).resolve().parent.parent
LEAST, ROUNDS = 98, 3
KINDS = ("performance", "accessibility", "best-practices")
HOTLINE = [sys.executable, "-c", "from app.cli import main; main()"]
WORDS = "夜里十点以后，院墙外的沥青拌和站开始生产，气味刺鼻，已经持续两个月。"


@dataclass(frozen=True)
class Asked:
    name: str
    url: str
    cookie: str = ""


def pages(base: str, chromium: str) -> list[Asked]:
    """The pages that are marked, the last two as one sees them who has just reported."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(base_url=base, java_script_enabled=False).new_page()
        page.goto("/public/cases")
        case = page.locator("main tbody a").first.get_attribute("href") or ""
        cookie = report(page)
        browser.close()
    plain = [("notice", "/"), ("form", "/report"), ("public table", "/public/cases"), ("public case", case)]
    own = [("receipt", "/report/receipt"), ("track", "/track/report")]
    return [Asked(name, base + path) for name, path in plain] + [Asked(name, base + path, cookie) for name, path in own]


def report(page: Page) -> str:
    """From the form to one's own report; the cookie of whoever did so."""
    page.goto("/report")
    page.fill("[name=description]", WORDS)
    while not page.url.endswith("/report/receipt"):
        page.locator("main form button.primary").last.click()
    code = page.locator("main .code").first.inner_text()
    page.goto("/track")
    page.fill("[name=query_code]", code)
    page.locator("main form button.primary").click()
    return "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())


def marks(asked: list[Asked], chromium: str) -> list[dict[str, object]]:
    told = json.dumps({"chromium": chromium, "pages": [vars(one) for one in asked]})
    script = ROOT / "ops" / "browser" / "marks.js"
    answer = subprocess.run(["node", str(script)], input=told, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in answer.stdout.splitlines()]


def measure(base: str, chromium: str) -> bool:
    """Print a table of the medians; whether each is high enough."""
    asked = pages(base, chromium)
    rounds = [marks(asked, chromium) for _ in range(ROUNDS)]
    print(f"{'median of ' + str(ROUNDS):16}" + "".join(f"{kind:>16}" for kind in KINDS))
    good = True
    for place, one in enumerate(asked):
        found = [turn[place]["marks"] for turn in rounds]
        middle = {kind: int(median(mark[kind] for mark in found)) for kind in KINDS}  # type: ignore[index]
        print(f"{one.name:16}" + "".join(f"{middle[kind]:>16}" for kind in KINDS))
        if min(middle.values()) < LEAST:
            good = False
            print("    " + "; ".join(str(fault) for fault in rounds[-1][place]["faults"]))  # type: ignore[attr-defined]
    return good


def main() -> int:
    chromium = shutil.which("chromium")
    if chromium is None or shutil.which("node") is None:
        print("Lighthouse wants chromium and node; they are not here")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        told, port = {"HOTLINE_INSTANCE": folder}, _free_port()
        for command in (["db", "upgrade"], ["demo"]):
            subprocess.run([*HOTLINE, *command], env=os.environ | told, stdout=subprocess.DEVNULL, check=True)
        with _running([*HOTLINE, "serve", "--port", str(port)], told, port, "/report"):
            return 0 if measure(f"http://127.0.0.1:{port}", chromium) else 1


if __name__ == "__main__":
    sys.exit(main())
