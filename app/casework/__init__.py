"""The casework room: the locality assigns, investigates and replies; the team reviews, returns, passes, publishes.

The locality reads the text that was handed over, never the reporter's words: its pages are built from allow-list
rows (queries). Every step goes through the case's workflow table; lateness is shown beside a state, never as one.
"""

from flask import Blueprint

from app.kernel.errors import N_
from app.web.home import offer_work
from app.web.layout import hang_sign
from app.web.records import shows

blueprint = Blueprint("casework", __name__, url_prefix="/staff/casework")
shows(blueprint, "case", "case", "case_id")
hang_sign(blueprint, "listing", N_("Cases"), order=40)
hang_sign(blueprint, "search", N_("Search cases"), order=41)

from app.casework import routes  # noqa: E402  (the doors need the blueprint)

offer_work(blueprint, routes.listing.waiting_work)
