"""Where the words of a question stand in a published text: an excerpt around the first of them, each one marked."""

import re

from markupsafe import Markup, escape

BEFORE, AFTER = 24, 66
LONGEST = 90


def excerpt(texts: tuple[str, ...], words: str) -> Markup:
    """Of the first text that holds one of the words; without words, or where none is found, how the first begins."""
    pattern = _pattern(words)
    for text in texts if pattern else ():
        hit = pattern.search(text) if pattern else None
        if hit:
            start, end = max(0, hit.start() - BEFORE), min(len(text), hit.start() + AFTER)
            return Markup("").join(
                ("…" if start else "", _marked(text[start:end], pattern), "…" if end < len(text) else "")
            )
    text = texts[0] if texts else ""
    return escape(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


def marked(text: str, words: str) -> Markup:
    """The whole text, the words marked."""
    return _marked(text, _pattern(words))


def _pattern(words: str) -> re.Pattern[str] | None:
    wanted = sorted({word for word in words.split() if word}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, wanted)), re.IGNORECASE) if wanted else None


def _marked(text: str, pattern: re.Pattern[str] | None) -> Markup:
    """Every piece is escaped; only our own tags are markup."""
    if pattern is None:
        return escape(text)
    pieces, at = [], 0
    for hit in pattern.finditer(text):
        pieces += [escape(text[at : hit.start()]), Markup("<mark>{}</mark>").format(hit.group())]
        at = hit.end()
    return Markup("").join([*pieces, escape(text[at:])])
