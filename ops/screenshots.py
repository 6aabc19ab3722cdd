"""Draw the pages of docs/manual from a running demonstration.

`python ops/screenshots.py http://127.0.0.1:8000 docs/manual [name …]`.
Chinese and English, on a telephone (360 px) and on a desk (1280 px). Look at each before it is committed.
"""

import shutil
import sys
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PASSWORD = "demo-clear-water"
WIDTHS = {"phone": (360, 740), "desk": (1280, 860)}


@dataclass(frozen=True)
class View:
    """A page to draw. `link`: follow the first link that matches, from there on."""

    name: str
    path: str
    login: str = ""
    link: str = ""


LOOKED_BACK = "main tbody tr:has-text('{}') a"
VIEWS = (
    View("notice", "/"),
    View("form", "/report"),
    View("form-large", "/report?mode=large-contrast"),
    View("track", "/track"),
    View("results", "/public/"),
    View("cases", "/public/cases"),
    View("public-case", "/public/cases", link="main tbody a"),
    View("map", "/public/map"),
    View("charts", "/public/charts"),
    View("notices", "/notices"),
    View("home-inspector", "/staff", "inspector"),
    View("desk", "/staff/desk/", "clerk"),
    View("call", "/staff/desk/new/call", "clerk"),
    View("letter", "/staff/desk/new/letter", "clerk"),
    View("triage-queue", "/staff/triage/", "inspector"),
    View("triage-report", "/staff/triage/", "inspector", "main tbody a"),
    View("batches", "/staff/batches/", "leader"),
    View("batch", "/staff/batches/", "leader", "main tbody a"),
    View("home-coordinator", "/staff", "coordinator"),
    View("case-list", "/staff/casework/", "coordinator"),
    View("case", "/staff/casework/?state=published", "coordinator", "main tbody a"),
    View("case-officer", "/staff/casework/", "officer", "main tbody a"),
    View("rectifications", "/staff/rectification", "supervisor"),
    View(
        "ladder",
        "/staff/rectification",
        "supervisor",
        f"{LOOKED_BACK.format('回头看')}, {LOOKED_BACK.format('Look-back')}",
    ),
    View("dashboard", "/staff/supervision/", "supervisor"),
    View("table-disclosure", "/staff/supervision/tables/disclosure", "supervisor"),
    View("vault", "/staff/vault", "custodian"),
    View("people", "/staff/administration", "admin"),
    View("inspections", "/staff/administration/inspections", "admin"),
    View("ledger", "/staff/ledger", "auditor"),
)
PAST = {"rectifications", "ladder"}


def sign_in(page: Page, base: str, login: str) -> None:
    page.goto(f"{base}/staff/sign-in")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")


def choose_past(page: Page) -> None:
    """The inspection that ended: the second in the bar."""
    if page.locator("header details").count():
        page.locator("header details summary").first.click()
        page.locator("header details button").last.click()


def draw(browser: Browser, base: str, folder: Path, view: View, language: str, width: str) -> None:
    across, down = WIDTHS[width]
    context = browser.new_context(viewport={"width": across, "height": down}, device_scale_factor=1.5)
    page = context.new_page()
    if view.login:
        sign_in(page, base, view.login)
        if view.name in PAST:
            choose_past(page)
    joint = "&" if "?" in view.path else "?"
    page.goto(f"{base}{view.path}{joint}lang={language}")
    if view.link:
        page.locator(view.link).first.click()
    page.evaluate("for (const picture of document.images) picture.loading = 'eager'")
    page.wait_for_load_state("networkidle")
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > across:
        sys.stdout.write(f"{view.name} {language} {width}: {wide} px wide\n")
    page.screenshot(path=folder / f"{view.name}.{language}.{width}.png", full_page=True)
    context.close()


def receipt(browser: Browser, base: str, folder: Path, language: str, width: str) -> None:
    """The form, what is looked through before it is sent, and the receipt."""
    across, down = WIDTHS[width]
    context = browser.new_context(viewport={"width": across, "height": down}, device_scale_factor=1.5)
    page = context.new_page()
    page.goto(f"{base}/report?lang={language}")
    page.fill("[name=description]", "河堤边的饲料厂夜里十一点以后有一股焦糊味，关窗也闻得到，大约持续到凌晨两点。")
    page.fill("[name=place]", "渌江桥头往东约两百米")
    page.locator("main form.report > .buttons button").first.click()
    page.wait_for_url("**/report/check*")
    page.screenshot(path=folder / f"check.{language}.{width}.png", full_page=True)
    page.locator("main form[method=post] button.primary").click()
    page.wait_for_url("**/report/receipt*")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=folder / f"receipt.{language}.{width}.png", full_page=True)
    context.close()


def main() -> None:
    base, folder = sys.argv[1], Path(sys.argv[2])
    wanted = set(sys.argv[3:])
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for language, width, view in product(("zh", "en"), WIDTHS, VIEWS):
            if not wanted or view.name in wanted:
                draw(browser, base, folder, view, language, width)
        for language, width in product(("zh", "en"), WIDTHS):  # last: each sends a report
            if not wanted or "receipt" in wanted:
                receipt(browser, base, folder, language, width)
        browser.close()


if __name__ == "__main__":
    main()
