"""The triage room 「研判」: every report is judged: accepted, referred, merged, asked about, or void.

When in doubt, accept. Accepting makes one case for each area, with the text that the locality will read; that text
is approved here, apart from the decision, once nothing in it tells who reported.
"""

from flask import Blueprint

from app.kernel.errors import N_
from app.web.grounds import grounds
from app.web.home import offer_work
from app.web.layout import hang_sign
from app.web.named import answers_of, channel, named, named_types, still_going
from app.web.records import shows

blueprint = Blueprint("triage", __name__, url_prefix="/staff/triage")
blueprint.add_app_template_filter(channel, "channel")
blueprint.add_app_template_filter(named, "named")
blueprint.add_app_template_filter(named_types, "named_types")
blueprint.add_app_template_filter(answers_of, "answers_of")
blueprint.add_app_template_filter(still_going, "still_going")
blueprint.add_app_template_filter(grounds, "grounds")
shows(blueprint, "report", "report_page", "report_id")
hang_sign(blueprint, "queue_page", N_("Triage"), order=20)
hang_sign(blueprint, "search", N_("Search reports"), order=21)
hang_sign(blueprint, "alarms", N_("Alarms and spot checks"), order=22)
hang_sign(blueprint, "suggestion_rules", N_("Suggestions"), order=23)

from app.triage import (  # noqa: E402  (the doors need the blueprint)
    advised,
    judging,
    matters,
    queueing,
    routes,
    ruling,
    same,
    searching,
    texts,
    together,
    worthing,
)
from app.triage.alarms import raising  # noqa: E402, F401  (its job is known before the line is opened)
from app.triage.alarms import routes as alarm_routes  # noqa: E402  (doors again)
from app.triage.spots import routes as spot_routes  # noqa: E402  (and again)

blueprint.add_app_template_filter(advised.why, "why")
blueprint.add_app_template_filter(lambda group, report_id: advised.way(report_id, group), "suggestion_way")
offer_work(blueprint, queueing.waiting_work)
offer_work(blueprint, alarm_routes.alarms_waiting)
offer_work(blueprint, spot_routes.checks_waiting)

__all__ = [
    "advised",
    "alarm_routes",
    "blueprint",
    "judging",
    "matters",
    "queueing",
    "routes",
    "ruling",
    "same",
    "searching",
    "spot_routes",
    "texts",
    "together",
    "worthing",
]
