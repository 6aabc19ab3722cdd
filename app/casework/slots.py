"""Where the files of a reply's form wait for it: a slot for each picture of a spot, and for each figure's document."""

from app.domain.case import FIGURES

BEFORE, AFTER = "before", "after"
SPOTS, MEASURES = 12, 12
"""Rows a form may have at most: more is a table, and comes as a document."""


def slot_of(kind: str, row: int) -> str:
    return f"{kind}_{row}"


OF_SPOTS = tuple(slot_of(kind, row) for row in range(1, SPOTS + 1) for kind in (BEFORE, AFTER))
PICTURES = (BEFORE, AFTER, *OF_SPOTS)
DOCUMENTS = tuple(f"{figure}_file" for figure in FIGURES)


def document_slot(figure: str) -> str:
    return f"{figure}_file"
