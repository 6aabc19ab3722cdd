"""Names of files: what its sender reads again, and what anybody else sees instead."""

from app.domain.evidence.kinds import EvidenceKind
from app.kernel import text

LONGEST = 60
UNSEEN = dict.fromkeys([*range(0x200E, 0x2010), 0x061C, 0xAD, *range(0x2060, 0x2065)])


def shown(name: str) -> str:
    """The name without its folders, and without the characters that turn the reading direction; cut at its front."""
    last = text.one_line(name.replace("\\", "/").rsplit("/", 1)[-1].translate(UNSEEN))
    return last if len(last) <= LONGEST else "…" + last[-LONGEST + 1 :]


def generic(kind: EvidenceKind, number: int, language: str = "zh") -> str:
    """What others read: 照片 1. The name it came with can say who sent it."""
    return f"{kind.zh if language == 'zh' else kind.en} {number}"
