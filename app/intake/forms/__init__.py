"""What a citizen may write: the report, and how it reads before it is sent."""

from app.intake.forms.report import KEY, ReportForm, form_for
from app.intake.forms.summary import summary

__all__ = ["KEY", "ReportForm", "form_for", "summary"]
