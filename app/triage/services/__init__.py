"""What triage does: accept; refer, merge, and every other action of the report's table; approve a hand-over text."""

from app.triage.services.accepting import accept
from app.triage.services.approving import approve_text, second_approve
from app.triage.services.deciding import act, refer
from app.triage.services.joining import merge
from app.triage.services.merging import merge_copies
from app.triage.services.opening import leave_report, open_report
from app.triage.services.ruling import reset_every_rule, reset_rule, write_rule
from app.triage.services.sharing import SHARING, share_out
from app.triage.services.together import TOGETHER, decide_together

__all__ = [
    "SHARING",
    "TOGETHER",
    "accept",
    "act",
    "approve_text",
    "decide_together",
    "leave_report",
    "merge",
    "merge_copies",
    "open_report",
    "refer",
    "reset_every_rule",
    "reset_rule",
    "second_approve",
    "share_out",
    "write_rule",
]
