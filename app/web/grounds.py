"""The grounds of a suggestion, in the reader's language."""

from collections.abc import Sequence

from app.domain.search import Ground
from app.web.language import in_chinese, sentence


def grounds(given: Sequence[Ground]) -> str:
    return ("、" if in_chinese() else ", ").join(sentence(one.message, one.params) for one in given)
