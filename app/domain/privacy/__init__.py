"""Self-identifying words in free text: found before a text is handed over, so that a person resolves each."""

from app.domain.privacy.finding import Found, find, given_places, names_in, recurring
from app.domain.privacy.marks import NEUTRAL, Mark
from app.domain.privacy.rewriting import replaced

__all__ = ["NEUTRAL", "Found", "Mark", "find", "given_places", "names_in", "recurring", "replaced"]
