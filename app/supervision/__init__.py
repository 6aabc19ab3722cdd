"""Supervision 「督导」: how far an inspection has come, what is late, and the statutory tables as pages and files.

Reads only. Every figure has one definition (app/domain/tables/figures.py), used for its count and for the list
of what is behind it.
"""

from flask import Blueprint

from app.kernel.errors import N_
from app.web.layout import hang_sign

blueprint = Blueprint("supervision", __name__, url_prefix="/staff/supervision")
hang_sign(blueprint, "board", N_("Supervision"), order=70)

from app.supervision import routes  # noqa: E402, F401  (the views hang themselves on the blueprint)
