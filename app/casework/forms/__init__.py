"""What may be written in casework: an assignment, a reply, a publication, plain words."""

from app.casework.forms.acting import AssignForm, CaseForm, DisputeForm, LeadForm, ReturnForm, case_form, return_form
from app.casework.forms.publishing import PublishForm
from app.casework.forms.replying import ROWS, ReplyForm, Rows, reply_form

__all__ = [
    "ROWS",
    "AssignForm",
    "CaseForm",
    "DisputeForm",
    "LeadForm",
    "PublishForm",
    "ReplyForm",
    "ReturnForm",
    "Rows",
    "case_form",
    "reply_form",
    "return_form",
]
