"""The doors of the room: the desk of staff, what they do to one cycle, and what everybody may read and object to."""

from app.rectification.routes import desk, doing, planning, proving, public
from app.rectification.routes.desk import work

__all__ = ["desk", "doing", "planning", "proving", "public", "work"]
