"""The desk: a clerk takes down calls, letters, visits and what is passed on, and reads number and code back.

A clerk sees their own entries only, and the open questions whose reporters are to be rung up. What a reporter says of
themselves goes straight into the vault: the desk shows afterwards no more than the last digits of a telephone, and of a
telephone that called before no more than a count. Whose number was lent for ringing up sees that number (ADR 0022).
"""

from flask import Blueprint

from app.kernel.errors import N_
from app.web.home import offer_work
from app.web.layout import hang_sign
from app.web.named import named, named_types, passed_by

blueprint = Blueprint("desk", __name__, url_prefix="/staff/desk")
blueprint.add_app_template_filter(named, "named")
blueprint.add_app_template_filter(named_types, "named_types")
blueprint.add_app_template_filter(passed_by, "passed_by")
hang_sign(blueprint, "entries", N_("Reception desk"), order=10)
hang_sign(blueprint, "ring_ups", N_("To ring up"), order=11)
hang_sign(blueprint, "search", N_("Search own entries"), order=12)

from app.desk import looking, own, ringing, routes, searching, writing  # noqa: E402  (the doors need the blueprint)
from app.desk.sheets import routes as sheet_routes  # noqa: E402  (the same)
from app.desk.sheets import tidying  # noqa: E402, F401  (its job is known before the line is opened)

offer_work(blueprint, ringing.waiting_rings)
offer_work(blueprint, routes.waiting_work)

__all__ = ["blueprint", "looking", "own", "ringing", "routes", "searching", "sheet_routes", "writing"]
