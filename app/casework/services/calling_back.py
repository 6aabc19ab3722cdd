"""The team has a reporter called back 「回访」; who is at the desk does it, on a number that is lent (ADR 0022)."""

from app.casework.commands import Step
from app.casework.services.taking import step
from app.domain.people import Actor
from app.domain.workflow.vocabulary import CaseAction as A


def call_back(actor: Actor, words: Step) -> None:
    """Arrange it, in the words that are to be said. Raises Refused where no telephone was left, or one is under way."""
    step(actor, words, A.CALL_BACK)
