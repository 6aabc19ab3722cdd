"""The point of a matter, set on a map by a script (components/maps.html, picker) into two hidden fields."""

from wtforms import HiddenField


class DegreesField(HiddenField):
    """A latitude or longitude a script filled in; what cannot be one is as good as none, and refuses nothing."""

    most = 180.0

    @property
    def degrees(self) -> float | None:
        try:
            found = float(self.data or "")
        except ValueError:
            return None
        return found if -self.most <= found <= self.most else None


class LatitudeField(DegreesField):
    most = 90.0


def point_of(latitude: DegreesField, longitude: DegreesField) -> tuple[float, float] | None:
    """Degrees of WGS84; None where nothing was set, or one of the two is missing."""
    north, east = latitude.degrees, longitude.degrees
    return None if north is None or east is None else (north, east)
