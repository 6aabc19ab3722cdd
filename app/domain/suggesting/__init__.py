"""Suggestions beside every decision, each with its grounds. They prefill what a person then sees; they decide nothing.

Rules are data (`rules`), a model learns from the office's own decisions (`learning`, `model`), names of places and
similar reports join in; `weighing` puts the voices together, `keeping` writes down what was suggested and decided.
ADR 0021 has the reasons and the figures.
"""

from app.domain.suggesting.asking import suggestions, voices
from app.domain.suggesting.beforehand import heard_before
from app.domain.suggesting.keeping import keep
from app.domain.suggesting.kinds import Confidence, Ground, Kind, Suggestion, Voice

__all__ = ["Confidence", "Ground", "Kind", "Suggestion", "Voice", "heard_before", "keep", "suggestions", "voices"]
