"""Accounts: signing in and out, the own password, and the page a working day begins on.

Whoever signs in gets a new session that names them by id and epoch; raising the epoch ends every session of theirs.
An unknown name and a wrong password are told apart neither by words nor by time.
"""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from app.web.layout import hang_sign

blueprint = Blueprint("accounts", __name__)
hang_sign(blueprint, "home", "Today", order=0)


def _name_the_loader(state: BlueprintSetupState) -> None:
    from app.accounts import sessions  # noqa: PLC0415  (it reads the doors' module, which needs the blueprint)

    sessions.init(state.app)  # type: ignore[arg-type]  # a Flask, which its annotation calls App


blueprint.record_once(_name_the_loader)

from app.accounts import routes  # noqa: E402, F401  (the doors need the blueprint)
