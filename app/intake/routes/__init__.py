"""The citizen's doors: the notice, the form, the receipt."""

from app.intake.routes import notice, receipt, reporting  # noqa: F401  (the views hang themselves on the blueprint)
