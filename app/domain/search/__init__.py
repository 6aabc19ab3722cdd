"""Full text and look-alikes, the same answers on both databases: over what has been published, and over reports.

Everybody finds what is published, and nothing else (`matching`, `alike`; ADR 0011). The team finds reports by all that
was said (`find`, `repeats`; ADR 0014). Whoever may see a case finds it by what was handed over (`find_cases`; 0023).
Each index follows its noun: whoever writes a case or a report writes it in the same transaction, so that no service
can forget it.
"""

from app.domain.search.case_index import index_cases_if_missing, rebuild_cases
from app.domain.search.finding import Found, find, find_cases, searchable
from app.domain.search.indexing import index_case, index_if_missing, rebuild, unindex_case
from app.domain.search.likeness import Alike, alike
from app.domain.search.listing import Results, Row, Sought, look_up, paged
from app.domain.search.marking import Pieces, excerpt
from app.domain.search.matching import matching
from app.domain.search.repeats import Ground, Repeat, named_repeats, repeats
from app.domain.search.report_index import index_report, index_reports_if_missing, rebuild_reports
from app.domain.search.words import Term

__all__ = [
    "Alike",
    "Found",
    "Ground",
    "Pieces",
    "Repeat",
    "Results",
    "Row",
    "Sought",
    "Term",
    "alike",
    "excerpt",
    "find",
    "find_cases",
    "index_case",
    "index_cases_if_missing",
    "index_if_missing",
    "index_report",
    "index_reports_if_missing",
    "look_up",
    "matching",
    "named_repeats",
    "paged",
    "rebuild",
    "rebuild_cases",
    "rebuild_reports",
    "repeats",
    "searchable",
    "unindex_case",
]
