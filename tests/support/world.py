"""A furnished inspection: one record of each noun in each state, put there directly, for tests that open every door."""

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from app.db import transaction
from app.domain import ladder, ledger
from app.domain.alarm import Alarm, AlarmKind, AlarmReport
from app.domain.assignment import Assignment, Dispute
from app.domain.attachment import attach_waiting, take_picture
from app.domain.batch import Batch
from app.domain.case import Case, Completion, Reply, ReplyPoint, Verdict
from app.domain.draft import keep_draft
from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.ledger import Happening, LedgerEntry
from app.domain.message import Delivery, Hook, Message, Outbox, Sending, Way
from app.domain.people import Deputy
from app.domain.receiving import Statement, receive
from app.domain.rectification import LadderStep, Measure, Notice, Objection, Rectification
from app.domain.reply import MeasureKind, ReplyMeasure, ReplyRemark, ReplySource, ReplySpot
from app.domain.report import Channel, Point, Report
from app.domain.reporter import Identity, Opening, Reporter
from app.domain.ringing import Occasion, RingUp, lend
from app.domain.sheet import Sheet, SheetStage
from app.domain.spot_check import Chance, SpotLine, SpotList, SpotVisit, pack
from app.domain.workflow.vocabulary import CaseState, Need, RectificationAction, RectificationState, ReportState, Role
from app.kernel import clock
from tests.support.cast import LUSONG, TIANYUAN, Cast

NOT_YET = {CaseState.PREPARED, CaseState.BATCHED, CaseState.CANCELLED}
REPORTER = Reporter("辛弃疾", "13912345678", "铅山县瓢泉路8号")


@dataclass
class Place:
    """What an inspection holds: ids by noun and state."""

    reports: dict[str, int] = field(default_factory=dict)
    cases: dict[str, int] = field(default_factory=dict)
    cycles: dict[str, int] = field(default_factory=dict)
    batches: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    case_elsewhere: int = 0
    cycle_elsewhere: int = 0
    measure: int = 0
    notice: int = 0
    objection: int = 0
    openings: dict[str, int] = field(default_factory=dict)
    ring_up: int = 0
    sheets: dict[str, int] = field(default_factory=dict)
    draft: int = 0
    alarm: int = 0
    spot_list: int = 0
    spot_line: int = 0
    call_back: int = 0
    message: int = 0
    hook: int = 0
    deputy: int = 0
    delivery: int = 0


def furnish(app: Flask, cast: Cast, inspection_id: int, clerk: str) -> Place:
    """Fill one inspection; the clerk took its reports down, 天元 answers for its cases and 芦淞 for one of them."""
    maker = _Maker(app.extensions["installation"], cast, inspection_id, clerk)
    with transaction() as session:
        return maker.furnish(session)


class _Maker:
    def __init__(self, house: Installation, cast: Cast, inspection_id: int, clerk: str) -> None:
        self.house, self.cast, self.clerk = house, cast, clerk
        self.inspection_id = inspection_id
        self.past = clock.now() - timedelta(days=3)
        self.place = Place()

    def furnish(self, session: Session) -> Place:
        place = self.place
        self.inspection = session.get_one(Inspection, self.inspection_id)
        self._batches(session)
        for state in ReportState:
            place.reports[str(state)] = self._report(session, state).id
        for case_state in CaseState:
            place.cases[str(case_state)] = self._case(session, case_state, "tianyuan").id
        place.case_elsewhere = self._case(session, CaseState.INVESTIGATING, "lusong").id
        for cycle_state in RectificationState:
            place.cycles[str(cycle_state)] = self._cycle(session, cycle_state, place.cases["published"]).id
        place.cycle_elsewhere = self._cycle(session, RectificationState.CLIMBING, place.case_elsewhere).id
        self._openings(session)
        self._ring_up(session)
        self._sheets(session)
        self._watched(session)
        for noun, noun_id in (
            ("report", place.reports["registered"]),
            ("reply", session.get_one(Case, place.cases["published"]).replies[0].id),
            ("rectification", place.cycles["climbing"]),
            ("spot_visit", self._visit(session)),
        ):
            place.tokens[noun] = self._picture(session, noun, noun_id)
        self._draft(session)
        self._message(session)
        self._deputy(session)
        return place

    def _deputy(self, session: Session) -> None:
        """Of the unit's leader, from tomorrow on: today nobody acts for them."""
        ours, people = self.inspection_id == self.cast.ours, self.cast.people
        first = clock.today() + timedelta(days=1)
        named = Deputy(
            person_id=people["unit_leader" if ours else "foreign_leader"],
            deputy_id=people["officer" if ours else "foreign_inspector"],
            inspection_id=self.inspection_id, starts_on=first, ends_on=first, named_at=self.past,
        )  # fmt: skip
        session.add(named)
        session.flush()
        self.place.deputy = named.id

    def _message(self, session: Session) -> None:
        """To the officer of ours, or the coordinator of theirs; it could not be sent by a webhook."""
        ours = self.inspection_id == self.cast.ours
        person, case = self.cast.people["officer" if ours else "foreign_coordinator"], self.place.cases["assigned"]
        left = Outbox(
            key=f"furnished:{case}", inspection_id=self.inspection_id, noun="case", noun_id=case, event="assign",
            roles=["officer"], at=self.past, told_at=self.past,
        )  # fmt: skip
        hook = Hook(name="短信平台", address="https://sms.example.cn/", salt="salt", added_at=self.past)
        session.add_all([left, hook])
        session.flush()
        message = Message(
            outbox_id=left.id, person_id=person, inspection_id=self.inspection_id, noun="case", noun_id=case,
            event="assign", number="D2ZZ202403150001", at=self.past,
        )  # fmt: skip
        session.add(message)
        session.flush()
        delivery = Delivery(
            message_id=message.id, way=str(Way.HOOK), hook_id=hook.id, stage=str(Sending.GIVEN_UP), next_at=self.past,
            tries=7, problem="HTTPError 500",
        )  # fmt: skip
        session.add(delivery)
        session.flush()
        self.place.message, self.place.hook, self.place.delivery = message.id, hook.id, delivery.id

    def _draft(self, session: Session) -> None:
        """A letter that the clerk began, with its first page."""
        key = f"{self.inspection_id:040x}"
        typed = (("description", "夜里有异味"), ("name", REPORTER.name), ("phone", REPORTER.phone))
        clerk = self.cast[self.clerk]
        self.place.draft = keep_draft(session, self.house, clerk, self.inspection_id, "letter", key, typed).id
        page = take_picture(session, self.house.files, self.house.vault.public, _jpeg(), key, self.past)
        self.place.tokens["draft"] = page.token

    def _report(self, session: Session, state: ReportState) -> Report:
        said = Statement(Channel.CALL, f"夜里有异味，窗户不敢开（{state.zh}）", area_code=TIANYUAN, place="泰山路")
        actor = self.cast[self.clerk].at(self.past)
        key = f"{self.inspection_id}-{state}-{len(self.place.cases)}-{len(self.place.reports)}-{self.place.case_elsewhere}"
        report = receive(session, self.house, self.inspection, actor, said, REPORTER, key).report
        report.state, report.area_code = str(state), TIANYUAN
        report.points.append(Point(position=1, text="夜间异味"))
        session.flush()
        return report

    def _batches(self, session: Session) -> None:
        for ordinal, stage in enumerate(("closed", "handed_over", "signed"), 1):
            made = Batch(
                inspection_id=self.inspection_id,
                ordinal=ordinal,
                window_from=self.past - timedelta(days=ordinal),
                window_to=self.past,
                closed_at=self.past,
                handed_over_at=self.past if ordinal > 1 else None,
                signed_at=self.past if ordinal == 3 else None,
            )
            session.add(made)
            session.flush()
            self.place.batches[stage] = made.id

    def _case(self, session: Session, state: CaseState, unit: str) -> Case:
        report = self._report(session, ReportState.ACCEPTED)
        early = state in NOT_YET
        made = Case(
            inspection_id=self.inspection_id, inspection=self.inspection, report=report, part=1, number=report.number,
            area_code=LUSONG if unit == "lusong" else TIANYUAN, points=["夜间异味"], types=["air"],
            handover_text="反映某厂夜间排放异味。", text_approved_at=self.past, state=str(state), state_since=self.past,
            lead_unit_id=None if early or state == CaseState.RECEIVED else self.cast.units[unit],
            batch_id=None if state in {CaseState.PREPARED, CaseState.CANCELLED} else self._batch_for(state),
            handed_over_at=None if early else self.past,
            feedback_due_on=None if early else clock.today() + timedelta(days=4),
            dispute_by=None if early else clock.today() + timedelta(days=4),
            verdict=str(Verdict.TRUE), completion=str(Completion.DONE), publication_problem="某厂夜间异味。",
            publication_text="经查属实。", published_at=self.past if state == CaseState.PUBLISHED else None,
        )  # fmt: skip
        session.add(made)
        session.flush()
        if made.lead_unit_id:
            given = Assignment(
                case_id=made.id, unit_id=made.lead_unit_id, given_at=self.past, dispute_by=made.dispute_by
            )
            session.add(given)
        if state == CaseState.DISPUTED:
            session.add(Dispute(case_id=made.id, unit_id=self.cast.units[unit], raised_at=self.past))
        if not early:
            self._reply(session, made)
        return made

    def _batch_for(self, state: CaseState) -> int:
        waiting = {CaseState.BATCHED: "closed", CaseState.HANDED_OVER: "handed_over"}
        return self.place.batches[waiting.get(state, "signed")]

    def _reply(self, session: Session, case: Case) -> None:
        reply = Reply(
            case_id=case.id, number=1, written_at=self.past, verdict=str(Verdict.TRUE), completion=str(Completion.DONE),
            report_upward="已查处。", publication_draft="已查处。", answer="已查处。",
            points=[ReplyPoint(position=1, text="夜间异味", finding="属实", verdict=str(Verdict.TRUE))],
        )  # fmt: skip
        reply.fines, reply.penalty_cases = Decimal(20000), 1
        reply.sources = [
            ReplySource(figure="fines", unit="区生态环境分局", document="株天环罚〔2026〕1号", dated=clock.today())
        ]
        reply.measures = [
            ReplyMeasure(position=1, kind=str(kind), text="安装除臭设施", day=clock.today()) for kind in MeasureKind
        ]
        reply.spots = [ReplySpot(position=1, place="东门外")]
        reply.remarks = [
            ReplyRemark(position=1, code="figure_against_text", about="fines", stated="2000", answer="文中为笔误。")
        ]
        reply.points[0].returned_for = "没有监测报告"
        case.replies.append(reply)
        session.flush()

    def _cycle(self, session: Session, state: RectificationState, case_id: int) -> Rectification:
        climbs = state not in {RectificationState.PLANNING, RectificationState.RECTIFYING}
        made = Rectification(
            case_id=case_id, inspection_id=self.inspection_id, cycle=len(self.place.cycles) + 1,
            ladder=ladder.keep(self.inspection.settings.ladder), climb=1 if climbs else 0, target="消除异味",
            target_on=clock.today() + timedelta(days=60), state=str(state), state_since=self.past,
        )  # fmt: skip
        session.add(made)
        session.flush()
        measure = Measure(rectification_id=made.id, position=1, text="安装除臭设施", due_on=clock.today())
        session.add(measure)
        if climbs:
            self._climb(session, made)
        session.flush()
        if state == RectificationState.RECTIFYING:
            self.place.measure = measure.id
        return made

    def _climb(self, session: Session, made: Rectification) -> None:
        submit = Happening(
            self.inspection_id, self.cast.people["officer"], Role.OFFICER, self.past, "rectification", made.id,
            RectificationAction.SUBMIT, RectificationState.RECTIFYING, RectificationState.CLIMBING,
        )  # fmt: skip
        ledger.append(session, submit, {Need.EVIDENCE: "已安装"}, {"climb": 1})
        for position, rung in enumerate(made.rungs, 1):
            role = rung.role and str(rung.role)
            session.add(
                LadderStep(rectification_id=made.id, climb=1, position=position, kind=str(rung.kind), role=role)
            )
        days = clock.today() - timedelta(days=1), clock.today() + timedelta(days=9)
        notice = Notice(rectification_id=made.id, climb=1, starts_on=days[0], ends_on=days[1])
        session.add(notice)
        session.flush()
        objection = Objection(notice_id=notice.id, made_at=self.past, words="仍有异味")
        session.add(objection)
        session.flush()
        if made.state == RectificationState.CLIMBING and not self.place.notice:
            self.place.notice, self.place.objection = notice.id, objection.id

    def _openings(self, session: Session) -> None:
        asked = self.cast.people["inspector"]
        stages: dict[str, dict[str, datetime]] = {
            "asked": {},
            "allowed": {"allowed_at": self.past},
            "refused": {"refused_at": self.past},
            "opened": {"allowed_at": self.past, "opened_at": self.past},
        }
        for (stage, moments), report_id in zip(stages.items(), self.place.reports.values(), strict=False):
            identity = session.query(Identity).filter_by(noun="report", noun_id=report_id).one()
            made = Opening(
                identity_id=identity.id, asked_by_id=asked, asked_at=self.past, reason="须上门取样", **moments
            )
            session.add(made)
            session.flush()
            self.place.openings[stage] = made.id

    def _ring_up(self, session: Session) -> None:
        """A question whose number was lent to the clerk."""
        report_id = self.place.reports["asked"]
        entry = session.query(LedgerEntry).filter_by(noun="report", noun_id=report_id).first()
        made = RingUp(
            inspection_id=self.inspection_id, report_id=report_id, entry_id=entry.id, begins_on=clock.today(),
            clerk_id=self.cast.people[self.clerk],
        )  # fmt: skip
        session.add(made)
        session.flush()
        lend(self.house, made, REPORTER.phone, clock.now())
        self.place.ring_up = made.id
        again = RingUp(
            inspection_id=self.inspection_id, report_id=report_id, entry_id=entry.id, begins_on=clock.today(),
            occasion=str(Occasion.CALL_BACK), case_id=self.place.cases["published"],
        )  # fmt: skip
        session.add(again)
        session.flush()
        self.place.call_back = again.id

    def _sheets(self, session: Session) -> None:
        for stage in (SheetStage.ARRIVED, SheetStage.CHECKED, SheetStage.TAKING, SheetStage.TAKEN, SheetStage.STOPPED):
            made = Sheet(
                inspection_id=self.inspection_id, brought_by_id=self.cast.people[self.clerk], brought_at=self.past,
                stage=str(stage), ending="csv", locked_label=b"", channel=str(Channel.CALL), rows=3, good=2, wrong=1,
            )  # fmt: skip
            session.add(made)
            session.flush()
            self.place.sheets[str(stage)] = made.id

    def _watched(self, session: Session) -> None:
        alarm = Alarm(
            inspection_id=self.inspection_id, kind=str(AlarmKind.POLLUTER), mark="某饲料", label="某饲料厂",
            raised_at=self.past, last_at=self.past, reports=1,
        )  # fmt: skip
        frame, digest = pack([Chance(self.place.cases["published"], 1)])
        drawn = SpotList(
            inspection_id=self.inspection_id, drawn_by_id=self.cast.people["inspector"], drawn_at=self.past, seed="s",
            weights={"key": 2}, frame=frame, frame_digest=digest, frame_size=1,
        )  # fmt: skip
        line = SpotLine(position=1, case_id=self.place.cases["published"], drawn_for=["key"], weight=1)
        drawn.lines = [line]
        session.add_all([alarm, drawn])
        session.flush()
        session.add(AlarmReport(alarm_id=alarm.id, report_id=self.place.reports["registered"]))
        self.place.alarm, self.place.spot_list, self.place.spot_line = alarm.id, drawn.id, line.id

    def _visit(self, session: Session) -> int:
        """Somebody was at the site of the drawn case."""
        made = SpotVisit(
            line_id=self.place.spot_line, case_id=self.place.cases["published"], visited_at=self.past, place="东门外",
            people="督察组两人", seen="仍有异味", found="differs", reply_number=1,
            points=[{"text": "夜间异味", "found": "differs", "note": "仍有异味"}],
            written_by_id=self.cast.people["inspector"], written_at=self.past,
        )  # fmt: skip
        session.add(made)
        session.flush()
        return made.id

    def _picture(self, session: Session, noun: str, noun_id: int) -> str:
        key = f"picture-{self.inspection_id}-{noun}"
        made = take_picture(session, self.house.files, self.house.vault.public, _jpeg(), key, self.past)
        attach_waiting(session, key, noun, noun_id)
        return made.token


def _jpeg() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(content, "JPEG")
    return content.getvalue()
