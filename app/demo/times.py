"""The days of a stay as moments that have passed, and the deeds of one record in an order that never turns back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from app.demo.script import When
from app.kernel import clock

if TYPE_CHECKING:
    from app.demo.stage import Stage

LAST = time(10, 30)
"""Everything that the script wishes for today lies before this time of day."""
GAP = timedelta(minutes=1)
Do = Callable[..., None]
"""What a deed does: `do(stage, moment, *about)`."""


@dataclass(frozen=True)
class Deed:
    """One use case of one person at its moment."""

    moment: datetime
    do: Do
    about: tuple[Any, ...]

    def play(self, stage: "Stage") -> None:
        self.do(stage, self.moment, *self.about)

    def squeezed(self, present: datetime) -> "Deed":
        """The same deed where it belongs in the part of today that has passed; moments it speaks of move along."""
        about = (squeezed(one, present) if isinstance(one, datetime) else one for one in self.about)
        return Deed(squeezed(self.moment, present), self.do, tuple(about))


@dataclass(frozen=True)
class Days:
    """A stay whose day 1 is `first`."""

    first: date

    def on(self, day: int) -> date:
        return self.first + timedelta(days=day - 1)

    def number(self, day: date) -> int:
        return (day - self.first).days + 1

    def at(self, day: int, hour: str | time) -> datetime:
        """The moment of a wall-clock time ("09:30") on a day of the stay."""
        return clock.at_local(self.on(day), time.fromisoformat(hour) if isinstance(hour, str) else hour)

    def of(self, when: When) -> datetime:
        return self.at(when.day, when.time)


@dataclass
class Chain:
    """The life of one record: what is wished too early comes right after what must come first."""

    days: Days
    last: datetime
    deeds: list[Deed] = field(default_factory=list)

    def then(self, wish: datetime, do: Do, *about: Any) -> datetime:
        """The next deed, at its wish or as soon as it can be; gives the moment."""
        self.last = max(wish, self.last + GAP)
        self.deeds.append(Deed(self.last, do, about))
        return self.last

    def wait(self, moment: datetime) -> None:
        """Nothing more happens to the record before this moment has passed."""
        self.last = max(self.last, moment)

    @property
    def next_day(self) -> int:
        """The day of the stay after the one that has been reached."""
        return self.days.number(clock.local_date(self.last)) + 1


def squeezed(moment: datetime, present: datetime) -> datetime:
    """The moment, or, early in the day, its place in the part of today that has passed; the order stays.

    A day that is 5 minutes old gets the whole morning's work in 5 minutes.
    """
    today = clock.local_date(present)
    midnight, latest = clock.at_local(today, time.min), clock.at_local(today, LAST)
    if moment < midnight or present >= latest:
        return moment
    return midnight + (moment - midnight) * ((present - midnight) / (latest - midnight))
