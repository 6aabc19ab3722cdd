"""The deeds done to a case, each one use case of the room that people do it in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from app.casework import services as casework
from app.casework.commands import (
    Assign,
    Contest,
    Extend,
    Figures,
    KeepPictures,
    PointFinding,
    Publish,
    Step,
    SubmitReply,
)
from app.db import session
from app.demo import reading
from app.demo.engaged import hand_over_day, lies_below, serving
from app.demo.pictures import picture
from app.demo.script import Part, Reply, Report, Stay
from app.demo.stage import Stage
from app.domain.case import Case
from app.domain.workflow.vocabulary import Role
from app.triage.commands import ApproveText, SecondApprove
from app.triage.services import approve_text, second_approve

NO_ANSWER = "举报人未要求答复；办理结果按规定公开。"
CHECK_AGAIN = "承办地上报不属实，按规定由另一名审核员复核：核对监测点位、时段和原始记录，必要时现场复测。"
FORM = "reply"


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
    """Photographs before and after, kept with the reply's form."""
    scene, case_id = reading.afterwards().reply_pictures[about.report.id], stage.cases[about.key]
    for kind, clean in (("before", False), ("after", True)):
        words = KeepPictures(case_id, FORM, kind, (picture(scene, clean=clean),))
        casework.keep_pictures(stage.actor(about.officer, moment), stage.house, words)


def submit(stage: Stage, moment: datetime, about: About) -> None:
    reply = about.part.reply
    if reply is None:
        return
    findings = sorted(reply.findings, key=lambda found: found.point)
    figures = dict(reply.figures) | {"fines": Decimal(reply.figures.get("fines", "0"))}
    words = SubmitReply(
        case_id=stage.cases[about.key],
        findings=tuple(PointFinding(found.text, found.verdict) for found in findings),
        completion=reply.completion,
        report_upward=_with_promises(reply),
        publication_draft=reply.public_findings,
        answer=reply.answer or NO_ANSWER,
        verdict=reply.verdict,
        handling=reply.public_handling,
        target=reply.goal,
        accountability=reply.accountability,
        figures=Figures(**figures),
        form_key=FORM,
        sure=True,
    )
    casework.reply(stage.actor(about.officer, moment), words)


def _with_promises(reply: Reply) -> str:
    """The report upward, with what is still to be done after it."""
    later = "；".join(f"{one.text}（交办后{one.days}天内）" for one in reply.measures if one.days)
    return f"{reply.report_upward}\n\n后续措施：{later}。" if later else reply.report_upward


def sign(stage: Stage, moment: datetime, about: About) -> None:
    login = serving(Role.UNIT_LEADER, about.part.unit)
    casework.sign_reply(stage.actor(login, moment), _step(stage, about))


def city_return(stage: Stage, moment: datetime, about: About) -> None:
    words = _step(stage, about, about.part.returned["reason"])
    casework.city_return(stage.actor("coordinator2", moment), words)


def city_pass(stage: Stage, moment: datetime, about: About) -> None:
    casework.city_pass(stage.actor("coordinator2", moment), _step(stage, about))


def team_return(stage: Stage, moment: datetime, about: About) -> None:
    words = _step(stage, about, about.part.returned["reason"])
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


def _step(stage: Stage, about: About, words: str = "") -> Step:
    return Step(stage.cases[about.key], words)
