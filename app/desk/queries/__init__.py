"""What a clerk's pages show: own entries, what is being written, and what is known beside it."""

from app.desk.queries.beside import Beside, beside, reports_by_telephone, under_foreign_number
from app.desk.queries.drafts import Scan, draft, drafts, scans, waiting_file, waiting_scans
from app.desk.queries.entries import Entry, areas, entry, own_day, own_file, own_waiting, search_own, towns
from app.desk.queries.ringing import NumberStage, Ringing, RingRow, ring_up, ring_ups, to_ring_now
from app.domain.ringing import Occasion

__all__ = [
    "Beside",
    "Entry",
    "NumberStage",
    "Occasion",
    "RingRow",
    "Ringing",
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
    "ring_up",
    "ring_ups",
    "scans",
    "search_own",
    "to_ring_now",
    "towns",
    "under_foreign_number",
    "waiting_file",
    "waiting_scans",
]
