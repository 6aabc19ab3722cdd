"""The public doors: results at a glance, the cases, bulletins, places and charts, files for machines, feeds."""

from app.publication.routes import bulletins, cases, feeds, files, front, places, statements

__all__ = ["bulletins", "cases", "feeds", "files", "front", "places", "statements"]
