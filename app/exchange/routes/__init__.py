"""The doors of exchange: what doors for machines answer, and Open311 GeoReport v2."""

from app.exchange.routes import description, finding, posting  # noqa: F401  (the views hang themselves on the blueprint)
