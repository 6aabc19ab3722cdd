"""What was suggested and what was decided, written beside each decision, so that the suggestions' worth can be shown.

In the transaction of the decision and wherever it is taken (one report or fifty at once): whoever decides need not
know of it, and does well to let it be heard before (`beforehand`). Nothing is kept of entered history: nobody had a
suggestion then.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from app.domain import catalogue
from app.domain.ledger import LedgerEntry
from app.domain.performing import hears
from app.domain.report import Report
from app.domain.suggesting.beforehand import heard
from app.domain.suggesting.kinds import IN, OUT, SHOWN, YES, Ground, Kind, Suggestion, Voice, offered, probability
from app.domain.suggesting.records import EVERY, SuggestionKept
from app.domain.workflow.vocabulary import Need, ReportAction
from app.kernel import clock

Value = tuple[Kind, str]


@dataclass(frozen=True)
class Decided:
    """The values a decision took, and of which kinds it decided at all.

    `voices`: the kinds of which single voices are judged by it besides: who spoke for a class was wrong where the
    report was accepted, though no class was to be shown then.
    """

    values: frozenset[Value]
    kinds: frozenset[Kind]
    voices: frozenset[Kind] = frozenset()


@hears("report")
def keep(
    session: Session, report: Report, entry: LedgerEntry, said: Mapping[Need, str], facts: Mapping[str, Any]
) -> None:
    """Write down what was suggested for this report beside what is decided now; undone decisions count no more."""
    if entry.action == ReportAction.UNDO:
        mine = SuggestionKept.report_id == report.id
        session.execute(update(SuggestionKept).where(mine).values(withdrawn=True))
        return
    decided = decision(entry.action, said, facts)
    if decided is None or report.history:
        return
    fixed = {
        "inspection_id": report.inspection_id,
        "report_id": report.id,
        "entry_id": entry.id,
        "week": week_of(clock.local_date(entry.at)),
        "withdrawn": False,
    }
    rows = [fixed | row for row in compared(heard(session, report), decided)]
    if rows:
        session.execute(insert(SuggestionKept), rows)


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def decision(action: str, said: Mapping[Need, str], facts: Mapping[str, Any]) -> Decided | None:
    """What an action decides of what can be suggested; None for one that decides nothing of it."""
    if action == ReportAction.ACCEPT:
        codes = [*said.get(Need.TYPES, "").split(","), *facts.get("tags", ())]
        values = {(Kind.TAG if code in catalogue.tags() else Kind.TYPE, code) for code in codes if code}
        values |= {(Kind.AREA, code) for code in said.get(Need.AREAS, "").split(",") if code}
        values |= {(Kind.SCOPE, IN)} | ({(Kind.KEY, YES)} if facts.get("key") else set())
        kinds = frozenset({Kind.SCOPE, Kind.TYPE, Kind.TAG, Kind.AREA, Kind.KEY, Kind.REPEAT})
        return Decided(frozenset(values), kinds, frozenset({Kind.CLASS}))
    if action == ReportAction.REFER:
        values = {(Kind.SCOPE, OUT), (Kind.CLASS, said.get(Need.REFERRAL_CLASS, ""))}
        return Decided(frozenset(values), frozenset({Kind.SCOPE, Kind.CLASS, Kind.REPEAT}))
    if action == ReportAction.MERGE:
        return Decided(frozenset({(Kind.REPEAT, str(facts.get("earlier_id", "")))}), frozenset({Kind.REPEAT}))
    return None


def compared(every: list[Suggestion], decided: Decided) -> Iterator[dict[str, Any]]:
    """A row for each value that was shown or decided, and one for each voice that spoke for a value."""
    known = {(one.kind, one.value): one for one in every if one.kind in decided.kinds | decided.voices}
    shown = {(one.kind, one.value) for one in offered(every)}
    for value in sorted({*known, *decided.values}):
        one, so = known.get(value), value in decided.values
        if value[0] in decided.kinds and (so or value in shown):
            yield _row(value, EVERY, one.score if one else 0.0, suggested=value in shown, decided=so)
        for ground in one.grounds if one is not None else ():
            share = probability(ground.weight)
            if _judged(ground, value[0]) and share >= SHOWN:
                yield _row(value, ground.source, share, suggested=True, decided=so)


def _judged(ground: Ground, kind: Kind) -> bool:
    """Rules and models are; a rule by what it speaks for itself, not by the scope it lends its weight to."""
    return ground.voice == Voice.MODEL or (ground.voice == Voice.RULE and kind != Kind.SCOPE)


def _row(value: Value, source: str, score: float, *, suggested: bool, decided: bool) -> dict[str, Any]:
    kind, code = value
    return {
        "kind": str(kind), "value": code, "source": source, "score": round(score, 3),
        "suggested": suggested, "decided": decided,
    }  # fmt: skip
