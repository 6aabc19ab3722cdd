"""Somebody at a browser: goes, writes, presses, reads. Whatever a page complains of on the way is kept."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, ViewportSize, expect

from app.domain.workflow.terms import Term

POSTED = "main form[method=post]"
PATIENCE = 15_000
"""Milliseconds before it is said that something does not appear: a busy machine is slow, and not wrong."""


Screen = ViewportSize
DESK, PHONE = Screen(width=1280, height=800), Screen(width=360, height=740)


class Visitor:
    """One browser of its own. `complaints`: what its console said, what it asked of another host, what failed."""

    def __init__(self, chromium: Browser, address: str, *, scripts: bool = True, screen: Screen = DESK) -> None:
        self.address = address
        self.complaints: list[str] = []
        self.context = chromium.new_context(
            base_url=address, locale="zh-CN", java_script_enabled=scripts, viewport=screen, has_touch=screen is PHONE
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("request", self._on_request)
        self.page.on("response", self._on_response)

    def _on_console(self, told: ConsoleMessage) -> None:
        """A browser says here, too, what the policy of a page refused."""
        self.complaints.append(f"{self.page.url}: {told.text}")

    def _on_request(self, asked: Request) -> None:
        if not asked.url.startswith(self.address + "/"):
            self.complaints.append(f"{self.page.url} asked {asked.url}")

    def _on_response(self, came: Response) -> None:
        if came.status >= 400:
            self.complaints.append(f"{came.request.method} {came.url}: {came.status}")
        if "default-src 'none'" not in came.headers.get("content-security-policy", ""):
            self.complaints.append(f"{came.url} came without the policy")

    # ── going ──

    def visit(self, path: str) -> None:
        self.page.goto(path)

    def follow(self, words: str, nth: int = 0) -> None:
        """Follow the link that begins with these words."""
        link = self.page.locator("main a, nav a").filter(has_text=re.compile(rf"^\s*{re.escape(words)}(\s|$)"))
        self._click(link.nth(nth))

    def press(self, what: Term | str) -> None:
        """Press the button, or the link drawn as one, that says this."""
        self._click(self._button(what.zh if isinstance(what, Term) else what))

    def send(self, within: str = "main") -> None:
        """Send the form that was written."""
        self._click(self.page.locator(within).locator("form[method=post] button:is(.primary, .grave)"))

    def download(self, words: str, folder: Path) -> Path:
        with self.page.expect_download() as coming:
            self._button(words).click()
        target = folder / coming.value.suggested_filename
        coming.value.save_as(target)
        return target

    def _button(self, words: str) -> Locator:
        return self.page.locator("main .buttons a, button").filter(has_text=exactly(words))

    def _click(self, button: Locator) -> None:
        with self.page.expect_navigation():
            button.click()

    def close(self) -> None:
        self.context.close()

    # ── writing: fields by their names ──

    def write(self, **words: str) -> None:
        for name, text in words.items():
            self.page.fill(f"{POSTED} [name={name}]", text)

    def write_at(self, name: str, text: str) -> None:
        self.page.fill(f"{POSTED} [name='{name}']", text)

    def choose(self, **values: str) -> None:
        """Choose in a menu, tick a box, take one of several: by the value that is sent."""
        for name, value in values.items():
            self.choose_at(name, value)

    def choose_at(self, name: str, value: str) -> None:
        field = self.page.locator(f"{POSTED} [name='{name}']")
        if field.first.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            self.page.check(f"{POSTED} [name='{name}'][value='{value}']")

    def attach(self, name: str, *files: tuple[str, bytes]) -> None:
        sent: list[Any] = [{"name": file, "mimeType": "image/jpeg", "buffer": content} for file, content in files]
        self.page.set_input_files(f"{POSTED} [name={name}]", sent)

    def unfold(self, name: str) -> None:
        """Open what a field is folded away in, where it is."""
        details = self.page.locator(f"details:has([name={name}])")
        if details.get_attribute("open") is None:
            details.locator("summary").click()

    # ── reading ──

    def reads(self, *words: str) -> None:
        """These words stand on the page, to be seen."""
        for one in words:
            expect(self.page.locator("main")).to_contain_text(one)

    def reads_not(self, *words: str) -> None:
        for one in words:
            expect(self.page.locator("html")).not_to_contain_text(one)

    def fact(self, name: str) -> str:
        """What stands beside a name in a list of facts."""
        line = self.page.locator("dl.facts > div").filter(has=self.page.locator("dt").get_by_text(name, exact=True))
        return line.locator("dd").first.inner_text().strip()


def exactly(words: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(words)}\s*$")
