"""Tracking: who holds a query code follows the report, answers, adds, withdraws and rates. No account, no name.

Holding the code is the permission. Whoever comes here acts as CITIZEN, also when somebody of the staff is signed
in with the same browser. What the pages show is built from an allow-list of steps in everyday words: no person, no
role but the team and the responsible unit, nothing of the office's notes (docs: trust, Field visibility).
"""

from flask import Blueprint

from app.kernel.errors import N_
from app.web.layout import hang_sign

blueprint = Blueprint("tracking", __name__)
hang_sign(blueprint, "enter", N_("Follow a report"), order=30, public=True)

from app.tracking import routes  # noqa: E402, F401  (the views hang themselves on the blueprint)
