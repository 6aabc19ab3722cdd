"""A term: a stable code with the office's word for it and the English one (the glossary's only home in code)."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """`code` is stored; `zh` is read on screen and printed in every statutory table; `en` on English screens."""

    zh: str
    en: str

    def __new__(cls, code: str, zh: str = "", en: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.zh = zh
        member.en = en
        return member
