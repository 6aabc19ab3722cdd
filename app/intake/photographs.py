"""Files on their way in with a form: see app/domain/evidence/resting.py, which does it for every room."""

from app.domain.evidence.resting import NotTaken, Rested, record, rest_all, throw_away

rest = rest_all
__all__ = ["NotTaken", "Rested", "record", "rest", "throw_away"]
