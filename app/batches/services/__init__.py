"""What is done to batches: close the day, take a case out, hand over, sign for."""

from app.batches.services.closing import close_day, take_out
from app.batches.services.documents import ask_for_papers, take_order, take_paper
from app.batches.services.handing import hand_over, sign_for

__all__ = ["ask_for_papers", "close_day", "hand_over", "sign_for", "take_order", "take_out", "take_paper"]
