"""Files of published rows: JSON lines, or a sheet with the headings of the 公开情况一览表."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.tables import disclosure
from app.domain.tables.reading import read_table
from app.history.rows import PublishedRow, printed_words
from app.kernel import text
from app.kernel.errors import N_, Refused

KEYS = {
    "number": "case_no",
    "channel": "channel",
    "received": "received_date",
    "area": "region",
    "description": "description",
    "types": "pollution_types",
    "unit": "responsible_unit",
    "findings": "findings",
    "verdict": "substantiated",
    "handling": "handling",
    "completion": "completion",
    "accountability": "accountability",
    "batch": "batch",
}
"""Our field → the key of a JSON line. `*_inferred` is somebody's reading and no fact: it has no place here."""

HEADINGS = {
    "number": "受理编号",
    "channel": "受理方式",
    "description": "交办问题基本情况",
    "area": "行政区域",
    "types": "污染类型",
    "findings": "调查核实情况",
    "verdict": "是否属实",
    "target": "办结目标",
    "handling": "处理和整改情况",
    "completion": "是否办结",
    "accountability": "问责情况",
}
LINES = frozenset({"number", "channel", "received", "area", "unit", "verdict", "completion", "batch"})
"""Fields of one line; the others keep their line breaks."""


@dataclass(frozen=True)
class FoundRow:
    """A row where it was found: the line or row number, from 1, and the row, or why it cannot be read."""

    place: int
    row: PublishedRow | None
    problem: str = ""


def read_file(file: Path) -> Iterator[FoundRow]:
    """Every row of a file, named by its ending. Raises OSError, and Refused for a file that holds no such rows."""
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise Refused(N_("A file must end in .jsonl, .xlsx or .csv; %(file)s does not."), file=file.name)
    yield from reader(file)


def _json_lines(file: Path) -> Iterator[FoundRow]:
    with file.open("rb") as lines:
        for place, line in enumerate(lines, 1):
            if line.strip():
                yield _json_row(place, line)


def _json_row(place: int, line: bytes) -> FoundRow:
    try:
        said = json.loads(line.decode("utf-8-sig"))
        if not isinstance(said, dict):
            return FoundRow(place, None, N_("it is no JSON object"))
        return FoundRow(place, row_of({field: said.get(key) for field, key in KEYS.items()}))
    except UnicodeDecodeError:
        return FoundRow(place, None, N_("it is not UTF-8"))
    except (ValueError, RecursionError):
        return FoundRow(place, None, N_("it is broken JSON"))
    except Refused as error:
        return FoundRow(place, None, str(error))


def _sheet(file: Path) -> Iterator[FoundRow]:
    for found in read_table(file, [column.heading for column in disclosure.COLUMNS]):
        if found.problem:
            yield FoundRow(found.place, None, found.problem)
        else:
            yield FoundRow(found.place, row_of({field: found.cells[name] for field, name in HEADINGS.items()}))


READERS: dict[str, Callable[[Path], Iterator[FoundRow]]] = {
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".xlsx": _sheet,
    ".csv": _sheet,
}


def row_of(said: Mapping[str, Any]) -> PublishedRow:
    """Values of whatever kind as tidy text. Raises Refused for one that is neither text nor a number."""
    types = said.get("types")
    words = (
        tuple(_text("types", word) for word in types) if isinstance(types, list) else printed_words(_text("", types))
    )
    return PublishedRow(
        types=tuple(word for word in words if word),
        **{field: _text(field, value) for field, value in said.items() if field != "types"},
    )


def _text(field: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Refused(N_("“%(field)s” is neither text nor a number"), field=KEYS.get(field, field) or "pollution_types")
    said = str(value)
    if any(0xD800 <= ord(character) <= 0xDFFF for character in said):
        raise Refused(N_("“%(field)s” holds half a character"), field=KEYS.get(field, field) or "pollution_types")
    return text.one_line(said) if field in LINES else text.tidy(said)
