"""What the holder of a query code sees: frozen rows of an allow-list, nothing of anybody else."""

import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.db import session
from app.domain.attachment import attachments_of
from app.domain.case import Case, Completion, Reply, Verdict
from app.domain.installation import Installation
from app.domain.ledger import LedgerEntry
from app.domain.people import CITIZEN
from app.domain.report import Rating, Report
from app.domain.reporter import Identity
from app.domain.workflow.engine import Offer
from app.domain.workflow.vocabulary import Need, ReportAction, ReportState
from app.kernel import crypto
from app.kernel.errors import NotFound
from app.tracking.rows import Answered, Asked, Handed, OwnReport, PartRow, Self, Step
from app.tracking.wording import CASE_STANDING, CASE_STEPS, OWN_WORDS, REPORT_STANDING, REPORT_STEPS


def report_of_code(house: Installation, typed: str) -> int | None:
    """The report a query code opens; None alike for a wrong code and for what is no code at all."""
    letters = (letter for letter in unicodedata.normalize("NFKC", typed) if letter.isalnum())
    code = crypto.read_query_code("".join(letters))
    if code is None:
        return None
    return session().scalar(select(Report.id).where(Report.query_code_digest == house.code_digest(code)))


def own_report(report_id: int) -> OwnReport:
    """The page of the report whose code was shown. Raises NotFound when there is no such report."""
    report = _load(session(), Report.id == report_id)
    if report is None:
        raise NotFound
    head = _head(report) if report.state == ReportState.MERGED else None
    entries = _entries(report)
    return OwnReport(
        id=report.id,
        number=report.number,
        received_at=report.received_at,
        description=report.description,
        place=report.place,
        photographs=len(attachments_of(session(), "report", report.id)),
        state=report.status,
        standing=REPORT_STANDING[report.status],
        joined=REPORT_STANDING[head.status] if head else "",
        asked=_asked(report, entries),
        handed=_handed(report),
        parts=_parts(head, own=False) if head else _parts(report, own=True),
        steps=[step for entry in entries if (step := _step(report, entry))],
        itself=_itself(report.id),
        rating=Rating(report.rating) if report.rating else None,
        offers=[offer for offer in report.offers(CITIZEN) if offer.blocked is None],
    )


def offered(report_id: int, action: ReportAction) -> tuple[Offer | None, Asked | None]:
    """Whether an action is open to the reporter now, and the question it would answer."""
    page = own_report(report_id)
    return next((offer for offer in page.offers if offer.action == action), None), page.asked


def _load(current: Session, *conditions: object) -> Report | None:
    parts = selectinload(Report.cases)
    query = (
        select(Report)
        .where(*conditions)  # type: ignore[arg-type]
        .options(parts.selectinload(Case.replies), parts.joinedload(Case.lead_unit), joinedload(Report.referral))
        .order_by(Report.received_at, Report.id)
        .limit(1)
    )
    found: Report | None = current.scalar(query)
    return found


def _head(report: Report) -> Report | None:
    """The report of the same matter that is being worked on: the earliest that is no repeat itself."""
    if report.matter_id is None:
        return None
    apart = Report.state.not_in([ReportState.MERGED, ReportState.WITHDRAWN, ReportState.VOIDED])
    return _load(session(), Report.matter_id == report.matter_id, Report.id != report.id, apart)


def _entries(report: Report) -> list[LedgerEntry]:
    """What happened to the report and its own cases, the newest first."""
    cases = [case.id for case in report.cases]
    about = (LedgerEntry.noun == "report") & (LedgerEntry.noun_id == report.id)
    if cases:
        about |= (LedgerEntry.noun == "case") & LedgerEntry.noun_id.in_(cases)
    query = select(LedgerEntry).where(about).order_by(LedgerEntry.at.desc(), LedgerEntry.id.desc())
    return list(session().scalars(query.options(selectinload(LedgerEntry.words))))


def _said(entry: LedgerEntry, need: Need | None) -> str:
    return next((word.text or "" for word in entry.words if word.need == need), "")


def _step(report: Report, entry: LedgerEntry) -> Step | None:
    """The entry as its reporter reads it; None for what is not told."""
    if entry.noun == "report":
        action = ReportAction(entry.action)
        told = REPORT_STEPS.get(action)
        return Step(told, entry.at, words=_said(entry, OWN_WORDS.get(action))) if told else None
    told = next((words for action, words in CASE_STEPS.items() if action == entry.action), None)
    part = next((case.part for case in report.cases if case.id == entry.noun_id), None)
    return Step(told, entry.at, part if len(_live(report)) > 1 else None) if told else None


def _asked(report: Report, entries: list[LedgerEntry]) -> Asked | None:
    if report.state != ReportState.ASKED:
        return None
    last = next((entry for entry in entries if entry.noun == "report" and entry.action == ReportAction.ASK), None)
    return Asked(_said(last, Need.QUESTION) if last else "", report.due_on)


def _handed(report: Report) -> Handed | None:
    referral = report.referral
    if referral is None or report.state != ReportState.REFERRED:
        return None
    return Handed(referral.receiving_body, referral.advice, referral.referred_at, referral.acknowledged_at)


def _live(report: Report) -> list[Case]:
    return [case for case in report.cases if case.is_live]


def _parts(report: Report, *, own: bool) -> list[PartRow]:
    """The cases side by side. Those of somebody else's report show what everybody may read, and no number."""
    return [
        PartRow(
            part=case.part,
            number=case.number if own else "",
            area=case.area,
            unit=case.lead_unit.label if case.lead_unit else "",
            standing=CASE_STANDING[case.status],
            tone_of=case.status,
            answered=_answered(case, own=own),
        )
        for case in _live(report)
    ]


def _answered(case: Case, *, own: bool) -> Answered | None:
    if case.published_at is None:
        return None
    reply = _published_reply(case)
    return Answered(
        verdict=Verdict(case.verdict) if case.verdict in set(Verdict) else None,
        completion=Completion(case.completion) if case.completion in set(Completion) else None,
        published_at=case.published_at,
        answer=reply.answer if own and reply else "",
        published=case.publication_text,
    )


def _published_reply(case: Case) -> Reply | None:
    """The version of the answer that was published, not one that is still being worked on."""
    until = case.published_at
    return next((reply for reply in reversed(case.replies) if until and reply.written_at <= until), None)


def _itself(report_id: int) -> Self:
    query = select(Identity.anonymous, Identity.has_name, Identity.phone_tail)
    row = session().execute(query.where(Identity.noun == "report", Identity.noun_id == report_id)).one_or_none()
    return Self(row.anonymous, row.has_name, row.phone_tail) if row else Self(True, False, "")  # noqa: FBT003
