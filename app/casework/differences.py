"""What changed between two versions of a text, by clauses: Chinese has no spaces to split at."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

CLAUSE = re.compile(r"[^，。；！？、\n]*[，。；！？、\n]?")


@dataclass(frozen=True)
class Piece:
    """`kind` is "same", "gone" or "new"."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The later text with what was taken away and what came in."""
    old, new = _clauses(before), _clauses(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        pieces += [Piece(kind, "".join(part)) for kind, part in (("gone", old[a:b]), ("new", new[c:d])) if part]
    return pieces


def _clauses(text: str) -> list[str]:
    return [clause for clause in CLAUSE.findall(text) if clause]
