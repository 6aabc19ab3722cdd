"""The doors of administration; each module's views hang themselves on the room's blueprint."""

from app.administration.routes import auditing, calendar, inspections, people, units

__all__ = ["auditing", "calendar", "inspections", "people", "units"]
