"""Feeds that any reader takes: ids that stay, moments, one author, addresses that can be opened, nothing unwritable."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from app.kernel import clock
from tests.rectification.conftest import CANARY, make_case, make_climber  # noqa: F401  (a notice of a case that is put right)
from tests.support.cast import LUSONG, TIANYUAN

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ("feed", "bulletins", "notices")
HERE = "?inspection=ours"


def entries(reader, address):
    return ET.fromstring(reader.get(address).body).findall(f"{ATOM}entry")


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_without_an_entry_is_a_feed(reader, name):
    root = ET.fromstring(reader.get(f"/public/{name}.atom{HERE}").body)
    assert root.tag == f"{ATOM}feed"
    assert all(root.findtext(f"{ATOM}{part}") for part in ("id", "title", "updated"))
    assert root.find(f"{ATOM}link[@rel='self']").get("href").endswith(f"/public/{name}.atom{HERE}")
    assert root.findtext(f"{ATOM}author/{ATOM}name")


def test_an_entry_leads_to_its_case(reader, published, number):
    name = number(published())
    (entry,) = entries(reader, f"/public/feed.atom{HERE}")
    assert entry.findtext(f"{ATOM}id").startswith("urn:uuid:")
    assert entry.findtext(f"{ATOM}updated").endswith("+08:00")
    address = entry.find(f"{ATOM}link").get("href")
    assert address.startswith("http")
    assert name in reader.get(address.partition("localhost")[2])


def test_an_id_is_the_same_when_it_is_asked_again(reader, published):
    published()
    first, again = (entries(reader, f"/public/feed.atom{HERE}")[0].findtext(f"{ATOM}id") for _ in range(2))
    assert first == again


@pytest.mark.parametrize(("area", "count"), [(TIANYUAN, 1), (LUSONG, 0)])
def test_a_feed_takes_the_filters_of_the_table(reader, published, area, count):
    published()
    assert len(entries(reader, f"/public/feed.atom{HERE}&area={area}")) == count


def test_what_xml_cannot_write_breaks_no_feed(reader, published):
    published(text="经查\x0b属实 & <b>")
    (entry,) = entries(reader, f"/public/feed.atom{HERE}")
    assert "<b>" in entry.findtext(f"{ATOM}content")


def test_a_notice_before_a_sign_off_is_in_its_feed(reader, make_climber):  # noqa: F811
    climber = make_climber(moment=clock.now() - timedelta(days=30)).plan().submit().up_to("close_notice")
    (entry,) = entries(reader, "/public/notices.atom")
    assert climber.record.case.number in entry.findtext(f"{ATOM}title")
    assert CANARY not in entry.findtext(f"{ATOM}content")


def test_pages_name_the_feeds(reader, cast):
    links = [link.get("href") for link in reader.get(f"/public/{HERE}").all("link")]
    assert {"/public/feed.atom", "/public/bulletins.atom", "/public/notices.atom"} <= set(links)
