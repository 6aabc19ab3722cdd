"""What may be written in casework: an assignment, a reply, a publication, plain words."""

from app.casework.forms.acting import AssignForm, CaseForm, DisputeForm, LeadForm, case_form
from app.casework.forms.publishing import PublishForm
from app.casework.forms.replying import ReplyForm, reply_form

__all__ = ["AssignForm", "CaseForm", "DisputeForm", "LeadForm", "PublishForm", "ReplyForm", "case_form", "reply_form"]
