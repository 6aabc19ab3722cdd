"""Atom feeds (RFC 4287): entries of plain text, ids that stay whatever the address of the house."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from flask import Response

from app.kernel import clock
from app.web.described import Answer
from app.web.written import KNOWN, unless_known

ATOM = "application/atom+xml"
SPACE = "http://www.w3.org/2005/Atom"
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""


@dataclass(frozen=True)
class Item:
    """One entry. `name` says what it is of, for its id; `said` is plain text in `language`."""

    name: str
    title: str
    updated: datetime
    href: str
    said: str
    language: str = "zh-CN"
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """`home` is the page it tells of, `own` its own address; `since` dates a feed without an entry."""

    name: str
    title: str
    author: str
    home: str
    own: str
    since: datetime
    language: str = "zh-CN"


FEED_ANSWERS = {200: Answer("An Atom feed, the newest first.", {ATOM: {}}), **KNOWN}


def identity(name: str) -> str:
    """An id that is the same at every address and on every day."""
    return uuid5(NAMESPACE_URL, f"hotline/{name}").urn


def send_feed(feed: Feed, items: Iterable[Item]) -> Response:
    entries = list(items)
    root = ET.Element("feed", {"xmlns": SPACE, "xml:lang": feed.language})
    _put(root, "id", identity(feed.name))
    _put(root, "title", feed.title)
    _put(root, "updated", _moment(max((item.updated for item in entries), default=feed.since)))
    _put(ET.SubElement(root, "author"), "name", feed.author)
    ET.SubElement(root, "link", {"rel": "self", "type": ATOM, "href": feed.own})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.home})
    for item in entries:
        _entry(ET.SubElement(root, "entry", {"xml:lang": item.language}), item)
    text = '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
    return unless_known(Response(text, content_type=f"{ATOM}; charset=utf-8"))


def _entry(entry: ET.Element, item: Item) -> None:
    _put(entry, "id", identity(item.name))
    _put(entry, "title", item.title)
    _put(entry, "updated", _moment(item.updated))
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": item.href})
    for kind in item.kinds:
        ET.SubElement(entry, "category", {"term": kind})
    content = _put(entry, "content", item.said)
    content.set("type", "text")


def _put(parent: ET.Element, name: str, text: str) -> ET.Element:
    made = ET.SubElement(parent, name)
    made.text = UNWRITABLE.sub("\ufffd", text)
    return made


def _moment(moment: datetime) -> str:
    return clock.local(moment).isoformat(timespec="seconds")
