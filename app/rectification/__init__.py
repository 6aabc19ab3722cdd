"""Putting right 「整改销号」: the plan with its measures, the ladder that somebody else signs at every step, the public

notice with its objections, the sign-off with its five conditions, the look-back. Staff work under
`/staff/rectification`; everybody reads notices, and may object to a sign-off, under `/notices`.
"""

from flask import Blueprint

from app.kernel.errors import N_
from app.web.home import offer_work
from app.web.layout import hang_sign
from app.web.records import shows

blueprint = Blueprint("rectification", __name__)
shows(blueprint, "rectification", "show", "cycle")
hang_sign(blueprint, "index", N_("Rectification"), order=60)
hang_sign(blueprint, "notices", N_("Sign-offs"), order=50, public=True)

from app.rectification import routes  # noqa: E402  (the doors hang themselves on the blueprint)

offer_work(blueprint, routes.work)
