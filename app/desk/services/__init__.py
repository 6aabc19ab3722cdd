"""What a clerk does: take a report down and keep what was typed; later add to it, answer or withdraw it; ring up."""

from app.desk.services.acting import CLERKS_ACTIONS, act
from app.desk.services.drafting import discard, keep_scans, save_draft
from app.desk.services.ringing import answered, ask_for_number, called_back, declined, see_number, tried
from app.desk.services.taking import take_down

__all__ = [
    "CLERKS_ACTIONS",
    "act",
    "answered",
    "ask_for_number",
    "called_back",
    "declined",
    "discard",
    "keep_scans",
    "save_draft",
    "see_number",
    "take_down",
    "tried",
]
