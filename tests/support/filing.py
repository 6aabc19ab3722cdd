"""How a citizen files a report with the form: written, looked through on the check page, sent."""

from typing import Any

from tests.support.browsing import Browser
from tests.support.pages import Page


def looks_through(browser: Browser, status: int = 200, **told: Any) -> Page:
    """Write the form that was fetched, and go on to the page where it is read once more."""
    return browser.submit(told, status=status)


def reports(browser: Browser, **told: Any) -> Page:
    """Write the form that was fetched, look it through and send it: the receipt."""
    looks_through(browser, **told)
    return browser.submit({})
