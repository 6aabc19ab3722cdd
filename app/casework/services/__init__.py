"""Every use case of casework: one function, one transaction. All take an Actor and a frozen command."""

from app.casework.services.assigning import (
    assign,
    dismiss_dispute,
    dispute,
    extend,
    investigate,
    pass_anew,
    pass_down,
    settle_dispute,
    uphold_dispute,
)
from app.casework.services.gate import field_pictures_waiting, keep_field_pictures, keep_field_record, take_over
from app.casework.services.history import enter_history
from app.casework.services.opening import leave_case, open_case
from app.casework.services.publishing import marks_in, publish, reopen, unpublish
from app.casework.services.replying import KINDS, keep_pictures, reply, waiting_key
from app.casework.services.reviewing import (
    city_pass,
    city_return,
    confirm_unfounded,
    pass_reply,
    require_check,
    send_back,
    sign_reply,
    team_return,
)
from app.casework.services.together import TOGETHER, decide_together

__all__ = [
    "KINDS",
    "TOGETHER",
    "assign",
    "city_pass",
    "city_return",
    "confirm_unfounded",
    "decide_together",
    "dismiss_dispute",
    "dispute",
    "enter_history",
    "extend",
    "field_pictures_waiting",
    "investigate",
    "keep_field_pictures",
    "keep_field_record",
    "keep_pictures",
    "leave_case",
    "marks_in",
    "open_case",
    "pass_anew",
    "pass_down",
    "pass_reply",
    "publish",
    "reopen",
    "reply",
    "require_check",
    "send_back",
    "settle_dispute",
    "sign_reply",
    "take_over",
    "team_return",
    "unpublish",
    "uphold_dispute",
    "waiting_key",
]
