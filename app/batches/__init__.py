"""The batches room 「编批转办」: the day is closed, frozen, handed over to the city, and signed for.

The team sees a batch with its cases; the city sees what was sent, from the frozen manifest, and nothing else.
"""

from flask import Blueprint

from app.kernel.errors import N_
from app.web.home import offer_work
from app.web.layout import hang_sign
from app.web.named import named_types
from app.web.records import shows

blueprint: Blueprint = Blueprint("batches", __name__, url_prefix="/staff/batches")
blueprint.add_app_template_filter(named_types, "named_types")
shows(blueprint, "batch", "batch", "batch_id")
hang_sign(blueprint, "listing", N_("Batches"), order=30)
hang_sign(blueprint, "copies", N_("Register of copies"), order=75)

from app.batches.routes import waiting_work  # noqa: E402  (the doors need the blueprint)

offer_work(blueprint, waiting_work)
