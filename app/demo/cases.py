"""A case's story: its text approved, assigned, disputed, investigated, replied to, reviewed, published."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.demo import batches, handling, reading
from app.demo.engaged import hand_over_day
from app.demo.handling import About
from app.demo.script import Reply
from app.demo.times import Chain, Do
from app.domain.case import Verdict


@dataclass(frozen=True)
class Turn:
    """A deed, the moment it is wished for, and the stage at which the story of a case may rest after it."""

    day: int
    hour: str
    do: Do
    rests: str = ""


def handle(chain: Chain, about: About, today: int) -> None:
    """Everything up to the stage at which the script lets the case rest."""
    for turn in turns(chain, about, today):
        chain.then(chain.days.at(turn.day, turn.hour), turn.do, about)
        if turn.rests == about.part.stage:
            return


def turns(chain: Chain, about: About, today: int) -> Iterator[Turn]:
    """The way of a case; `chain` is read between two turns, so that a day counts from what has happened."""
    part, days = about.part, chain.days
    yield _approval(about, today)
    handed_over = hand_over_day(about.stay, about.report)
    chain.wait(days.at(handed_over, batches.SIGN_FOR))
    if part.stage == "received":
        return
    yield Turn(handed_over, "10:40", handling.assign, "" if part.passed_by else "assigned")
    if part.passed_by:
        yield Turn(handed_over, "11:20", handling.pass_down, "assigned")
    if part.dispute:
        yield Turn(chain.next_day, "09:20", handling.dispute, "disputed")
        decide = handling.uphold if part.dispute.result == "upheld" else handling.dismiss
        yield Turn(chain.next_day, "11:10", decide, "dispute_upheld")
    yield Turn(chain.next_day, "08:40", handling.investigate, "investigating")
    if part.extension:
        due = handed_over + int(about.stay.settings["feedback_days"])
        yield Turn(min(due, today) - 1, "15:00", handling.extend, "extended")
    if part.reply:
        yield from _reply(chain, about, part.reply, today)


def _approval(about: About, today: int) -> Turn:
    """Approved when it is accepted; what is handed over later today was approved after the day had been closed."""
    day, part = about.report.when.day, about.part
    if part.stage == "handed_over":
        return Turn(today, batches.APPROVED_FOR_SECOND, handling.approve, "handed_over")
    if part.stage == "batched":
        return Turn(today, batches.APPROVED_FOR_THIRD, handling.approve, "batched")
    return Turn(day, "08:00", handling.approve, "prepared")


def _reply(chain: Chain, about: About, reply: Reply, today: int) -> Iterator[Turn]:
    """Submitted, signed, reviewed by the city and by the team; today's deeds are the morning's."""

    def at(day: int, usual: str, early: str) -> tuple[int, str]:
        return day, early if day == today else usual

    scene = reading.afterwards().reply_pictures.get(about.report.id)
    if scene:
        yield Turn(*at(reply.day, "09:50", "08:10"), handling.show)
    yield Turn(*at(reply.day, "10:00", "08:20"), handling.submit, "reply_drafted")
    yield Turn(*at(reply.day, "14:30", "08:50"), handling.sign, "city_review")
    if about.part.stage == "returned_city":
        yield Turn(*at(chain.next_day, "09:00", "09:00"), handling.city_return, "returned_city")
    yield Turn(*at(chain.next_day, "09:00", "09:00"), handling.city_pass, "team_review")
    day = chain.next_day - 1
    if about.part.stage == "returned_team":
        yield Turn(*at(day, "14:40", "09:40"), handling.team_return, "returned_team")
    if reply.verdict == Verdict.UNFOUNDED:
        yield Turn(*at(day, "14:40", "09:40"), handling.require_check, "second_check")
        yield Turn(*at(day, "15:50", "10:00"), handling.confirm, "passed")
    else:
        yield Turn(*at(day, "14:40", "09:40"), handling.let_pass, "passed")
    yield Turn(day, "16:30", handling.publish)
