"""Full text and look-alikes, the same answers on both databases: over what has been published, and over reports.

Everybody finds what is published, and nothing else (`matching`, `alike`; ADR 0011). The team finds reports by all that
was said (`find`, `repeats`; ADR 0014). Each index follows its noun: whoever writes a case or a report writes it in the
same transaction, so that no service can forget it.
"""

from app.domain.search.finding import Found, find, searchable
from app.domain.search.indexing import index_case, index_if_missing, rebuild, unindex_case
from app.domain.search.likeness import Alike, alike
from app.domain.search.listing import Results, Sought, look_up
from app.domain.search.matching import matching
from app.domain.search.repeats import Ground, Repeat, named_repeats, repeats
from app.domain.search.report_index import index_report, index_reports_if_missing, rebuild_reports

__all__ = [
    "Alike",
    "Found",
    "Ground",
    "Repeat",
    "Results",
    "Sought",
    "alike",
    "find",
    "index_case",
    "index_if_missing",
    "index_report",
    "index_reports_if_missing",
    "look_up",
    "matching",
    "named_repeats",
    "rebuild",
    "rebuild_reports",
    "repeats",
    "searchable",
    "unindex_case",
]
