"""What a clerk's pages show: own entries, what is being written, and what is known beside it."""

from app.desk.queries.beside import Beside, beside, reports_by_telephone, under_foreign_number
from app.desk.queries.drafts import Scan, draft, drafts, scans, waiting_file, waiting_scans
from app.desk.queries.entries import Entry, areas, entry, own_day, own_file, own_waiting, search_own, towns

__all__ = [
    "Beside",
    "Entry",
    "Scan",
    "areas",
    "beside",
    "draft",
    "drafts",
    "entry",
    "own_day",
    "own_file",
    "own_waiting",
    "reports_by_telephone",
    "scans",
    "search_own",
    "towns",
    "under_foreign_number",
    "waiting_file",
    "waiting_scans",
]
