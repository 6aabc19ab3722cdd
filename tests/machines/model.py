"""A small pure model of the three tables: who may do what now, and what comes of it. It asks no database.

What the tables say it reads from them: the rows, their roles, needs, conditions and clocks. What a condition means, whom
a unit covers, what a step brings with it, it knows for itself: these are the sentences the services are held to.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from app.domain.ladder import USUAL
from app.domain.rectification import CHECKLIST
from app.domain.workflow.case import CASE
from app.domain.workflow.rectification import RECTIFICATION, STEP_OF, signers
from app.domain.workflow.report import REPORT
from app.domain.workflow.table import Row, Table
from app.domain.workflow.vocabulary import (
    CaseAction,
    CaseState,
    Clock,
    Guard,
    RectificationAction,
    RectificationState,
    ReportAction,
    ReportState,
    Role,
    StepKind,
)
from tests.support.cast import LUSONG, OURS, TIANYUAN, UNITS
from tests.support.days import SHANGHAI, on_the_wall, working_days_later

TABLES: dict[str, Table] = {table.noun: table for table in (REPORT, CASE, RECTIFICATION)}
FOR_A_UNIT = {Role.OFFICER, Role.UNIT_LEADER}
BOUND = {Role.OFFICER, Role.UNIT_LEADER, Role.ACCEPTOR}
"""They act for a unit, and for what lies below it."""
ABOVE = {code: parent for code, _, _, _, parent in UNITS}
UNSENT = {CaseState.PREPARED, CaseState.BATCHED, CaseState.CANCELLED}
DAYS = {Clock.REFER: 15, Clock.ASK: 3, Clock.FEEDBACK: 7, Clock.LOOK_BACK: 90}
WORKING_DAYS = {Clock.DISPUTE: 5, Clock.DECISION: 3, Clock.NOTICE: 10}
CUT_OFF = 20
LADDER = (
    StepKind.SELF_CHECK, StepKind.COUNTY, StepKind.CITY, StepKind.NOTICE, StepKind.SIGNATURE, StepKind.SIGN_OFF,
    StepKind.FILING, StepKind.LOOK_BACK,
)  # fmt: skip
DISSATISFIED = "dissatisfied"
Told = tuple[int | None, str, str, str | None, str | None]
"""Of an entry: person, role, action, from, to."""


@dataclass
class Somebody:
    """A login: the person's id (none for a citizen and the system), and the roles, each with inspection and unit."""

    id: int | None
    held: tuple[tuple[Role, str | None, str | None], ...]


@dataclass(kw_only=True)
class Record:
    """A record of one of the tables; `history` is what the ledger must hold of it, in order."""

    id: int
    state: Any = None
    version: int = 0
    due: date | None = None
    history: list[Told] = field(default_factory=list)
    noun = ""

    @property
    def lead(self) -> str | None:
        return None


@dataclass(kw_only=True)
class ReportRecord(Record):
    taken_by: str
    received_at: datetime
    number: str
    named: bool
    phone: bool
    key: bool = False
    holder: str | None = None
    acknowledged: bool | None = None
    rating: str | None = None
    matter: bool = False
    cases: list["CaseRecord"] = field(default_factory=list)
    noun = "report"

    @property
    def live(self) -> list["CaseRecord"]:
        return [case for case in self.cases if case.state != CaseState.CANCELLED]


@dataclass
class Sheaf:
    """A batch."""

    id: int
    handed: bool = False
    signed: bool = False
    cases: list["CaseRecord"] = field(default_factory=list)


@dataclass
class Given:
    """A unit that was given a case, by the city (None) or a unit above, and until when it may dispute."""

    unit: str
    by: str | None
    dispute_by: date | None


@dataclass
class Disputed:
    """Who says that they are not responsible, who of them said so, who decides (None: the city) and until when."""

    unit: str | None
    raised_by: int | None
    superior: str | None
    decide_by: date | None


@dataclass(kw_only=True)
class CaseRecord(Record):
    """`given`: from the unit that the city named down to the one that leads."""

    report: ReportRecord
    area: str
    text_by: int | None = None
    second_by: int | None = None
    sheaf: Sheaf | None = None
    unit: str | None = None
    feedback: date | None = None
    dispute_by: date | None = None
    given: list[Given] = field(default_factory=list)
    dispute: Disputed | None = None
    replies: list[str] = field(default_factory=list)
    published_verdict: str | None = None
    checked_by: int | None = None
    published: bool = False
    cycles: list["CycleRecord"] = field(default_factory=list)
    noun = "case"

    @property
    def lead(self) -> str | None:
        return self.unit

    @property
    def ready(self) -> bool:
        needs_two = self.report.key or self.report.named
        return self.text_by is not None and (self.second_by is not None or not needs_two)

    @property
    def verdict(self) -> str | None:
        return self.published_verdict or (self.replies[-1] if self.replies else None)


@dataclass
class Posted:
    """A notice, and its objections: by id, whether each is answered."""

    id: int
    starts: date
    ends: date
    closed: bool = False
    objections: dict[int, bool] = field(default_factory=dict)

    @property
    def unanswered(self) -> list[int]:
        return [one for one, answered in self.objections.items() if not answered]


@dataclass(kw_only=True)
class CycleRecord(Record):
    """`change`: who proposed the change of the plan that waits, and whether it brings a measure more."""

    case: CaseRecord
    measures: list[bool] = field(default_factory=list)
    climb: int = 0
    submitted_by: int | None = None
    signed: list[int | None] = field(default_factory=list)
    notice: Posted | None = None
    change: tuple[int | None, bool] | None = None
    shown: bool = False
    gathered: set[str] = field(default_factory=set)
    look_back_on: date | None = None
    noun = "rectification"

    @property
    def lead(self) -> str | None:
        return self.case.unit

    @property
    def to_gather(self) -> str:
        """The first line of the checklist that has no evidence yet, else one more piece for the effect."""
        return next((code for code in CHECKLIST if code not in self.gathered), "effect")

    @property
    def step(self) -> StepKind | None:
        there = self.climb and len(self.signed) < len(LADDER)
        return LADDER[len(self.signed)] if there else None


@dataclass
class World:
    """Everything that is there, and the moment."""

    people: dict[str, Somebody]
    moment: datetime
    reports: list[ReportRecord] = field(default_factory=list)
    cases: list[CaseRecord] = field(default_factory=list)
    cycles: list[CycleRecord] = field(default_factory=list)
    sheaves: list[Sheaf] = field(default_factory=list)
    window_to: datetime | None = None
    entries: int = 0
    told: int = 0
    touched: list[Record] = field(default_factory=list)
    happened: Counter[tuple[str, Any, Any]] = field(default_factory=Counter)

    @property
    def today(self) -> date:
        return on_the_wall(self.moment)

    @property
    def cut_off(self) -> datetime:
        """The last evening at which a day was closed."""
        here = self.moment.astimezone(SHANGHAI)
        evening = here.replace(hour=CUT_OFF, minute=0, second=0, microsecond=0)
        return evening if evening <= here else evening - timedelta(days=1)

    def records(self, noun: str) -> list[Any]:
        found: dict[str, list[Any]] = {"report": self.reports, "case": self.cases, "rectification": self.cycles}
        return found[noun]

    def holding(self, roles: frozenset[Role]) -> list[str]:
        """Who holds one of these roles anywhere."""
        return [login for login, one in self.people.items() if any(role in roles for role, _, _ in one.held)]

    def roles(self, login: str, record: Record | None) -> set[Role]:
        """Which roles somebody holds over a record (None: over the inspection as a whole)."""
        lead = record.lead if record else None
        return {
            role
            for role, where, unit in self.people[login].held
            if where in {None, OURS} and (role not in BOUND or unit is None or unit in branch(lead))
        }

    def after(self, clock: Clock) -> date:
        """The last day of a clock that starts now."""
        if clock in WORKING_DAYS:
            return working_days_later(self.today, WORKING_DAYS[clock])
        return self.today + timedelta(days=DAYS[clock])

    def times(self, record: Any, action: Any) -> int:
        """How often this was done in the state in which the record is."""
        return self.happened[record.noun, record.state, action]

    def units(self, login: str) -> set[str | None]:
        """The units for which somebody speaks, themselves and not what lies below."""
        return {unit for role, where, unit in self.people[login].held if role in FOR_A_UNIT and where in {None, OURS}}

    def held_by(self, login: str, case: "CaseRecord") -> Given | None:
        """The highest unit of somebody's that was given the case."""
        return next((one for one in case.given if one.unit in self.units(login)), None)

    # ── what may be done ──

    def may(self, login: str, record: Any, action: Any) -> Row | None:
        """The row by which somebody who says all that must be said may do this now; None when they may not."""
        row = TABLES[record.noun].row(record.state, action)
        if row is None or not row.roles & self.roles(login, record) or not self._reaches(login, record, row):
            return None
        if not all(GUARDS[guard](self, record, login, action) for guard in row.when):
            return None
        beyond = BEYOND.get((record.noun, action))
        return row if beyond is None or beyond(self, record, login) else None

    def _reaches(self, login: str, record: Any, row: Row) -> bool:
        """A clerk sees what they took down themselves; whoever rings up does so for all."""
        roles = row.roles & self.roles(login, record)
        if record.noun != "report" or roles != {Role.CLERK} or row.action in ANY_CLERK:
            return True
        return bool(record.taken_by == login)

    # ── what comes of it ──

    def happens(self, login: str, record: Any, row: Row) -> None:
        """State, version and day as the row says; an entry of the ledger, and who is told."""
        held = row.roles & self.roles(login, record)
        if record.noun == "rectification" and (row.action in STEP_OF or row.action == RectificationAction.REFUSE):
            held &= given_to(record.step) or held
        role = next(one for one in Role if one in held)
        if row.target != row.source:
            record.state, record.due = row.target, None
        record.version += 1
        if row.within:
            record.due = self.after(row.within)
        source = None if row.source is None else str(row.source)
        entry = (self.people[login].id, str(role), str(row.action), source, str(row.target))
        record.history.append(entry)
        self.entries += 1
        together = record.noun == "case" and row.action == CaseAction.HAND_OVER
        self.told += bool(row.tells) and not together
        self.touched.append(record)
        self.happened[record.noun, row.source, row.action] += 1
        if record.noun == "report" and record.state not in {ReportState.REGISTERED, ReportState.ASKED}:
            record.holder = None

    def begins(self, login: str, record: Any, action: Any) -> None:
        row = TABLES[record.noun].row(None, action)
        assert row is not None
        self.happens(login, record, row)
        self.records(record.noun).append(record)

    def follows(self, login: str, record: Any, action: Any) -> None:
        """What an action brings with it: another one of the table."""
        row = TABLES[record.noun].row(record.state, action)
        assert row is not None, f"{action} cannot follow in {record.state}"
        self.happens(login, record, row)


def branch(unit: str | None) -> set[str]:
    """A unit and everything above it."""
    found = set[str]()
    while unit is not None:
        found.add(unit)
        unit = ABOVE[unit]
    return found


ANY_CLERK = {ReportAction.RING, ReportAction.DECLINE}
Holds = Callable[[World, Any, str, Any], bool]


def given_to(step: StepKind | None) -> frozenset[Role]:
    """Whom the shipped ladder gives a step to."""
    if step is None:
        return frozenset()
    usual = USUAL[step]
    return signers(step) if usual is None else frozenset({usual})


def own_step(world: World, cycle: CycleRecord, login: str, action: Any) -> bool:
    return bool(given_to(cycle.step) & world.roles(login, cycle))


def at_step(world: World, cycle: CycleRecord, login: str, action: Any) -> bool:
    if cycle.step is None:
        return False
    if action == RectificationAction.REFUSE:
        return own_step(world, cycle, login, action)
    return STEP_OF[action] == cycle.step


def everything_published(report: ReportRecord) -> bool:
    return bool(report.live) and all(case.state == CaseState.PUBLISHED for case in report.live)


def not_handed_over(world: World, record: Any, login: str, action: Any) -> bool:
    cases = record.cases if record.noun == "report" else [record]
    return all(case.state in UNSENT for case in cases)


def running(world: World, cycle: CycleRecord) -> bool:
    notice = cycle.notice
    return notice is not None and not notice.closed and notice.starts <= world.today <= notice.ends


def holds(world: World, case: CaseRecord, login: str, action: Any) -> bool:
    held = world.held_by(login, case)
    return held is not None and held.unit in ABOVE.values()


def passed_down(world: World, case: CaseRecord, login: str, action: Any) -> bool:
    held = world.held_by(login, case)
    return held is not None and held.unit != case.unit


def superior_decides(world: World, case: CaseRecord, login: str, action: Any) -> bool:
    """Whoever stands above both; the city where that is nobody, or where they have let their day go by."""
    dispute = case.dispute
    if dispute is None or world.people[login].id == dispute.raised_by:
        return False
    if dispute.superior is not None and dispute.superior in world.units(login):
        return True
    over = dispute.decide_by is not None and dispute.decide_by < world.today
    return (dispute.superior is None or over) and Role.COORDINATOR in world.roles(login, case)


def signs_for(world: World, case: CaseRecord, login: str, action: Any) -> bool:
    answers = branch(case.given[0].unit if case.given else case.unit)
    held = world.people[login].held
    return any(role == Role.UNIT_LEADER and where == OURS and unit in answers for role, where, unit in held)


GUARDS: dict[Guard, Holds] = {
    Guard.HOLDS: holds,
    Guard.OWN_LEAD: lambda w, c, who, a: not passed_down(w, c, who, a),
    Guard.PASSED_DOWN: passed_down,
    Guard.SUPERIOR_DECIDES: superior_decides,
    Guard.SIGNS_FOR: signs_for,
    Guard.NOT_HANDED_OVER: not_handed_over,
    Guard.IS_KEY: lambda w, r, who, a: r.key,
    Guard.NOT_KEY: lambda w, r, who, a: not r.key,
    Guard.IN_HAND: lambda w, r, who, a: r.holder is not None,
    Guard.NOT_IN_HAND: lambda w, r, who, a: r.holder is None,
    Guard.ASK_OVER: lambda w, r, who, a: r.due is not None and w.today > r.due,
    Guard.NOT_ACKNOWLEDGED: lambda w, r, who, a: r.acknowledged is False,
    Guard.ALL_PUBLISHED: lambda w, r, who, a: everything_published(r),
    Guard.NOT_RATED: lambda w, r, who, a: r.rating is None or (r.rating == DISSATISFIED and everything_published(r)),
    Guard.TEXT_APPROVED: lambda w, c, who, a: c.text_by is not None,
    Guard.SECOND_PERSON: lambda w, c, who, a: w.people[who].id not in {None, c.text_by},
    Guard.SECOND_APPROVED: lambda w, c, who, a: c.second_by is not None or not (c.report.key or c.report.named),
    Guard.IN_SIGNED_BATCH: lambda w, c, who, a: c.sheaf is not None and c.sheaf.handed,  # signed for in the same step
    Guard.WITHIN_DISPUTE: lambda w, c, who, a: c.dispute_by is not None and w.today <= c.dispute_by,
    Guard.FOUNDED: lambda w, c, who, a: not c.replies or c.replies[-1] != "unfounded",
    Guard.UNFOUNDED: lambda w, c, who, a: bool(c.replies) and c.replies[-1] == "unfounded",
    Guard.LEFT_TELEPHONE: lambda w, c, who, a: c.report.phone,
    Guard.NO_CALL_BACK: lambda w, c, who, a: True,  # none is arranged here
    Guard.CALL_BACK_OPEN: lambda w, c, who, a: False,
    Guard.ANOTHER_PERSON: lambda w, c, who, a: w.people[who].id not in {None, c.checked_by},
    Guard.HAS_MEASURES: lambda w, c, who, a: bool(c.measures),
    Guard.MEASURES_DONE: lambda w, c, who, a: all(c.measures),
    Guard.NO_OPEN_CHANGE: lambda w, c, who, a: c.change is None,
    Guard.OPEN_CHANGE: lambda w, c, who, a: c.change is not None,
    Guard.NOT_OWN_CHANGE: lambda w, c, who, a: c.change is not None and w.people[who].id not in {None, c.change[0]},
    Guard.PLAN_NOT_SHOWN: lambda w, c, who, a: not c.shown,
    Guard.RESULT_PUBLISHED: lambda w, c, who, a: c.case.published,
    Guard.LOOK_BACK_SET: lambda w, c, who, a: c.look_back_on is not None,
    Guard.AT_STEP: at_step,
    Guard.OWN_STEP: own_step,
    Guard.NOT_SIGNED_BEFORE: lambda w, c, who, a: w.people[who].id not in {None, c.submitted_by, *c.signed},
    Guard.NO_NOTICE_YET: lambda w, c, who, a: c.notice is None,
    Guard.NOTICE_RUNNING: lambda w, c, who, a: running(w, c),
    Guard.NOTICE_OVER: lambda w, c, who, a: c.notice is not None and w.today > c.notice.ends,
    Guard.OBJECTIONS_ANSWERED: lambda w, c, who, a: c.notice is None or not c.notice.unanswered,
    Guard.EVIDENCE_GATHERED: lambda w, c, who, a: c.gathered >= set(CHECKLIST),
    Guard.OPEN_OBJECTION: lambda w, c, who, a: c.notice is not None and bool(c.notice.unanswered),
}
"""What each condition of the tables means."""


def first_for(world: World, report: ReportRecord) -> ReportRecord | None:
    """A report that this one may follow: none of those that already belong together, so that it is certain."""
    gone = {ReportState.VOIDED, ReportState.WITHDRAWN}
    fit = (
        one
        for one in world.reports
        if one is not report and one.state not in gone and one.received_at <= report.received_at and not one.matter
    )
    return next(fit, None)


def colleague_for(report: ReportRecord) -> str:
    """An inspector who does not have it in hand."""
    return "inspector2" if report.holder == "inspector" else "inspector"


def another_case(world: World, cycle: CycleRecord) -> CaseRecord | None:
    """One that was handed over, to be compared with the cycle's own."""
    return next((one for one in world.cases if one is not cycle.case and one.state not in UNSENT), None)


def there_is_another(world: World, cycle: CycleRecord, login: str) -> bool:
    return another_case(world, cycle) is not None


def may_close(world: World, _case: CaseRecord, login: str) -> bool:
    return world.window_to is None or world.cut_off > world.window_to


def may_hand_over(world: World, case: CaseRecord, login: str) -> bool:
    return case.sheaf is not None and not case.sheaf.handed and all(one.ready for one in case.sheaf.cases)


def may_sign_for(world: World, case: CaseRecord, login: str) -> bool:
    return case.sheaf is not None and case.sheaf.handed and not case.sheaf.signed


def has_a_telephone(world: World, report: ReportRecord, login: str) -> bool:
    return report.phone


BEYOND: dict[tuple[str, Any], Callable[[World, Any, str], bool]] = {
    ("report", ReportAction.MERGE): lambda w, r, who: first_for(w, r) is not None,
    ("report", ReportAction.RING): has_a_telephone,
    ("report", ReportAction.DECLINE): has_a_telephone,
    ("case", CaseAction.CANCEL): lambda w, c, who: False,
    ("case", CaseAction.REOPEN): lambda w, c, who: Role.INSPECTOR in w.roles(who, c),
    ("case", CaseAction.BATCH): may_close,
    ("case", CaseAction.HAND_OVER): may_hand_over,
    ("case", CaseAction.SIGN_FOR): may_sign_for,
    ("case", CaseAction.SETTLE_DISPUTE): lambda w, c, who: c.dispute is not None and c.dispute.superior is not None,
    ("rectification", RectificationAction.CONFIRM_SAME): there_is_another,
    ("rectification", RectificationAction.DECLINE_SAME): there_is_another,
    ("rectification", RectificationAction.OPEN_NOTICE): lambda w, c, who: c.case.published,
    ("rectification", RectificationAction.OBJECT): lambda w, c, who: c.case.published,
}
"""What a service asks besides the table, and why: a case is cancelled and reopened with its report, one batch is closed

a day and handed over as a whole, a notice prints published texts and no others.
"""


def may_open(world: World, case: CaseRecord, login: str) -> bool:
    """Whether somebody may begin the first cycle of a case (practice: only where something must be put right)."""
    row = RECTIFICATION.row(None, RectificationAction.OPEN)
    reviewed = case.state in {CaseState.PASSED, CaseState.PUBLISHED}
    founded = case.verdict != "unfounded"
    may = row is not None and bool(row.roles & world.roles(login, case))
    return may and reviewed and founded and not case.cycles and case.unit is not None


def seen_by(world: World, login: str, cases: Iterable[CaseRecord]) -> set[int]:
    """The handed-over cases that stand in somebody's list."""
    whole = {Role.INSPECTOR, Role.LEADER, Role.SUPERVISOR, Role.COORDINATOR}
    return {case.id for case in cases if case.state not in UNSENT and world.roles(login, case) & (whole | BOUND)}


AREAS = (TIANYUAN, LUSONG)
FINISHED = {RectificationState.CONSOLIDATED, RectificationState.RELAPSED}
