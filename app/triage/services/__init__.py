"""What triage does: accept; refer, merge, and every other action of the report's table; approve a hand-over text."""

from app.triage.services.accepting import accept
from app.triage.services.approving import approve_text, second_approve
from app.triage.services.deciding import act, merge, refer
from app.triage.services.merging import merge_copies

__all__ = ["accept", "act", "approve_text", "merge", "merge_copies", "refer", "second_approve"]
