"""What a browser gets back: a page that can be read, and its forms as they would be sent."""

import re
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from werkzeug.test import TestResponse

from tests.support.audit import Parsed, parse

INPUT = re.compile(r"<input [^>]*>")
VALUE = re.compile(r'(?<= value=")[^"]*')
TYPED = {"text", "search", "tel", "email", "url", "number", "date", "datetime-local", "time", "hidden"}


class Form:
    """A form of a page, as a browser would send it if nothing were typed."""

    def __init__(self, element: Any, path: str) -> None:
        self.method = element.get("method", "get").lower()
        self.action = urljoin(path, element.get("action") or path)
        self.values: dict[str, Any] = {}
        for control in element.iter():
            if control.get("name") and control.get("disabled") is None:
                self._take(control)

    def _take(self, control: Any) -> None:
        name, kind = control.get("name"), control.get("type", "text")
        if control.tag == "textarea":
            self._add(name, (control.text or "").removeprefix("\n"))
        elif control.tag == "select":
            chosen = [o.get("value", o.text) for o in control.iter("option") if o.get("selected") is not None]
            first = [o.get("value", o.text) for o in control.iter("option")][:1]
            self.values[name] = chosen if control.get("multiple") is not None else (chosen or first or [""])[-1]
        elif control.tag == "input" and kind in {"checkbox", "radio"}:
            if control.get("checked") is not None:
                self.values.setdefault(name, []).append(control.get("value", "on"))
        elif control.tag == "input" and kind in TYPED:
            self._add(name, control.get("value", ""))

    def _add(self, name: str, value: str) -> None:
        """Several hidden fields of one name are all sent."""
        known = self.values.get(name)
        self.values[name] = value if known is None else [*(known if isinstance(known, list) else [known]), value]


class Page:
    """What came back. `"word" in page` reads its text; `location` is where a redirect leads."""

    def __init__(self, path: str, response: TestResponse) -> None:
        self.path, self.status, self.headers = path, response.status_code, response.headers
        self.body = response.get_data()
        self.is_html = response.mimetype == "text/html"
        self.text = self.body.decode("utf-8", "replace")
        self.location = response.headers.get("Location", "")

    @cached_property
    def parsed(self) -> Parsed:
        """Read when somebody looks into it: many a page is only asked for its status."""
        return parse(self.text)

    def __contains__(self, words: str) -> bool:
        return words in self.text

    @property
    def words(self) -> str:
        """What is read on the page, without its markup."""
        return " ".join("".join(self.find("body").itertext()).split()) if self.is_html else self.text

    def find(self, tag: str) -> Any:
        """The first element of this tag. Raises AssertionError when there is none."""
        found = next(self.all(tag), None)
        assert found is not None, f"{self.path} has no <{tag}>"
        return found

    def all(self, tag: str) -> Any:
        return self.parsed.tree.iter(tag) if self.is_html else iter(())

    def forms(self) -> list[Form]:
        """The forms of the page's own content."""
        return [Form(form, self.path) for main in self.all("main") for form in main.iter("form")]

    def form(self, action: str = "") -> Form:
        """The form that goes to an address, or the first one that is posted."""
        for form in self.forms():
            if form.action == action if action else form.method == "post":
                return form
        raise AssertionError(f"{self.path} has no form {action}")

    def token(self) -> str:
        """Of the last form; read as it stands in the text, since every page that is fetched is asked for it."""
        fields = [field for field in INPUT.findall(self.text) if 'name="csrf_token"' in field]
        return VALUE.findall(fields[-1])[-1] if fields and self.is_html else ""
