"""Walks through every page a person can reach by following links, and keeps what came back."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from tests.support.browsing import Browser
from tests.support.pages import Page

MOST = 250


def reachable(browser: Browser, *starts: str, most: int = MOST) -> Iterator[Page]:
    """Every page, file and table a browser can fetch from these addresses on, each address once."""
    ahead, seen = list(starts), set(starts)
    while ahead and len(seen) <= most:
        page = browser.get(ahead.pop(0), None, follow=True)
        yield page
        for address in _links(page):
            if address not in seen:
                seen.add(address)
                ahead.append(address)


def _links(page: Page) -> Iterator[str]:
    if not page.is_html:
        return
    for tag, name in (("a", "href"), ("img", "src")):
        for element in page.all(tag):
            found = urlsplit(urljoin(page.path, element.get(name) or "#"))
            own = not found.netloc and found.path.startswith("/") and not found.path.startswith("/static")
            if own and "lang=" not in found.query:
                yield found.path + (f"?{found.query}" if found.query else "")
