"""The team's notice: what an inspection says of itself, with sentences of our own where it says nothing."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.inspection import Inspection
from app.kernel import clock
from app.kernel.errors import N_
from app.web.language import local_date, sentence
from app.web.telling import facts_of, told

BUILT_IN = {
    "title": N_("Notice: %(team)s takes reports from the public"),
    "notice": N_(
        "The team is in %(place)s from %(start)s to %(end)s. During its stay it takes reports on the ecological "
        "environment by telephone, by letter and on this site."
    ),
    "scope": N_(
        "Air, water, noise, ecology, soil, radiation and other environmental matters within %(place)s. "
        "If you are not sure, tell us all the same."
    ),
    "elsewhere": N_(
        "Other matters are handed to whoever deals with them, and you are told to whom. You may also go there "
        "yourself: danger and crime 110; wages and social insurance 12333; misconduct of officials 12388; "
        "city management, questions and proposals 12345."
    ),
    "secrecy": N_(
        "Your name and telephone number are sealed and kept apart. They are not passed on with your report: those "
        "who look into it see the problem, not who you are. You may stay anonymous; an anonymous report is checked "
        "just the same. Nobody may ask who reported, or take revenge."
    ),
    "tips": N_(
        "Say where it is.\nSay who causes it, if you know.\nSay since when, and at what times.\nAdd photographs."
    ),
    "afterwards": N_(
        "You get a number and a query code. With the code you can follow what happens, add to your report, withdraw "
        "it, and say what you think of the answer. It is shown once: write it down or photograph it."
    ),
}


@dataclass(frozen=True)
class Notice:
    """The texts of the notice page; paragraphs and tips as lists."""

    title: str
    notice: list[str]
    scope: list[str]
    elsewhere: list[str]
    secrecy: list[str]
    tips: list[str]
    afterwards: list[str]


def notice_of(inspection: Inspection) -> Notice:
    """The inspection's own texts in the reader's language, filled in; ours where it has none."""
    texts = {name: told(inspection, name, BUILT_IN[name]) for name in BUILT_IN}
    return Notice(
        title=texts["title"].strip(),
        tips=[line.strip() for line in texts["tips"].splitlines() if line.strip()],
        **{name: _paragraphs(texts[name]) for name in ("notice", "scope", "elsewhere", "secrecy", "afterwards")},
    )


def stay(inspection: Inspection, moment: datetime) -> str:
    """Where the inspection stands in its window."""
    today = clock.local_date(moment)
    if today < inspection.starts_on:
        return sentence(N_("The team has not arrived yet. It takes reports from %(start)s."), facts_of(inspection))
    if today > inspection.ends_on:
        return sentence(N_("The team left on %(end)s and no longer takes reports."), facts_of(inspection))
    count = {"day": inspection.day_number(today), "days": inspection.day_number(inspection.ends_on)}
    return sentence(N_("Today is day %(day)s of %(days)s."), count)


def telephone_says(inspection: Inspection, moment: datetime) -> str:
    """Whether somebody answers now, and if not, when."""
    settings, here = inspection.settings, clock.local(moment)
    hours = {"opens": settings.opens, "closes": settings.closes, "start": local_date(inspection.starts_on)}
    if inspection.telephone_open(moment):
        return sentence(N_("Open now, until %(closes)s"), hours)
    if here.date() < inspection.starts_on:
        return sentence(N_("Closed until %(start)s, %(opens)s"), hours)
    before = f"{here:%H:%M}" < settings.opens
    if here.date() > inspection.ends_on or (here.date() == inspection.ends_on and not before):
        return sentence(N_("No longer answered"))
    again = N_("Closed until %(opens)s today") if before else N_("Closed until %(opens)s tomorrow")
    return sentence(again, hours)


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
