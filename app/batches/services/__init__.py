"""What is done to batches: close the day, take a case out, hand over, sign for."""

from app.batches.services.closing import close_day, take_out
from app.batches.services.handing import hand_over, sign_for

__all__ = ["close_day", "hand_over", "sign_for", "take_out"]
