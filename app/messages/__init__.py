"""Messages 「消息」: what the ledger tells to those who have to act, in the application, by mail, by webhook.

Whoever does something tells nobody: the workflow's table says who is told, and the row that is left in the same
transaction is read from here. A citizen is told by their query code alone.
"""

from flask import Blueprint

from app.kernel.errors import N_
from app.messages.queries.reading import unread
from app.web.layout import hang_sign

blueprint = Blueprint("messages", __name__, url_prefix="/staff/messages")
hang_sign(blueprint, "mine", N_("Messages"), order=5, count=unread)

from app.messages import routes  # noqa: E402, F401  (the doors need the blueprint)
