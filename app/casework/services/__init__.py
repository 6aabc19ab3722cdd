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
from app.casework.services.calling_back import call_back
from app.casework.services.drafting import Begun, drop_reply_draft, keep_reply_draft, reply_draft
from app.casework.services.files import KINDS, keep_document, keep_pictures, waiting_key
from app.casework.services.gate import field_pictures_waiting, keep_field_pictures, keep_field_record, take_over
from app.casework.services.history import enter_history
from app.casework.services.opening import leave_case, open_case
from app.casework.services.publishing import marks_in, publish, reopen, unpublish
from app.casework.services.replying import check_reply, remarks_on, reply
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
    "Begun",
    "assign",
    "call_back",
    "check_reply",
    "city_pass",
    "city_return",
    "confirm_unfounded",
    "decide_together",
    "dismiss_dispute",
    "dispute",
    "drop_reply_draft",
    "enter_history",
    "extend",
    "field_pictures_waiting",
    "investigate",
    "keep_document",
    "keep_field_pictures",
    "keep_field_record",
    "keep_pictures",
    "keep_reply_draft",
    "leave_case",
    "marks_in",
    "open_case",
    "pass_anew",
    "pass_down",
    "pass_reply",
    "publish",
    "remarks_on",
    "reopen",
    "reply",
    "reply_draft",
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
