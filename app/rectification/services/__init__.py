"""The use cases of putting right: the plan, the ladder, the notice. Each is one transaction."""

from app.rectification.services.changes import decide_change, propose_change
from app.rectification.services.dossier import Taken, take_dossier
from app.rectification.services.gathering import decide_fault, gather
from app.rectification.services.ladder import look_back, refuse_step, sign_step
from app.rectification.services.notices import answer_objection, close_notice, object_to, open_notice
from app.rectification.services.pictures import keep_pictures, pictures_kept
from app.rectification.services.plan import (
    add_measure,
    adopt_plan,
    open_cycle,
    publish_plan,
    report_progress,
    submit,
)
from app.rectification.services.signing import ShownChanged

__all__ = [
    "ShownChanged",
    "Taken",
    "add_measure",
    "adopt_plan",
    "answer_objection",
    "close_notice",
    "decide_change",
    "decide_fault",
    "gather",
    "keep_pictures",
    "look_back",
    "object_to",
    "open_cycle",
    "open_notice",
    "pictures_kept",
    "propose_change",
    "publish_plan",
    "refuse_step",
    "report_progress",
    "sign_step",
    "submit",
    "take_dossier",
]
