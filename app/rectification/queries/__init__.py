"""What pages read: the list, one cycle with everything in it, the candidates, the public notices, what waits."""

from app.rectification.queries.candidates import Candidate, candidates
from app.rectification.queries.cycle import view
from app.rectification.queries.dossier import dossier_of
from app.rectification.queries.elsewhere import alike, one_alike
from app.rectification.queries.listing import ListRow, listing
from app.rectification.queries.notice import notice_days, notice_words
from app.rectification.queries.pictures import picture
from app.rectification.queries.plan import plan_rows, plan_table
from app.rectification.queries.printing import printed_step
from app.rectification.queries.public import PublicNotice, newest_notices, public_notice, public_notices
from app.rectification.queries.rows import View
from app.rectification.queries.signed import signature_file
from app.rectification.queries.waiting import waiting_work

__all__ = [
    "Candidate",
    "ListRow",
    "PublicNotice",
    "View",
    "alike",
    "candidates",
    "dossier_of",
    "listing",
    "newest_notices",
    "notice_days",
    "notice_words",
    "one_alike",
    "picture",
    "plan_rows",
    "plan_table",
    "printed_step",
    "public_notice",
    "public_notices",
    "signature_file",
    "view",
    "waiting_work",
]
