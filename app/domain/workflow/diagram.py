"""The tables drawn: a diagram and a matrix of who may do what, for docs/generated."""

from app.domain.workflow.case import CASE
from app.domain.workflow.rectification import RECTIFICATION
from app.domain.workflow.report import REPORT
from app.domain.workflow.table import Row, Table

TABLES = (REPORT, CASE, RECTIFICATION)


def diagram(table: Table) -> str:
    """A Mermaid state diagram; actions that stay where they are stand in the matrix alone."""
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f"    {state} : {state.zh} {state.en}" for state in table.states]
    for row in table.rows:
        if row.source != row.target:
            lines.append(f"    {row.source or '[*]'} --> {row.target} : {row.action.zh}")
    return "\n".join(lines)


def matrix(table: Table) -> str:
    """Every row as a line of a Markdown table."""
    heads = ("From", "Action", "To", "By", "Must be said", "Only when", "Clock", "Told", "Why")
    lines = [" | ".join(("", *heads, "")).strip(), "|" + " --- |" * len(heads)]
    lines += ["| " + " | ".join(_cells(row)) + " |" for row in table.rows]
    return "\n".join(lines)


def _cells(row: Row) -> list[str]:
    return [
        f"{row.source.zh} `{row.source}`" if row.source else "—",
        f"{row.action.zh} `{row.action}`",
        "stays" if row.source == row.target else f"{row.target.zh} `{row.target}`",
        "、".join(sorted(role.zh for role in row.roles)),
        "、".join(need.zh for need in row.needs) or "—",
        "、".join(f"`{guard}`" for guard in row.when) or "—",
        row.within.zh if row.within else "—",
        "、".join(role.zh for role in row.tells) or "—",
        row.why,
    ]


def document() -> str:
    """docs/generated/workflow.md"""
    parts = ["# Workflow", "", "Generated from `app/domain/workflow/` by `hotline docs build`."]
    for table in TABLES:
        guards = [f"- `{guard}`: {guard.zh} {guard.en}" for guard in sorted(table.guards())]
        parts += ["", f"## {table.noun.capitalize()}", "", "```mermaid", diagram(table), "```", "", matrix(table)]
        parts += ["", "Sentences of the conditions:", "", *guards]
    return "\n".join(parts) + "\n"
