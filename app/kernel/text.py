"""Plain text as people send it: normalised line ends, no control characters, Chinese left alone."""

import re
import unicodedata

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069]")
WITH_COUNTRY_CODE = 13
DIGITS = re.compile(r"\D+")
TELEPHONE = re.compile(r"1[3-9]\d{9}|0\d{9,11}|[2-9]\d{6,7}|1\d{4}|400\d{7}|00\d{6,15}")


def tidy(text: str) -> str:
    """One kind of line end, no invisible characters, no space at the ends. Words are never changed."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return CONTROL.sub("", unified).strip()


def one_line(text: str) -> str:
    return " ".join(tidy(text).split())


def excerpt(text: str, length: int = 60) -> str:
    """The beginning of a text on one line, with … where it was cut."""
    line = one_line(text)
    return line if len(line) <= length else line[: length - 1] + "…"


def phone_digits(text: str) -> str:
    """The digits of a telephone number, without +86 and without separators; full-width digits count."""
    digits = DIGITS.sub("", unicodedata.normalize("NFKC", text))
    return digits[2:] if digits.startswith("86") and len(digits) == WITH_COUNTRY_CODE else digits


def is_telephone(digits: str) -> bool:
    """Mobile, land line with or without area code, 12345 and the like, 400, or abroad with 00."""
    return TELEPHONE.fullmatch(digits) is not None


def letters_alone(text: str) -> str:
    """The letters and digits of a text in one form: two that differ in spaces, commas or width give the same."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())
