"""What a clerk does: take a report down and keep what was typed so far; later add to it, answer or withdraw it."""

from app.desk.services.acting import CLERKS_ACTIONS, act
from app.desk.services.drafting import discard, keep_scans, save_draft
from app.desk.services.taking import take_down

__all__ = ["CLERKS_ACTIONS", "act", "discard", "keep_scans", "save_draft", "take_down"]
