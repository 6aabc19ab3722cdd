"""What stands in the index beside the words: whose a report is, so that a narrowed search is as quick as any other."""

import re
from collections.abc import Sequence
from math import floor
from typing import Any

from app.domain.search.words import MARK

CELL, CELL_MARK = 0.01, re.compile(r"g\d+x\d+$")
"""Degrees: about a kilometre from south to north."""
STRETCHES = (("r", 12), ("s", 14), ("t", 17))
"""Of 4,096, 16,384 and 131,072 reports. PostgreSQL looks in the newest of them before it looks everywhere."""
MOST_STRETCHES = 9


def inspection(inspection_id: int) -> str:
    return f"{MARK}i{inspection_id}"


def area(inspection_id: int, code: str) -> str:
    """Of one inspection, like the others: each mark is enough by itself, and the shortest list is the quickest.

    A code may come from an address: whatever is no letter or digit is left out, so that a mark stays a mark.
    """
    return f"{inspection(inspection_id)}a{''.join(filter(str.isalnum, code.lower()))}"


def heading(inspection_id: int, name: str) -> str:
    """Of a heading of the docket: the whole inspection's, or that of a unit's branch."""
    return f"{inspection(inspection_id)}{name}"


def taken_by(inspection_id: int, person_id: int) -> str:
    return f"{inspection(inspection_id)}p{person_id}"


def cells_around(inspection_id: int, latitude: float, longitude: float) -> list[str]:
    """The cell of a point and the eight around it."""
    north, east = _counted(latitude, longitude)
    every = [(north + up, east + right) for up in (-1, 0, 1) for right in (-1, 0, 1)]
    return [_cell(inspection_id, *one) for one in every]


def _counted(latitude: float, longitude: float) -> tuple[int, int]:
    """From the south pole and the date line, so that no number has a sign: to an index, a sign is a gap."""
    return floor((latitude + 90) / CELL), floor((longitude + 180) / CELL)


def _cell(inspection_id: int, north: int, east: int) -> str:
    return f"{inspection(inspection_id)}g{north}x{east}"


def of(report: Any) -> str:
    """All of a report's, a blank around each."""
    found = [inspection(report.inspection_id)]
    if report.area_code:
        found.append(area(report.inspection_id, report.area_code))
    if report.taken_by_id is not None:
        found.append(taken_by(report.inspection_id, report.taken_by_id))
    if report.latitude is not None and report.longitude is not None:
        found.append(_cell(report.inspection_id, *_counted(report.latitude, report.longitude)))
    return f" {' '.join(found)} "


def shards(report_id: int, belongs: Sequence[str]) -> list[str]:
    """For each mark of a report (but its cell on the map), together with each stretch it stands in: a list of its own,

    so that an area among the newest is one short list and not what two long ones have in common.
    """
    return [
        _within(mark, name, report_id >> bits) for mark in belongs if not _is_cell(mark) for name, bits in STRETCHES
    ]


def newest(mark: str, below: int, count: int) -> tuple[list[str], int]:
    """The stretches of a mark that hold at least `count` reports before the id `below`, and the first id that they

    hold; they may hold some from `below` on. No stretches and 0 when that would be all of them.
    """
    for name, bits in STRETCHES:
        last, first = (below - 1) >> bits, (below - count) >> bits
        if first > 0 and last - first < MOST_STRETCHES:
            return [_within(mark, name, one) for one in range(first, last + 1)], first << bits
    return [], 0


def _within(mark: str, name: str, place: int) -> str:
    return f"{mark}{MARK}{name}{place}"


def _is_cell(mark: str) -> bool:
    return CELL_MARK.search(mark) is not None
