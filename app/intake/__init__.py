"""Intake: a citizen reads the team's notice, states a report on the web and gets a receipt.

No account, no script and no network address is needed or kept. Whoever comes here acts as CITIZEN, also when
somebody of the staff is signed in with the same browser: what one says here is never theirs as staff.
"""

from flask import Blueprint

from app.kernel.errors import N_
from app.web.layout import hang_sign

blueprint = Blueprint("intake", __name__)
hang_sign(blueprint, "notice", N_("The team's notice"), order=10, public=True)
hang_sign(blueprint, "state", N_("Make a report"), order=20, public=True)

from app.intake import routes  # noqa: E402, F401  (the views hang themselves on the blueprint)
