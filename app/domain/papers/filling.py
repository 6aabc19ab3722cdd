"""Filling in a template: a sandbox that knows fields, conditions and lists, and says where a template is wrong.

What the office may write is {{ word }}, {% if … %}, {% for … in … %} and what ends them. The same is enforced twice:
piece by piece, where the place can be named, and on whatever is compiled, wherever in a file it stood.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from app.domain.papers.words import Words
from app.kernel.errors import N_, Refused
from app.kernel.text import excerpt

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
STATEMENT = re.compile(r"\{%[-+]?\s*(?:tr|tc|p|r)?\s*(\w*)(.*?)[-+]?%\}", re.DOTALL)
OPENS, CLOSES, BETWEEN = {"if": "endif", "for": "endfor"}, {"endif": "if", "endfor": "for"}, {"elif", "else"}
BRACES = ("{{", "}}", "{%", "%}", "{#", "#}", "｛", "｝")
FILTERS = ("default", "length")
REMEMBERED = 64
LOOP = frozenset({"index", "first", "last", "length"})
ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
    nodes.Filter,
    nodes.CondExpr,
)
Piece = tuple[int, str]
"""Number and text of a paragraph or a line, from 1."""


class Filling(ImmutableSandboxedEnvironment):
    """Jinja with nothing in it but what a document needs: no calls, no sums, no other files, no way out."""

    def __init__(self, *, autoescape: bool = False) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=autoescape, keep_trailing_newline=True)
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.globals.clear()
        self.tests.clear()
        self._known: dict[Any, Template] = {}

    def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> Template:  # noqa: A002
        """The same template is read once, however many cases are filled into it."""
        if source not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[source] = super().from_string(source, globals, template_class)
        return self._known[source]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        stranger = next((one for one in tree.find_all(nodes.Node) if not isinstance(one, ALLOWED)), None)
        if stranger is not None:
            raise Refused(FORBIDDEN, place="", text="", word=type(stranger).__name__)
        return tree


FORBIDDEN = N_("Paragraph %(place)s, “%(text)s”: “%(word)s” cannot be used in a template.")
UNKNOWN = N_("Paragraph %(place)s, “%(text)s”: “%(word)s” is none of the words that can be filled in.")
UNPAIRED = N_("Paragraph %(place)s, “%(text)s”: the braces are not paired.")
UNREADABLE = N_("Paragraph %(place)s, “%(text)s”: “%(word)s” cannot be read.")
NOT_OPENED = N_("Paragraph %(place)s, “%(text)s”: “%(word)s” ends what was not begun.")
NOT_CLOSED = N_("Paragraph %(place)s, “%(text)s”: “%(word)s” is not ended.")
NEVER_FILLED = N_("Nothing is filled in by this template.")


TEXTS = Filling()


def check(pieces: Iterable[Piece], words: Words) -> None:
    """Raises Refused, naming the paragraph (or line) and the word that is wrong."""
    reader = _Reader(words)
    for number, text in pieces:
        reader.read(number, text)
    reader.finish()


class _Reader:
    """Goes through the pieces in order; `open`: what has been begun, with the names it brought."""

    def __init__(self, words: Words) -> None:
        self.words, self.env = words, Filling()
        self.open: list[tuple[str, dict[str, tuple[str, ...]], Callable[[str, str], Refused], str]] = []
        self.filled = False

    def read(self, number: int, text: str) -> None:
        def wrong(message: str, word: str = "") -> Refused:
            return Refused(message, place=number, text=excerpt(text, 40), word=word)

        if any(brace in TAG.sub("", text) for brace in BRACES):
            raise wrong(UNPAIRED)
        for tag in TAG.findall(text):
            if tag.startswith("{{"):
                self.filled = True
                self._names(self._tree(re.sub(r"^\{\{r\s", "{{ ", tag), tag, wrong), wrong)
            elif tag.startswith("{%"):
                self._statement(tag, wrong)

    def finish(self) -> None:
        if self.open:
            _, _, wrong, tag = self.open[-1]
            raise wrong(NOT_CLOSED, tag)
        if not self.filled:
            raise Refused(NEVER_FILLED)

    def _statement(self, tag: str, wrong: Callable[[str, str], Refused]) -> None:
        found = STATEMENT.fullmatch(tag)
        word, rest = (found[1], found[2].strip()) if found else ("", "")
        if word in CLOSES:
            if not self.open or self.open[-1][0] != CLOSES[word]:
                raise wrong(NOT_OPENED, tag)
            self.open.pop()
        elif word in BETWEEN:
            if not self.open or self.open[-1][0] != "if":
                raise wrong(NOT_OPENED, tag)
            if word == "elif":
                self._names(self._tree(f"{{% if {rest} %}}{{% endif %}}", tag, wrong), wrong)
        elif word in OPENS:
            tree = self._tree(f"{{% {word} {rest} %}}{{% {OPENS[word]} %}}", tag, wrong)
            self.open.append((word, self._brings(tree, wrong), wrong, tag))
        else:
            raise wrong(FORBIDDEN, word or tag)

    def _brings(self, tree: nodes.Template, wrong: Callable[[str, str], Refused]) -> dict[str, tuple[str, ...]]:
        """The name that a list's parts go by inside it."""
        loop = next(iter(tree.find_all(nodes.For)), None)
        if loop is None:
            self._names(tree, wrong)
            return {}
        if not isinstance(loop.iter, nodes.Name) or loop.iter.name not in self.words.lists:
            raise wrong(UNKNOWN, getattr(loop.iter, "name", "…"))
        if not isinstance(loop.target, nodes.Name) or any(kind == "for" for kind, *_ in self.open):
            raise wrong(FORBIDDEN, "for")  # a list inside a list could go on for hours
        return {loop.target.name: self.words.lists[loop.iter.name]}

    def _tree(self, source: str, tag: str, wrong: Callable[[str, str], Refused]) -> nodes.Template:
        try:
            tree = self.env.parse(source)
        except Refused:
            raise wrong(FORBIDDEN, tag) from None
        except TemplateError:
            raise wrong(UNREADABLE, tag) from None
        strange = next((one.name for one in tree.find_all(nodes.Filter) if one.name not in FILTERS), "")
        if strange:
            raise wrong(FORBIDDEN, strange)
        return tree

    def _names(self, tree: nodes.Template, wrong: Callable[[str, str], Refused]) -> None:
        """Every name is a word of this kind, or a part of the list that is being gone through."""
        parts = {name: known for _, brought, _, _ in self.open for name, known in brought.items()}
        if any(kind == "for" for kind, *_ in self.open):
            parts["loop"] = tuple(LOOP)
        owners = set()
        for one in tree.find_all(nodes.Getattr):
            name = getattr(one.node, "name", "")
            owners.add(id(one.node))
            if one.attr not in parts.get(name, ()):
                raise wrong(UNKNOWN, f"{name}.{one.attr}")
        for name_node in tree.find_all(nodes.Name):
            whole = name_node.name in self.words.plain or name_node.name in self.words.lists
            if not whole and id(name_node) not in owners:
                raise wrong(UNKNOWN, name_node.name)


def fill(source: str, context: dict[str, Any]) -> str:
    """A text with its words. Raises Refused when it cannot be filled in after all."""
    try:
        return TEXTS.from_string(source).render(context)
    except TemplateError as error:
        raise Refused(N_("This template cannot be filled in: %(why)s"), why=str(error)[:200]) from error
