"""What closing the day would put into a batch, and what it would leave out, and why."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, func
from sqlalchemy.orm import contains_eager

from app.batches.queries.sent import SentRow, Sums, fingerprint, sent_row, sums
from app.db import session
from app.domain.batch import Batch
from app.domain.case import Case
from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.report import Channel, Report
from app.domain.scope import load, scoped
from app.domain.tables.halves import Count, total
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import CaseState, ReportState
from app.kernel import clock


class Why(Term):
    """Why a prepared case stays out of a batch."""

    NOT_APPROVED = "not_approved", "转办文本尚未审定", "The hand-over text has not been approved"
    NOT_SECONDED = "not_seconded", "转办文本尚未经第二人复核", "No second person has approved the hand-over text"
    OTHER_HALF = "other_half", "共同办理的另一件转办文本尚未审定", "The text of the other area's half is not ready yet"
    LATER = "later", "截止时间以后收到，编入下一批", "Received after the cut-off: it goes into the next batch"


@dataclass(frozen=True)
class LeftOut:
    case_id: int
    number: str
    area: str
    why: Why


@dataclass(frozen=True)
class Proposal:
    """A batch that could be closed now. `is_due`: the cut-off of an ordinary batch has passed since the last one.

    `unjudged`: reports of the window that triage has not decided on. `after_stay`: the telephone is closed for good,
    what still comes are letters and the like.
    """

    ordinal: int
    sub: int
    window_from: datetime
    window_to: datetime
    is_due: bool
    cases: list[Case]
    left_out: list[LeftOut]
    unjudged: int
    after_stay: bool

    @property
    def label(self) -> str:
        return f"{self.ordinal}-{self.sub}" if self.sub else str(self.ordinal)

    @property
    def rows(self) -> list[SentRow]:
        return [sent_row(case) for case in self.cases]

    @property
    def sums(self) -> Sums:
        return sums(self.rows)

    @property
    def channels(self) -> list[tuple[Channel, Count]]:
        """How the reports of this batch came in, as its bulletin will say it."""
        came = [(Channel(case.report.channel), sent_row(case)) for case in self.cases]
        counts = [
            (channel, total(row.weight for one, row in came if one == channel and row.first)) for channel in Channel
        ]
        return [(channel, count) for channel, count in counts if count]

    @property
    def seen(self) -> str:
        return fingerprint(self.cases)


def last_cut_off(inspection: Inspection, now: datetime) -> datetime:
    """The last cut-off 「截止时间」 that has passed."""
    today, hour = clock.local_date(now), time.fromisoformat(inspection.settings.cut_off)
    moment = clock.at_local(today, hour)
    return moment if moment <= now else clock.at_local(today - timedelta(days=1), hour)


def proposal(actor: Actor, inspection_id: int, *, supplementary: bool = False) -> Proposal:
    """The next batch, from the last one's end to the last cut-off; a supplementary one takes up what came too late

    for the last batch and has been approved since. Raises NotFound.
    """
    inspection = load(session(), actor, Inspection, inspection_id)
    last = last_batch(actor, inspection_id)
    cut_off = last_cut_off(inspection, actor.now())
    beginning = last.window_to if last else clock.at_local(min(inspection.starts_on, _day_of(cut_off)), time.min)
    if supplementary and last is not None:
        beginning, cut_off = last.window_from, last.window_to
    prepared = list(session().scalars(_prepared(actor, inspection_id)))
    taken = [case for case in prepared if why_not(case, cut_off) is None]
    return Proposal(
        ordinal=(last.ordinal if last else 0) + (0 if supplementary and last else 1),
        sub=last.sub + 1 if supplementary and last else 0,
        window_from=beginning,
        window_to=cut_off,
        is_due=supplementary or last is None or cut_off > last.window_to,
        cases=taken,
        left_out=[
            LeftOut(case.id, case.number, case.area_printed, why)
            for case in prepared
            if (why := why_not(case, cut_off))
        ],
        unjudged=_unjudged(actor, inspection_id, cut_off),
        after_stay=beginning >= _telephone_closes(inspection),
    )


def _telephone_closes(inspection: Inspection) -> datetime:
    """For good, on the last evening of the stay."""
    return clock.at_local(inspection.ends_on, time.fromisoformat(inspection.settings.closes))


def _day_of(moment: datetime) -> date:
    return clock.local_date(moment)


def last_batch(actor: Actor, inspection_id: int) -> Batch | None:
    query = scoped(actor, Batch).where(Batch.inspection_id == inspection_id)
    return session().scalar(query.order_by(Batch.ordinal.desc(), Batch.sub.desc()).limit(1))


def why_not(case: Case, cut_off: datetime) -> Why | None:
    if case.report.received_at >= cut_off:
        return Why.LATER
    if case.text_approved_at is None:
        return Why.NOT_APPROVED
    if not case.is_text_ready:
        return Why.NOT_SECONDED
    return Why.OTHER_HALF if _other_half_waits(case) else None


def _other_half_waits(case: Case) -> bool:
    """The halves of a case that two areas share go together: a batch would count half a report otherwise."""
    halves = case.report.cases if case.shared else ()
    waiting = [one for one in halves if one.item == case.item and one.state == CaseState.PREPARED]
    return any(not one.is_text_ready for one in waiting)


def _prepared(actor: Actor, inspection_id: int) -> Select[Case]:
    here = scoped(actor, Case).where(Case.inspection_id == inspection_id, Case.state == CaseState.PREPARED)
    live = here.join(Case.report).where(Case.history.is_(False))
    return live.options(contains_eager(Case.report)).order_by(Case.number)


def _unjudged(actor: Actor, inspection_id: int, cut_off: datetime) -> int:
    open_states = (str(ReportState.REGISTERED), str(ReportState.ASKED))
    query = scoped(actor, Report).where(Report.inspection_id == inspection_id, Report.state.in_(open_states))
    return session().scalar(query.where(Report.received_at < cut_off).with_only_columns(func.count())) or 0
