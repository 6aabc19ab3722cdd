"""What the holder of a query code says, frozen on its way to the service."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Say:
    """Words for one report: the answer to a question, something added, the reason of a withdrawal.

    `key` is the form's: the same form sent twice is taken once, and the files that wait under it belong to these words.
    """

    report_id: int
    words: str
    key: str = ""


@dataclass(frozen=True)
class Rate:
    """What the reporter thinks of the answer; `reason` has to be given with "dissatisfied".

    `parts`: with which parts of a split report they are dissatisfied; none named means all of them.
    """

    report_id: int
    rating: str
    reason: str = ""
    key: str = ""
    parts: tuple[int, ...] = ()


@dataclass(frozen=True)
class AskForNews:
    """By which way a reporter wants to be told that there is news. `to` is in nobody's log (`repr`)."""

    report_id: int
    way: str
    to: str
    language: str

    def __repr__(self) -> str:
        return f"<AskForNews {self.report_id}>"
