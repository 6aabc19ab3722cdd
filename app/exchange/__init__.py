"""Exchange: the doors of other systems. Open311 GeoReport v2, and what every door for machines answers.

A system that reports is a citizen's hand: what it sends becomes a report like any other, and what it may read is what
everybody may read. A key only says which system speaks.
"""

from flask import Blueprint

blueprint = Blueprint("exchange", __name__)

from app.exchange import routes  # noqa: E402, F401  (the views hang themselves on the blueprint)
