"""Doors to the batches: the days and what was sent, their documents, the office's templates, the register of copies."""

from app.batches.routes import copies, papers, templates
from app.batches.routes.days import waiting_work

__all__ = ["copies", "papers", "templates", "waiting_work"]
