"""The batches: closed, handed over and signed for every morning; today a second and a third one."""

from datetime import datetime

from app.batches.services import close_day, hand_over, sign_for
from app.demo.script import Stay
from app.demo.stage import Stage
from app.demo.times import Chain, Days

CLOSE, HAND_OVER, SIGN_FOR = "08:50", "09:00", "09:10"
APPROVED_FOR_SECOND, CLOSE_SECOND, HAND_OVER_SECOND = "09:20", "09:40", "09:45"
APPROVED_FOR_THIRD, CLOSE_THIRD = "10:00", "10:20"


def deeds(stay: Stay, days: Days, today: int) -> Chain:
    """From the second morning to the one after the last day. Today's second batch waits for the city's signature,

    the third for the leader: closing it is the last deed of the whole demonstration.
    """
    chain = Chain(days, days.at(1, "08:00"))
    for day in range(2, min(today, stay.days + 1) + 1):
        label = str(day)
        chain.then(days.at(day, CLOSE), close, stay, label)
        chain.then(days.at(day, HAND_OVER), give, stay, label)
        chain.then(days.at(day, SIGN_FOR), sign, stay, label)
    if today <= stay.days:
        chain.then(days.at(today, CLOSE_SECOND), close_more, stay, "second")
        chain.then(days.at(today, HAND_OVER_SECOND), give_with_papers, stay, "second")
        chain.then(days.at(today, CLOSE_THIRD), close_more, stay, "third")
    return chain


def close(stage: Stage, moment: datetime, stay: Stay, label: str) -> None:
    inspector, inspection = stage.actor("inspector2", moment), stage.inspections[stay.code]
    stage.batches[stay.code, label] = close_day(inspector, inspection)


def close_more(stage: Stage, moment: datetime, stay: Stay, label: str) -> None:
    """What was approved too late for the morning's batch."""
    inspector, inspection = stage.actor("inspector2", moment), stage.inspections[stay.code]
    stage.batches[stay.code, label] = close_day(inspector, inspection, supplementary=True)


def give(stage: Stage, moment: datetime, stay: Stay, label: str) -> None:
    hand_over(stage.actor("leader", moment), stage.batches[stay.code, label])


def give_with_papers(stage: Stage, moment: datetime, stay: Stay, label: str) -> None:
    """The batches that somebody will look at first have their documents; those of older ones can be asked for."""
    hand_over(stage.actor("leader", moment), stage.batches[stay.code, label], house=stage.house)


def sign(stage: Stage, moment: datetime, stay: Stay, label: str) -> None:
    sign_for(stage.actor("coordinator", moment), stage.batches[stay.code, label])
