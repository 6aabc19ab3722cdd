"""What a row of a workflow table says, and how a table is read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Clock, Guard, Need, Role


@dataclass(frozen=True)
class Row:
    """From `source` by `action` to `target`: by whom, what must be said, under which conditions, within how long,

    who is told, and why the rule exists. `source` is None where a record begins.
    """

    source: Term | None
    action: Term
    target: Term
    roles: frozenset[Role]
    needs: tuple[Need, ...] = ()
    when: tuple[Guard, ...] = ()
    within: Clock | None = None
    tells: tuple[Role, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Table:
    """The rows of one noun. At most one row for each state and action."""

    noun: str
    rows: tuple[Row, ...]
    states: type[Term]
    actions: type[Term]

    def __post_init__(self) -> None:
        cells = [(row.source, row.action) for row in self.rows]
        if len(set(cells)) != len(cells):
            twice = sorted({str(cell) for cell in cells if cells.count(cell) > 1})
            raise ValueError(f"{self.noun}: two rows for {twice}")

    def row(self, source: Term | None, action: Term) -> Row | None:
        return next((row for row in self.rows if row.source == source and row.action == action), None)

    def rows_from(self, source: Term | None) -> list[Row]:
        return [row for row in self.rows if row.source == source]

    def guards(self) -> set[Guard]:
        return {guard for row in self.rows for guard in row.when}

    def check_sql(self, column: str = "state") -> str:
        """The CHECK constraint's text: a state is one of the vocabulary's."""
        return f"{column} IN ({', '.join(repr(str(state)) for state in self.states)})"


def rows(
    sources: Term | Iterable[Term] | None,
    action: Term,
    target: Term | None,
    *roles: Role,
    **rest: Any,
) -> Iterator[Row]:
    """One row for each source; no target means that the record stays where it is."""
    for source in [sources] if sources is None or isinstance(sources, Term) else list(sources):
        where = target if target is not None else source
        if where is None:
            raise ValueError(f"{action}: a beginning needs a target")
        yield Row(source, action, where, frozenset(roles), **_tuples(rest))


def _tuples(rest: dict[str, Any]) -> dict[str, Any]:
    """Let a row say `needs=N.REASON` where there is only one."""
    return {
        key: (value,) if key in {"needs", "when", "tells"} and not isinstance(value, tuple) else value
        for key, value in rest.items()
    }
