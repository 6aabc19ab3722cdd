"""The frozen words between the page of an alarm and its service."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SeeAlarm:
    """That somebody looked, and what they say to it. `reports`: how many there were on the page they saw."""

    alarm_id: int
    reports: int
    note: str
