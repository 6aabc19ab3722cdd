"""The questions of an inspection about each type of pollution, as an administrator writes them: one a line.

    [noise]
    noise_hours = 主要在什么时段？ | At what hours?
    - 白天 | By day
    - 夜间 | At night

A type in brackets; below it a code, an equals sign and the question, English after a bar; below a question that is
answered by choosing, its choices after a dash. Nothing at all asks nothing.
"""

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.domain import catalogue
from app.domain.catalogue import Question
from app.web.fields import WordsField

CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
HEADING = re.compile(r"\[\s*(.+?)\s*\]")
LONGEST = 120


class QuestionsField(WordsField):
    """`data` is the text; `asked` what it says, once it could be read."""

    def __init__(self, **rest: Any) -> None:
        self.asked: tuple[dict[str, Any], ...] | None = None
        hint = _l(
            "A type in brackets; below it code = question | in English; below a question its choices, each after a "
            "dash. Answers are kept under the code: do not change the code of a question that has been asked."
        )
        kw = {"rows": 14, "spellcheck": "false"}
        super().__init__(_l("Questions by type"), most=8000, required=False, hint=hint, render_kw=kw, **rest)

    def pre_validate(self, form: Any) -> None:
        """Raises ValueError, naming the line."""
        self.asked = read(self.data or "")


def write(questions: Iterable[Question]) -> str:
    """Questions as they are edited."""
    lines: list[str] = []
    kind = None
    for one in questions:
        if one.type != kind:
            lines += [*([""] if lines else []), f"[{one.type}]"]
            kind = one.type
        lines.append(f"{one.code} = {_pair(one.zh, one.en)}")
        lines += [f"- {_pair(said.zh, said.en)}" for said in one.choices]
    return "\n".join(lines)


def read(text: str) -> tuple[dict[str, Any], ...] | None:
    """Questions as the settings keep them; None when they are those that are shipped. Raises ValueError."""
    asked: list[dict[str, Any]] = []
    kind = ""
    for number, line in enumerate(text.splitlines(), 1):
        try:
            kind = _read_line(line.strip(), kind, asked)
        except ValueError as error:
            raise ValueError(_("Line %(number)s: %(why)s", number=number, why=str(error))) from error
    alone = next((one["code"] for one in asked if len(one.get("choices", "..")) == 1), None)
    if alone:
        raise ValueError(_("“%(code)s” offers one choice alone; give a second one, or none.", code=alone))
    shipped = tuple(one.keep() for one in catalogue.shipped_questions().values())
    kept = tuple(one.keep() for one in catalogue.questions(asked).values())
    return None if kept == shipped else kept


def _read_line(line: str, kind: str, asked: list[dict[str, Any]]) -> str:
    """Takes one line into `asked`; the type that is spoken of from here on."""
    if not line or line.startswith("#"):
        return kind
    if heading := HEADING.fullmatch(line):
        return _type(heading[1])
    if line.startswith(("-", "－")):
        if not asked or asked[-1]["type"] != kind:
            raise ValueError(_("A choice stands below its question."))
        asked[-1].setdefault("choices", []).append(_named(line[1:]))
        return kind
    code, equals, words = line.partition("=")
    if not equals or not CODE.fullmatch(code.strip()):
        raise ValueError(_("Expected a type in brackets, code = question, or a choice after a dash."))
    if not kind:
        raise ValueError(_("Before the first question stands its type, for example [noise]."))
    if code.strip() in {one["code"] for one in asked}:
        raise ValueError(_("There are two questions of the code “%(code)s”.", code=code.strip()))
    asked.append({"code": code.strip(), "type": kind, **_named(words)})
    return kind


def _type(name: str) -> str:
    for code, one in catalogue.types().items():
        if name in {code, one.zh, one.en}:
            return code
    raise ValueError(
        _("There is no type “%(name)s”. There are: %(types)s.", name=name, types=", ".join(catalogue.types()))
    )


def _named(words: str) -> dict[str, str]:
    zh, _bar, en = (part.strip() for part in words.replace("｜", "|").partition("|"))
    if not zh or max(len(zh), len(en)) > LONGEST:
        raise ValueError(_("Say it in one to %(most)s characters.", most=LONGEST))
    return {"zh": zh, "en": en or zh}


def _pair(zh: str, en: str) -> str:
    return zh if en in ("", zh) else f"{zh} | {en}"
