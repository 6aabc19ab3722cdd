"""The vault: an inspector asks for a reporter's identity and says why, a leader allows it, the custodian opens it.

What an opening shows is read nowhere else in the house. It is ledgered and committed before it is decrypted, and the
key exists only while the custodian's passphrase is in the request.
"""

from flask import Blueprint

from app.web.home import offer_work
from app.web.layout import hang_sign

blueprint = Blueprint("vault", __name__, url_prefix="/staff/vault")
hang_sign(blueprint, "openings", "Identities", order=80)

from app.vault import routes  # noqa: E402  (the doors need the blueprint)

offer_work(blueprint, routes.waiting)
