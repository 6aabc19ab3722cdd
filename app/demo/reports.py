"""A report's deeds: taken down, asked about, judged, withdrawn, followed by its reporter."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.db import session
from app.demo import reading
from app.demo.pictures import picture
from app.demo.script import Later, Report, Stay
from app.demo.stage import Stage, citizen, submission_key
from app.demo.times import GAP, Chain
from app.desk import services as desk
from app.desk.commands import Act as ClerksAct
from app.desk.commands import TakeDown
from app.desk.forms.call import SILENT
from app.desk.services import act as clerk_act
from app.desk.services import keep_scans, take_down
from app.domain.receiving import Statement
from app.domain.region import towns_of
from app.domain.report import Channel
from app.domain.reporter import Reporter
from app.domain.ringing import RingUp, newest_opening
from app.domain.workflow.vocabulary import Need, ReportAction
from app.intake.commands import SentFile, StateReport
from app.intake.services import state_report
from app.kernel import clock
from app.tracking import services as tracking
from app.tracking.commands import Rate, Say
from app.triage import services as triage
from app.triage.commands import Accept, Act, Merge, Part, Refer
from app.vault import services as vault

CALL = timedelta(minutes=6)
THINKING, THINKING_TODAY = timedelta(minutes=50), timedelta(minutes=20)
EVENING, MORNING = "19:00", "08:05"


def receive(chain: Chain, stay: Stay, report: Report) -> None:
    """The first deed: the citizen's own on the web, else the clerk's at the end of the call."""
    if report.channel == Channel.WEB:
        chain.then(chain.last, state, stay, report)
    else:
        began = chain.last + GAP
        chain.then(began + CALL, take, stay, report, began)


def judge(chain: Chain, report: Report, today: int) -> None:
    """What triage asks and decides: within the hour, or early the next morning; today it is quicker."""
    outcome = report.outcome
    if outcome.asked:
        chain.then(chain.last + THINKING, ask, report)
        if outcome.asked.answered:
            chain.then(chain.days.of(outcome.asked.answered), answer, report)
        elif outcome.asked.number_asked:
            chain.then(chain.last + GAP, ask_for_number, report)
            chain.then(chain.last + GAP, allow_number, report)
    if outcome.kind in JUDGEMENTS:
        chain.then(_thought_over(chain, today), JUDGEMENTS[outcome.kind], report)
    if outcome.withdrawn:
        chain.then(chain.days.of(outcome.withdrawn), withdraw, report)


def _thought_over(chain: Chain, today: int) -> datetime:
    day = chain.days.number(clock.local_date(chain.last))
    if day == today:
        return chain.last + THINKING_TODAY
    wish = chain.last + THINKING
    return wish if wish <= chain.days.at(day, EVENING) else chain.days.at(day + 1, MORNING)


def follow(chain: Chain, report: Report) -> None:
    """What its reporter added and its receiver signed, while it was worked on."""
    after = reading.afterwards()
    for words, do in ((after.acknowledgements, acknowledge), (after.additions, add)):
        for said in words:
            if said.report == report.id:
                chain.then(chain.days.of(said.when), do, said)


def conclude(chain: Chain, report: Report) -> None:
    """What its reporter thinks of the answer, once there is one."""
    for said in reading.afterwards().ratings:
        if said.report == report.id:
            chain.then(chain.days.of(said.when), rate, said)


# ── the deeds themselves ──


def state(stage: Stage, moment: datetime, stay: Stay, report: Report) -> None:
    scenes = reading.afterwards().report_pictures.get(report.id, ())
    words = StateReport(
        inspection_id=stage.inspections[stay.code],
        key=submission_key(stage.house, report.id),
        description=report.description.strip(),
        area_code=next(iter(report.area), None),
        place=report.place,
        point=reading.afterwards().points.get(report.id),
        town_code=_town(report),
        polluter=report.polluter,
        types=report.types,
        since="，".join(filter(None, (report.since, report.frequency))),
        name=report.reporter.get("name", ""),
        phone=report.reporter.get("phone", ""),
        anonymous=report.anonymous,
        wants_answer=report.wants_answer,
        files=tuple(SentFile(f"{scene}.jpg", picture(scene)) for scene in scenes),
    )
    receipt = state_report(stage.house, citizen(moment), words)
    stage.keep(report.id, stay.code, receipt.number)


def take(stage: Stage, moment: datetime, stay: Stay, report: Report, began: datetime) -> None:
    """`began`: when the call began, or the letter was opened; the entry is made when it ended."""
    clerk, key = stage.actor(report.taken_by, moment), submission_key(stage.house, report.id)
    scenes = reading.afterwards().report_pictures.get(report.id, ())
    if scenes:
        keep_scans(stage.house, clerk, key, tuple(SentFile("", picture(scene)) for scene in scenes))
    call, letter, first = report.channel == Channel.CALL, report.letter, stage.days[stay.code]
    silent, same = report.outcome.kind == "silent", stage.reports.get(report.same_letter)
    statement = Statement(
        channel=Channel(report.channel),
        description=SILENT if silent else report.description.strip(),
        blank=silent,
        received_at=began,
        area_code=next(iter(report.area), None),
        place=report.place,
        point=reading.afterwards().points.get(report.id),
        town_code=_town(report),
        polluter=report.polluter,
        since=report.since,
        frequency=report.frequency,
        earlier=report.earlier,
        types=report.types,
        wants_answer=report.wants_answer,
        call_started_at=began if call else None,
        call_ended_at=moment if call else None,
        postmarked_on=first.on(letter["postmark"]) if letter else None,
        arrived_on=first.on(letter["arrived"]) if letter else None,
        foreign_number=report.foreign_number,
    )
    reporter = Reporter(**report.reporter, anonymous=report.anonymous)
    kept = take_down(
        stage.house, clerk, stage.inspections[stay.code], TakeDown(statement, reporter, key, same_letter=same)
    )
    stage.reports[report.id] = kept.report.id


def _town(report: Report) -> str | None:
    """The town its place names, where it lies in one county."""
    towns = towns_of(session(), report.area[0]) if len(report.area) == 1 else []
    return next((town.code for town in towns if town.zh in report.place), None)


def ask(stage: Stage, moment: datetime, report: Report) -> None:
    if report.outcome.asked:
        said = {Need.QUESTION: report.outcome.asked.question}
        triage.act(stage.actor("inspector", moment), Act(stage.reports[report.id], ReportAction.ASK, said))


def ask_for_number(stage: Stage, moment: datetime, report: Report) -> None:
    """The desk is to ring the reporter up; the clerk who took the report down asks for the number."""
    clerk = stage.actor(report.taken_by, moment)
    desk.ask_for_number(clerk, _ring_up(stage, report))


def allow_number(stage: Stage, moment: datetime, report: Report) -> None:
    """Lending it is left to whoever tries the demonstration: the passphrase is the installation's own."""
    asked = newest_opening(session(), _ring_up(stage, report))
    if asked:
        vault.allow_opening(stage.actor("leader", moment), asked.id)


def _ring_up(stage: Stage, report: Report) -> int:
    return session().scalars(select(RingUp.id).where(RingUp.report_id == stage.reports[report.id])).one()


def answer(stage: Stage, moment: datetime, report: Report) -> None:
    if report.outcome.asked:
        tracking.answer(citizen(moment), Say(stage.reports[report.id], report.outcome.asked.answer))


def accept(stage: Stage, moment: datetime, report: Report) -> None:
    """One part for each area; a report that was not split has one, with all its points."""
    parts = [
        Part(part.area, tuple(report.points[n - 1] for n in part.points) or report.points, draft=part.text)
        for part in report.parts
    ] or [Part(area, report.points) for area in report.area]
    words = Accept(stage.reports[report.id], report.types, tuple(parts), report.tags, key=report.outcome.key)
    ids = triage.accept(stage.actor("inspector", moment), words)
    stage.cases |= {(report.id, part.area_code or ""): case_id for part, case_id in zip(parts, ids, strict=True)}


def refer(stage: Stage, moment: datetime, report: Report) -> None:
    said = report.outcome
    words = Refer(stage.reports[report.id], said.referral_class, said.body, said.words)
    triage.refer(stage.actor("inspector2", moment), words)


def merge(stage: Stage, moment: datetime, report: Report) -> None:
    said = report.outcome
    words = Merge(stage.reports[report.id], stage.number(said.into), said.reason)
    triage.merge(stage.actor("inspector2", moment), words)


def void(stage: Stage, moment: datetime, report: Report) -> None:
    said = {Need.REASON: report.outcome.reason}
    triage.act(stage.actor("inspector", moment), Act(stage.reports[report.id], ReportAction.VOID, said))


def withdraw(stage: Stage, moment: datetime, report: Report) -> None:
    said = {Need.REASON: report.outcome.reason}
    words = ClerksAct(stage.reports[report.id], ReportAction.WITHDRAW, said)
    clerk_act(stage.actor(report.taken_by, moment), words)


def acknowledge(stage: Stage, moment: datetime, said: Later) -> None:
    words = Act(stage.reports[said.report], ReportAction.ACKNOWLEDGE, {Need.NOTE: said.words})
    triage.act(stage.actor("inspector2", moment), words)


def add(stage: Stage, moment: datetime, said: Later) -> None:
    tracking.add(citizen(moment), Say(stage.reports[said.report], said.words))


def rate(stage: Stage, moment: datetime, said: Later) -> None:
    tracking.rate(citizen(moment), Rate(stage.reports[said.report], said.rating, said.words))


JUDGEMENTS = {"accept": accept, "withdrawn": accept, "refer": refer, "merge": merge, "void": void}
"""What triage does for each outcome; a withdrawn report had been accepted before."""
