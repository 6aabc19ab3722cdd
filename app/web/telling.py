"""What an inspection says in its own words: its texts filled in, and sentences of ours where it has none."""

from app.domain.inspection import Inspection
from app.kernel.errors import N_
from app.web.language import in_chinese, language, local_date, sentence

SPOKEN = {
    "greeting": N_(
        "Good day, this is the hotline of the environmental inspection team. Please tell me when, where and by whom "
        "the pollution is caused. What you say of yourself is kept secret."
    ),
    "closing": N_(
        "I read back what I have written down. After saving I give you a number and a query code; please write both "
        "down."
    ),
    "ringing": N_(
        "Good day, this is the environmental inspection team. Did you report something to us lately? We have one more "
        "question about it. What you say of yourself is kept secret."
    ),
    "call_back": N_(
        "Good day, this is the environmental inspection team. Did you report something to us lately? If so: it has "
        "been answered. Has it become better, and are you satisfied, mostly satisfied or not satisfied with the "
        "answer? What you say of yourself is kept secret."
    ),
}
"""What a clerk reads aloud on the telephone, where the inspection has no words of its own for it."""


def told(inspection: Inspection, name: str, built_in: str) -> str:
    """One of an inspection's texts in the reader's language, its {facts} filled in; without one `built_in`, a msgid."""
    texts, facts = inspection.settings.texts.get(language().code, {}), facts_of(inspection)
    return fill(texts[name], facts) if texts.get(name) else sentence(built_in, facts)


def facts_of(inspection: Inspection) -> dict[str, str]:
    """What {names} in an inspection's texts stand for."""
    settings, texts = inspection.settings, inspection.settings.texts.get(language().code, {})
    return {
        "team": texts.get("team") or inspection.team,
        "place": inspection.region.zh if in_chinese() else inspection.region.en,
        "start": local_date(inspection.starts_on),
        "end": local_date(inspection.ends_on),
        "telephone": settings.telephone,
        "hours": f"{settings.opens}–{settings.closes}",
        "opens": settings.opens,
        "closes": settings.closes,
        "mailbox": settings.mailbox,
    }


def fill(text: str, facts: dict[str, str]) -> str:
    """Put the facts in by name; any other brace stays as it was written."""
    for name, value in facts.items():
        text = text.replace("{" + name + "}", value)
    return text


def spoken(inspection: Inspection) -> dict[str, str]:
    """What a clerk reads aloud: greeting, closing, and the words with which a reporter is rung up, or called back."""
    return {name: told(inspection, name, built_in) for name, built_in in SPOKEN.items()}
