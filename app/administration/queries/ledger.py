"""The ledger as auditors read it: who, when, what kind, from where to where. Never words, facts or content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from app.db import session
from app.domain.batch import BatchAction, BatchStage
from app.domain.doings import Doing
from app.domain.inspection import Inspection
from app.domain.ledger import SYSTEM_CHAIN, LedgerEntry
from app.domain.people import Actor, Person
from app.domain.workflow import vocabulary as words
from app.domain.workflow.diagram import TABLES
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Role
from app.web.paging import Page, read_page

TERMS: dict[str, tuple[type[Term], type[Term]]] = {table.noun: (table.actions, table.states) for table in TABLES}
TERMS["batch"] = (BatchAction, BatchStage)


class Subject(Term):
    """What an entry is about."""

    REPORT = "report", "来件", "Report"
    CASE = "case", "转办件", "Case"
    RECTIFICATION = "rectification", "整改", "Rectification"
    BATCH = "batch", "批次", "Batch"
    PERSON = "person", "人员", "Person"
    UNIT = "unit", "单位", "Unit"
    INSPECTION = "inspection", "督察", "Inspection"
    CALENDAR = "calendar", "工作日历", "Calendar"
    IDENTITY = "identity", "举报人身份", "Identity"
    API_KEY = "api_key", "系统接口密钥", "A system's key"
    ATTACHMENT = "attachment", "材料", "File"
    ALARM = "alarm", "预警", "Alarm"
    SPOT_LIST = "spot_list", "抽查名单", "Spot-check list"
    SHEET = "sheet", "台账", "Sheet"
    HOOK = "hook", "推送接口", "Webhook"
    DEPUTY = "deputy", "委托代签", "Deputy"
    DOSSIER = "dossier", "一件一档", "Dossier"
    DELIVERY = "delivery", "推送", "Delivery"
    SUGGESTION_RULE = "suggestion_rule", "研判规则", "Rule of suggestions"
    SUGGESTION_MODEL = "suggestion_model", "研判模型", "Model of suggestions"
    LEDGER = "ledger", "留痕", "Ledger"


@dataclass(frozen=True)
class EntryRow:
    """`recorded_at` is said only where it differs: entered history speaks of an earlier moment."""

    id: int
    chain: int
    seq: int
    at: datetime
    recorded_at: datetime | None
    who: str
    role: Term | str
    subject: Term | str
    noun_id: int
    action: Term | str
    source: Term | str
    target: Term | str


@dataclass(frozen=True)
class Wanted:
    """What an auditor looks for; None where anything will do."""

    chain: int | None = None
    noun: str | None = None
    noun_id: int | None = None
    person_id: int | None = None


def entries(actor: Actor, wanted: Wanted, cursor: str = "") -> tuple[Page[EntryRow], int]:
    """Entries of the chains this auditor may read, the newest first, and how many they are."""
    query = _scoped(actor)
    for name in ("chain", "noun", "noun_id", "person_id"):
        if getattr(wanted, name) is not None:
            query = query.where(getattr(LedgerEntry, name) == getattr(wanted, name))
    total = session().scalar(query.with_only_columns(func.count())) or 0
    by = LedgerEntry.id
    page = read_page(
        session(), query, by=by, key=LedgerEntry.id, cursor=cursor, make=_row, key_of=lambda row: row.LedgerEntry.id
    )
    return page, total


def chains(actor: Actor) -> list[tuple[int, str]]:
    """The chains this auditor may read: number and the inspection's name; the system's own has none."""
    own = actor.inspections(Role.AUDITOR)
    found = session().scalars(select(Inspection).order_by(Inspection.id))
    system = [(SYSTEM_CHAIN, "")] if own is None else []
    return system + [(one.id, one.title) for one in found if own is None or one.id in own]


def _scoped(actor: Actor) -> Select[Any, Any]:
    query = select(LedgerEntry, Person.name).outerjoin(Person, Person.id == LedgerEntry.person_id)
    own = actor.inspections(Role.AUDITOR)
    return query if own is None else query.where(LedgerEntry.chain.in_(own))


def _row(row: Any) -> EntryRow:
    entry, who = row
    actions, states = TERMS.get(entry.noun, (Doing, Doing))
    return EntryRow(
        id=entry.id,
        chain=entry.chain,
        seq=entry.seq,
        at=entry.at,
        recorded_at=entry.recorded_at if abs((entry.recorded_at - entry.at).total_seconds()) > 60 else None,  # noqa: PLR2004
        who=who or "",
        role=_term(words.Role, entry.role),
        subject=_term(Subject, entry.noun),
        noun_id=entry.noun_id,
        action=_term(actions, entry.action),
        source=_term(states, entry.source),
        target=_term(states, entry.target),
    )


def _term(vocabulary: type[Term], code: str | None) -> Term | str:
    known: Mapping[str, Term] = {str(one): one for one in vocabulary}
    return known.get(code or "", code or "")
