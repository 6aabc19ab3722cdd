"""Administration: people and their appointments, units, inspections with every setting, the calendar, the ledger.

Administrators see no report and no case; what they change is ledgered in the system's own chain. The ledger's pages
are the auditors': who, when, what kind, and whether the chain is whole, never what was said.
"""

from flask import Blueprint

from app.web.home import offer_work
from app.web.layout import hang_sign

blueprint = Blueprint("administration", __name__, url_prefix="/staff")
hang_sign(blueprint, "people_list", "Administration", order=90)
hang_sign(blueprint, "ledger", "Ledger", order=91)

from app.administration import routes  # noqa: E402, F401  (the doors need the blueprint)
from app.administration.routes.waiting import waiting  # noqa: E402  (the same)

offer_work(blueprint, waiting)
