"""What has happened, as the reporter reads it: the ledger's entries through the allow-list of plain sentences."""

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import selectinload

from app.db import session
from app.domain.evidence.steps import FILES
from app.domain.ledger import LedgerEntry
from app.domain.report import Report
from app.domain.workflow.vocabulary import Need, ReportAction
from app.tracking.ladder import Moments
from app.tracking.rows import Step
from app.tracking.wording import CASE_STEPS, OWN_WORDS, REPORT_STEPS, RIGHT_STEPS


def entries_of(report: Report) -> list[LedgerEntry]:
    """What happened to the report, its cases and their cycles, the newest first."""
    subjects = {
        "report": [report.id],
        "case": [case.id for case in report.cases],
        "rectification": [cycle.id for case in report.cases for cycle in case.rectifications],
    }
    about = [and_(LedgerEntry.noun == noun, LedgerEntry.noun_id.in_(ids)) for noun, ids in subjects.items() if ids]
    query = select(LedgerEntry).where(or_(*about)).order_by(LedgerEntry.at.desc(), LedgerEntry.id.desc())
    return list(session().scalars(query.options(selectinload(LedgerEntry.words))))


def moments_of(entries: list[LedgerEntry]) -> Moments:
    """When each action was last taken on each record."""
    return {(entry.noun, entry.noun_id, entry.action): entry.at for entry in reversed(entries)}


def said(entry: LedgerEntry, need: Need | None) -> str:
    return next((word.text or "" for word in entry.words if word.need == need), "")


def steps(report: Report, entries: list[LedgerEntry]) -> list[Step]:
    parts = {("case", case.id): case.part for case in report.cases}
    parts |= {("rectification", cycle.id): case.part for case in report.cases for cycle in case.rectifications}
    several = sum(case.is_live for case in report.cases) > 1
    found = (_step(entry, parts.get((entry.noun, entry.noun_id)) if several else None) for entry in entries)
    return [step for step in found if step]


def _step(entry: LedgerEntry, part: int | None) -> Step | None:
    """None for what is not told."""
    if entry.noun == "report":
        action = ReportAction(entry.action)
        told = REPORT_STEPS.get(action)
        words, files = said(entry, OWN_WORDS.get(action)), len(entry.facts.get(FILES, []))
        return Step(told, entry.at, words=words, files=files) if told else None
    sentences = CASE_STEPS if entry.noun == "case" else RIGHT_STEPS
    told = next((words for action, words in sentences.items() if str(action) == entry.action), None)
    return Step(told, entry.at, part) if told else None
