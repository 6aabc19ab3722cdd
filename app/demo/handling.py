"""The deeds done to a case, each one use case of the room that people do it in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from app.casework import services as casework
from app.casework.commands import (
    Assign,
    Contest,
    Extend,
    Figures,
    KeepPictures,
    Measure,
    PointFinding,
    Publish,
    Return,
    Source,
    Spot,
    Step,
    SubmitReply,
)
from app.casework.slots import slot_of
from app.casework.weighing import Contradiction
from app.db import session
from app.demo import reading
from app.demo.engaged import hand_over_day, lies_below, serving
from app.demo.pictures import picture
from app.demo.script import Part, Promise, Reply, Report, Stay
from app.demo.stage import Stage
from app.domain.case import Case, Completion
from app.domain.reply import MeasureKind
from app.domain.workflow.vocabulary import Role
from app.kernel import clock
from app.triage.commands import ApproveText, SecondApprove
from app.triage.services import approve_text, second_approve

NO_ANSWER = "举报人未要求答复；办理结果按规定公开。"
CHECK_AGAIN = "承办地上报不属实，按规定由另一名审核员复核：核对监测点位、时段和原始记录，必要时现场复测。"
FORM = "reply"
MONTH = 30
STANDS = "已核对，以办理情况为准。"
ANSWERS = {
    Contradiction.FIGURE_WITHOUT_COPY: "文书原件随纸质材料报送。",
    Contradiction.FIGURE_WITHOUT_TEXT: "已列入附表，文字从简。",
    Contradiction.DONE_WITHOUT_PICTURES: "照片随纸质材料报送。",
    Contradiction.DONE_WITH_OPEN_MEASURES: "主要问题已办结，其余为长效管理措施。",
}
"""Why what was pointed out stands in the demonstration's replies."""


@dataclass(frozen=True)
class About:
    """What a case's deeds speak of."""

    stay: Stay
    report: Report
    part: Part

    @property
    def key(self) -> tuple[str, str]:
        return self.report.id, self.part.area

    @property
    def lead(self) -> str:
        return self.part.lead or self.part.unit

    @property
    def officer(self) -> str:
        return serving(Role.OFFICER, self.lead)


def approve(stage: Stage, moment: datetime, about: About) -> None:
    """A key or real-name report's text is approved a second time, the key one's by the leader."""
    case_id = stage.cases[about.key]
    text = about.part.text or about.report.outcome.handover_text
    approve_text(stage.actor("inspector2", moment), ApproveText(case_id, text))
    if session().get_one(Case, case_id).needs_second:
        second = "leader2" if about.report.outcome.key else "inspector"
        second_approve(stage.actor(second, moment), SecondApprove(case_id))


def assign(stage: Stage, moment: datetime, about: About) -> None:
    given = about.part.passed_by or about.lead
    words = Assign(stage.cases[about.key], stage.units[given], _supporting(stage, about))
    casework.assign(stage.actor("coordinator", moment), words)


def pass_down(stage: Stage, moment: datetime, about: About) -> None:
    """The unit that the city assigned gives it on; who helps below it is named again."""
    giver = about.part.passed_by
    helping = tuple(stage.units[code] for code in about.part.supporting if lies_below(code, giver))
    words = Assign(stage.cases[about.key], stage.units[about.lead], helping)
    casework.pass_down(stage.actor(serving(Role.OFFICER, giver), moment), words)


def _supporting(stage: Stage, about: About) -> tuple[int, ...]:
    return tuple(stage.units[code] for code in about.part.supporting)


def dispute(stage: Stage, moment: datetime, about: About) -> None:
    if about.part.dispute:
        said = about.part.dispute
        words = Contest(stage.cases[about.key], said.reason, stage.units[said.suggests] if said.suggests else None)
        casework.dispute(stage.actor(about.officer, moment), words)


def uphold(stage: Stage, moment: datetime, about: About) -> None:
    if about.part.dispute:
        words = _step(stage, about, about.part.dispute.decision)
        casework.uphold_dispute(stage.actor("coordinator2", moment), words)


def dismiss(stage: Stage, moment: datetime, about: About) -> None:
    """Between units of one county its leader decides, else the city."""
    if about.part.dispute:
        words, case = _step(stage, about, about.part.dispute.decision), session().get_one(Case, stage.cases[about.key])
        superior = case.dispute.superior if case.dispute else None
        decides = serving(Role.UNIT_LEADER, superior.code) if superior else "coordinator2"
        session().rollback()
        casework.dismiss_dispute(stage.actor(decides, moment), words)


def investigate(stage: Stage, moment: datetime, about: About) -> None:
    casework.investigate(stage.actor(about.officer, moment), _step(stage, about))


def extend(stage: Stage, moment: datetime, about: About) -> None:
    said = about.part.extension
    due = hand_over_day(about.stay, about.report) + int(about.stay.settings["feedback_days"])
    new_date = stage.days[about.stay.code].on(due) + timedelta(days=said["days"])
    words = Extend(stage.cases[about.key], new_date, said["reason"])
    casework.extend(stage.actor("inspector", moment), words)


def show(stage: Stage, moment: datetime, about: About) -> None:
    """One spot, photographed before and after, kept with the reply's form."""
    scene, case_id = reading.afterwards().reply_pictures[about.report.id], stage.cases[about.key]
    for kind, clean in (("before", False), ("after", True)):
        words = KeepPictures(case_id, FORM, slot_of(kind, 1), (picture(scene, clean=clean),))
        casework.keep_pictures(stage.actor(about.officer, moment), stage.house, words)


def submit(stage: Stage, moment: datetime, about: About) -> None:
    reply = about.part.reply
    if reply is None:
        return
    findings = sorted(reply.findings, key=lambda found: found.point)
    figures = dict(reply.figures) | {"fines": Decimal(reply.figures.get("fines", "0"))}
    officer = stage.actor(about.officer, moment)
    words = SubmitReply(
        case_id=stage.cases[about.key],
        findings=tuple(PointFinding(found.text, found.verdict) for found in findings),
        completion=reply.completion,
        report_upward=reply.report_upward,
        publication_draft=reply.public_findings,
        answer=reply.answer or NO_ANSWER,
        verdict=reply.verdict,
        handling=reply.public_handling,
        target=reply.goal,
        accountability=reply.accountability,
        figures=Figures(**figures),
        sources={name: _source(stage, moment, about) for name in reply.figures},
        measures=tuple(_measures(stage, moment, about, reply)),
        spots=_spots(about),
        form_key=FORM,
    )
    answers = {remark.name: ANSWERS.get(remark.code, STANDS) for remark in casework.remarks_on(officer, words)}
    casework.reply(officer, replace(words, answers=answers))


def _source(stage: Stage, moment: datetime, about: About) -> Source:
    """A made-up document of the unit in charge; no copy of it is there."""
    number = f"演示文书〔{moment.year}〕{stage.cases[about.key]}号"
    return Source(_name_of(about.lead), number, clock.local_date(moment))


def _measures(stage: Stage, moment: datetime, about: About, reply: Reply) -> Iterator[Measure]:
    """What was promised for a day after the hand-over, and what had been done by the reply's own day."""
    today, name = clock.local_date(moment), _name_of(about.lead)
    handed_over = stage.days[about.stay.code].on(hand_over_day(about.stay, about.report))
    rows = dict.fromkeys(MeasureKind, 0)
    promised = reply.measures or ((Promise(reply.goal, MONTH),) if reply.completion != Completion.DONE else ())
    for one in promised:
        kind = MeasureKind.PLANNED if one.days else MeasureKind.AT_ONCE
        rows[kind] += 1
        yield Measure(kind, rows[kind], one.text, name, handed_over + timedelta(days=one.days) if one.days else today)
    if reply.completion != Completion.DONE and not rows[MeasureKind.PLANNED]:
        yield Measure(MeasureKind.PLANNED, 1, reply.goal, name, handed_over + timedelta(days=MONTH))


def _spots(about: About) -> tuple[Spot, ...]:
    has_pictures = about.report.id in reading.afterwards().reply_pictures
    return (Spot(1, f"{about.report.place}，同一位置拍摄"),) if has_pictures else ()


def _name_of(unit: str) -> str:
    return next(one.name for one in reading.units() if one.code == unit)


def sign(stage: Stage, moment: datetime, about: About) -> None:
    login = serving(Role.UNIT_LEADER, about.part.unit)
    casework.sign_reply(stage.actor(login, moment), _step(stage, about))


def city_return(stage: Stage, moment: datetime, about: About) -> None:
    words = _return(stage, about)
    casework.city_return(stage.actor("coordinator2", moment), words)


def city_pass(stage: Stage, moment: datetime, about: About) -> None:
    casework.city_pass(stage.actor("coordinator2", moment), _step(stage, about))


def team_return(stage: Stage, moment: datetime, about: About) -> None:
    words = _return(stage, about)
    casework.team_return(stage.actor("inspector", moment), words)


def require_check(stage: Stage, moment: datetime, about: About) -> None:
    words = _step(stage, about, about.part.second_check_due or CHECK_AGAIN)
    casework.require_check(stage.actor("inspector", moment), words)


def confirm(stage: Stage, moment: datetime, about: About) -> None:
    said = about.part.second_check
    casework.confirm_unfounded(stage.actor(said["by"], moment), _step(stage, about, said["words"]))


def let_pass(stage: Stage, moment: datetime, about: About) -> None:
    casework.pass_reply(stage.actor("inspector", moment), _step(stage, about))


def publish(stage: Stage, moment: datetime, about: About) -> None:
    reply = about.part.reply
    if reply:
        words = Publish(stage.cases[about.key], about.part.publication_problem, reply.public_findings)
        casework.publish(stage.actor("inspector", moment), words)


def _return(stage: Stage, about: About) -> Return:
    """Why as a whole, and why each point, where that is said."""
    said = about.part.returned
    points = [
        said.get(f"point_{n}", "") for n in range(1, len(about.part.reply.findings if about.part.reply else ()) + 1)
    ]
    return Return(stage.cases[about.key], said["reason"], tuple(points))


def _step(stage: Stage, about: About, words: str = "") -> Step:
    return Step(stage.cases[about.key], words)
