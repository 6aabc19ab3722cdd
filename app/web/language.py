"""Which language a page speaks, and how terms, moments and sums are written in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from flask import Flask, Response, g, has_request_context, request, session
from flask_babel import gettext
from flask_babel.speaklater import LazyString
from flask_login import current_user
from markupsafe import Markup, escape

from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Guard
from app.kernel import clock
from app.web.catalogs import OfficeBabel
from app.web.modes import on_staff_side, view
from app.web.tones import tone_of

REMEMBERED = "language"
GUARDS = {guard.en: guard for guard in Guard}


@dataclass(frozen=True)
class Language:
    code: str
    tag: str
    locale: str
    label: str


CHINESE = Language("zh", "zh-CN", "zh_CN", "中文")
ENGLISH = Language("en", "en", "en", "English")
LANGUAGES = {language.code: language for language in (CHINESE, ENGLISH)}


def language() -> Language:
    """The address says it; on the staff side also the session or the person's own setting; else Chinese.

    Citizens' pages know no cookie of language: the same address is the same page for everybody.
    """
    if not has_request_context():
        return CHINESE
    said = view().lang, id(g.get("_login_user"))
    known: tuple[Any, Language] | None = g.get("language")
    if known is None or known[0] != said:  # asked a hundred times while a page is drawn
        known = g.language = said, _wished_for()
    return known[1]


def _wished_for() -> Language:
    wishes = [view().lang]
    if on_staff_side():
        wishes.append(session.get(REMEMBERED, ""))
        wishes.append("" if g.get("crashed") else getattr(current_user, "locale", None) or "")
    return next((LANGUAGES[wish[:2]] for wish in wishes if wish[:2] in LANGUAGES), CHINESE)


def in_chinese() -> bool:
    return language() is CHINESE


def term(value: Term | str | None) -> str:
    """The word for a term in the reader's language; any other text as it is."""
    if isinstance(value, Term):
        return value.zh if in_chinese() else value.en
    return value or ""


def term_label(value: Term) -> LazyString:
    """The word for a term, chosen when the page is drawn: for labels of fields."""
    return LazyString(term, value)


def sentence(message: str | Term, params: dict[str, Any] | None = None) -> str:
    """An office sentence in the reader's language, or a term; terms among its parameters speak it too.

    The sentence of a workflow's condition is a term and brings its own Chinese.
    """
    if isinstance(message, Term):
        return term(message)
    guard = GUARDS.get(message)
    if guard is not None:
        return term(guard)
    spoken = {name: term(value) if isinstance(value, Term) else value for name, value in (params or {}).items()}
    return str(gettext(message, **spoken))


def local_date(value: date | datetime | None) -> str:
    """2024年3月15日, 15 March 2024."""
    if value is None:
        return ""
    day = clock.local_date(value) if isinstance(value, datetime) else value
    return f"{day.year}年{day.month}月{day.day}日" if in_chinese() else format_date(day, "d MMMM y", locale="en")


def month_name(month: date) -> str:
    """2024年5月, May 2024."""
    return f"{month.year}年{month.month}月" if in_chinese() else format_date(month, "MMMM y", locale="en")


def local_time(moment: datetime | None) -> str:
    """The date and the hour on the office's wall."""
    return "" if moment is None else f"{local_date(moment)} {clock.local(moment):%H:%M}"


def brief_date(value: date | datetime | None) -> str:
    """2024-03-15: for tables."""
    if value is None:
        return ""
    return (clock.local_date(value) if isinstance(value, datetime) else value).isoformat()


def brief_time(moment: datetime | None) -> str:
    """03-15 09:20 of this year, with its year otherwise: for tables."""
    if moment is None:
        return ""
    local = clock.local(moment)
    return f"{local:%m-%d %H:%M}" if local.year == clock.today().year else f"{local:%Y-%m-%d %H:%M}"


def machine_time(moment: datetime) -> str:
    """For the `datetime` attribute of <time>."""
    return clock.local(moment).isoformat(timespec="minutes")


def money(amount: Decimal | None) -> str:
    """1,234.50 元, CNY 1,234.50: to the cent."""
    if amount is None:
        return ""
    return f"{amount:,.2f} 元" if in_chinese() else f"CNY {amount:,.2f}"


def lines(text: str) -> Markup:
    """A text with its line ends, where a block of its own would be too much."""
    return Markup("<br>").join(escape(text).splitlines())  # every line has been escaped


def pieces(cut: Iterable[tuple[str, bool]]) -> Markup:
    """A text cut where the words stand that were looked for: those are marked. Twenty rows have some eighty of them."""
    said = [f"<mark>{escape(words)}</mark>" if found else str(escape(words)) for words, found in cut]
    return Markup("".join(said))  # noqa: S704  (every piece has been escaped)


def init(app: Flask) -> None:
    OfficeBabel(app, default_locale=CHINESE.locale, locale_selector=lambda: language().locale)
    app.jinja_env.filters.update(
        term=term,
        sentence=sentence,
        local_date=local_date,
        local_time=local_time,
        month_name=month_name,
        brief_date=brief_date,
        brief_time=brief_time,
        machine_time=machine_time,
        money=money,
        lines=lines,
        pieces=pieces,
    )
    app.jinja_env.globals.update(
        page_language=lambda: language().tag,
        in_chinese=in_chinese,
        tone_of=tone_of,
    )

    @app.after_request
    def say_language(response: Response) -> Response:
        if request.endpoint != "static":
            response.headers.setdefault("Content-Language", language().tag)
        return response
