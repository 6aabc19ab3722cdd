"""What may be written in casework: the list's filters, an assignment, a reply, a publication, plain words."""

from app.casework.forms.acting import AssignForm, CaseForm, case_form
from app.casework.forms.filtering import STANDINGS, FilterForm
from app.casework.forms.publishing import PublishForm
from app.casework.forms.replying import ReplyForm, reply_form

__all__ = ["STANDINGS", "AssignForm", "CaseForm", "FilterForm", "PublishForm", "ReplyForm", "case_form", "reply_form"]
