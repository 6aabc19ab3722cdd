"""What the holder of a query code sees: frozen rows of an allow-list, nothing of anybody else."""

import unicodedata
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.db import session
from app.domain.case import Case, Completion, Reply, Verdict
from app.domain.installation import Installation
from app.domain.ledger import LedgerEntry
from app.domain.news import NewsWay, NewsWish, words_of_news
from app.domain.people import CITIZEN
from app.domain.rectification import Rectification
from app.domain.report import Rating, Report
from app.domain.reporter import Identity
from app.domain.workflow.vocabulary import Need, RectificationState, ReportAction, ReportState
from app.kernel import crypto
from app.kernel.errors import NotFound
from app.tracking import ladder, past
from app.tracking.after import put_right
from app.tracking.rows import Answered, Asked, Handed, OwnReport, PartRow, Self
from app.tracking.told import files_of, told_by
from app.tracking.wording import ALL_SIGNED_OFF, CASE_STANDING, REPORT_STANDING, REVIEWING_AGAIN

MARK = 16
SIGNED_OFF = (RectificationState.SIGNED_OFF, RectificationState.CONSOLIDATED)


def report_of_code(house: Installation, typed: str) -> int | None:
    """The report a query code opens; None alike for a wrong code and for what is no code at all.

    Whatever stands around the code (spaces, dashes of any kind, Chinese words copied with it) does not matter.
    """
    letters = (letter for letter in unicodedata.normalize("NFKC", typed) if letter.isascii() and letter.isalnum())
    code = crypto.read_query_code("".join(letters))
    if code is None:
        return None
    return session().scalar(select(Report.id).where(Report.query_code_digest == house.code_digest(code)))


def mark_of(house: Installation, report_id: int) -> str:
    """What a form says of the report it was drawn for: enough to tell it from another, and no number of anything."""
    return crypto.keyed_digest(house.code_key, f"form about report {report_id}")[:MARK]


def own_report(report_id: int) -> OwnReport:
    """The page of the report whose code was shown. Raises NotFound when there is no such report."""
    report = _load(session(), Report.id == report_id)
    if report is None:
        raise NotFound
    head = _head(report) if report.state == ReportState.MERGED else None
    entries = past.entries_of(report)
    moments = past.moments_of(entries)
    parts = _parts(head, {}, own=False) if head else _parts(report, moments, own=True)
    rungs = ladder.of_report(report, moments)
    if head and not parts:
        rungs += ladder.of_report(head, {})[2:]
    if len(parts) == 1:
        rungs += parts[0].rungs
    offers = [offer for offer in report.offers(CITIZEN) if offer.blocked is None]
    return OwnReport(
        id=report.id,
        number=report.number,
        received_at=report.received_at,
        told=told_by(report),
        files=files_of(report, entries),
        state=report.status,
        standing=_standing(report),
        joined=_standing(head) if head else "",
        rungs=rungs,
        look_again=ladder.look_again(rungs + [rung for part in parts for rung in part.rungs]),
        asked=_asked(report, entries),
        handed=_handed(report),
        parts=parts,
        steps=past.steps(report, entries),
        itself=_itself(report.id),
        rating=Rating(report.rating) if report.rating else None,
        rating_open=any(offer.action == ReportAction.RATE for offer in offers),
        offers=offers,
        handed_over=report.state == ReportState.ACCEPTED and not any(o.action == ReportAction.WITHDRAW for o in offers),
    )


def _load(current: Session, *conditions: object) -> Report | None:
    parts, cycles = selectinload(Report.cases), selectinload(Case.rectifications)
    query = (
        select(Report)
        .where(*conditions)  # type: ignore[arg-type]
        .options(
            parts.selectinload(Case.replies),
            parts.joinedload(Case.lead_unit),
            parts.options(cycles.selectinload(Rectification.measures), cycles.selectinload(Rectification.notices)),
            joinedload(Report.referral),
        )
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


def _standing(report: Report) -> str:
    live = _live(report)
    if report.state == ReportState.ANSWERED and live:
        if not all(case.is_published for case in live):
            return REVIEWING_AGAIN
        if all(case.rectifications and case.rectifications[-1].state in SIGNED_OFF for case in live):
            return ALL_SIGNED_OFF
    return REPORT_STANDING[report.status]


def _asked(report: Report, entries: list[LedgerEntry]) -> Asked | None:
    if report.state != ReportState.ASKED:
        return None
    last = next((entry for entry in entries if entry.noun == "report" and entry.action == ReportAction.ASK), None)
    return Asked(past.said(last, Need.QUESTION) if last else "", report.due_on)


def _handed(report: Report) -> Handed | None:
    referral = report.referral
    if referral is None or report.state != ReportState.REFERRED:
        return None
    return Handed(
        referral.receiving_body, referral.advice, referral.referred_at, referral.inform_by, referral.acknowledged_at
    )


def _live(report: Report) -> list[Case]:
    return [case for case in report.cases if case.is_live]


def _parts(report: Report, moments: ladder.Moments, *, own: bool) -> list[PartRow]:
    """The cases side by side. Those of somebody else's report show what everybody may read, and no number."""
    return [
        PartRow(
            part=case.part,
            number=case.number if own else "",
            area=case.area,
            unit=case.lead_unit.label if case.lead_unit else "",
            standing=CASE_STANDING[case.status],
            tone_of=case.status,
            rungs=ladder.of_case(case, moments),
            answered=_answered(case, own=own),
            right=put_right(case),
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


@dataclass(frozen=True)
class Telling:
    """Whether news was asked for (the way, never the number), and the words that will come."""

    way: NewsWay | None
    subject: str
    body: str


def telling(house: Installation, report_id: int, language: str) -> Telling:
    """Raises NotFound."""
    report = session().get(Report, report_id)
    if report is None:
        raise NotFound
    wish, here = session().get(NewsWish, report_id), house.settings.address.rstrip("/")
    words = words_of_news(session(), report.inspection_id, language, f"{here}/track" if here else "")
    return Telling(NewsWay(wish.way) if wish else None, *words)
