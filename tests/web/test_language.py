"""Chinese first, English second; that no sentence lacks its Chinese is proved in tests/architecture."""

import re
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from app.domain.workflow.vocabulary import ReportState, Role
from app.web import language
from app.web.catalogs import FOLDER, catalog

CATALOGS = sorted((FOLDER / "zh_CN" / "LC_MESSAGES").glob("*.po"))
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff] ?[,;:!?(]|[,;:!?)] ?[\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?:\s|$)")


@pytest.mark.parametrize(
    ("query", "lang"), [("", "zh-CN"), ("?lang=en", "en"), ("?lang=zh-CN", "zh-CN"), ("?lang=fr", "zh-CN")]
)
def test_the_address_says_the_language_else_it_is_chinese(reader, query, lang):
    answer = reader.get(f"/{query}")
    assert f'<html lang="{lang}"' in answer.text
    assert answer.headers["Content-Language"] == lang


def test_no_cookie_keeps_a_citizens_language(reader):
    assert "Set-Cookie" not in reader.get("/?lang=en&mode=large").headers
    assert '<html lang="zh-CN"' in reader.get("/").text


def test_the_session_keeps_the_language_of_staff(reader):
    reader.as_("inspector").get("/staff/queue?lang=en")
    assert '<html lang="en"' in reader.get("/staff/record").text
    assert '<html lang="zh-CN"' in reader.get("/").text, "citizens' pages go by their address alone"
    reader.get("/staff/queue?lang=zh")
    assert '<html lang="zh-CN"' in reader.get("/staff/record").text


def test_terms_moments_and_sums_are_written_in_both_languages(sample):
    moment = datetime(2024, 3, 31, 17, 5, tzinfo=UTC)
    with sample.test_request_context("/"):
        assert language.term(Role.CUSTODIAN) == "信访保密员"
        assert language.local_time(moment) == "2024年4月1日 01:05"
        assert language.local_date(date(2024, 4, 2)) == "2024年4月2日"
        assert language.brief_time(moment) == "2024-04-01 01:05"
        assert language.money(Decimal("1234.5")) == "1,234.50 元"
        assert language.sentence("%(what)s", {"what": ReportState.ASKED}) == "待补充"
    with sample.test_request_context("/?lang=en"):
        assert language.term(Role.CUSTODIAN) == "Custodian"
        assert language.local_time(moment) == "1 April 2024 01:05"
        assert language.money(Decimal("1234.5")) == "CNY 1,234.50"


def test_lines_are_escaped(sample):
    with sample.test_request_context("/"):
        assert language.lines("<b>\n二") == "&lt;b&gt;<br>二"


def test_no_catalog_is_fuzzy_and_no_two_disagree():
    said = defaultdict(set)
    for po in CATALOGS:
        for message in _read(po):
            assert not message.fuzzy, f"{po.name}: {message.id}"
            said[str(message.id)].add(str(message.string))
    assert not {message: ways for message, ways in said.items() if len(ways) > 1}


def test_a_translation_keeps_its_placeholders():
    for po in CATALOGS:
        for message in _read(po):
            assert not list(message.check()), f"{po.name}: {message.id}"
            assert set(re.findall(r"%\(\w+\)s", str(message.id))) == set(re.findall(r"%\(\w+\)s", str(message.string)))


def test_chinese_has_chinese_punctuation():
    wrong = [str(m.string) for po in CATALOGS for m in _read(po) if HALF_WIDTH.search(str(m.string))]
    assert not wrong


def test_plural_sentences_count(sample):
    assert catalog("zh").ungettext("%(num)s row", "%(num)s rows", 3) == "共%(num)s条"


def _read(po: Path):
    with po.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def _said(message) -> bool:
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)
