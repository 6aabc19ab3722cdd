"""Publication: what everybody may read: the published cases, the day's bulletins, sign-offs, map, charts, files.

Every row is built from an allow-list (queries.PublicRow): the report's words and its reporter are not even asked for.
"""

from flask import Blueprint

from app.kernel.errors import N_
from app.web.house import name_of
from app.web.layout import hang_sign

blueprint = Blueprint("publication", __name__, url_prefix="/public")
hang_sign(blueprint, "front", N_("Results"), order=40, public=True)
blueprint.record_once(lambda state: state.app.jinja_env.globals.update(inspection_name=name_of))

from app.publication import routes  # noqa: E402, F401  (the views hang themselves on the blueprint)
