"""The citizen's doors: the notice, the form, the receipt."""

from app.intake.routes import alike, evidence, notice, places, receipt, reporting  # noqa: F401  (they hang themselves on the blueprint)
