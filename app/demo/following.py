"""What the team looks at once answers are passed: cases drawn for a check on the spot, reporters who are called back."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.casework import services as casework
from app.casework.commands import Step
from app.db import session
from app.demo import reading
from app.demo.pictures import picture
from app.demo.stage import Stage
from app.desk import services as desk
from app.desk.commands import CalledBack
from app.domain.case import Case
from app.domain.evidence.resting import SentFile
from app.domain.installation import DEVELOPMENT_PASSPHRASE
from app.domain.ringing import CallBack, RingUp, left_a_telephone, newest_opening
from app.domain.spot_check import SpotFound, SpotLine
from app.domain.workflow.vocabulary import CaseState
from app.kernel.errors import Refused
from app.triage.spots import services as spots
from app.triage.spots.commands import DrawList, KeepPictures, PointSeen, RecordVisit
from app.vault import services as vault
from app.vault.commands import OpenIdentity

DRAWN, FORM = 3, "visit"
VISITED = timedelta(hours=2)
SCRIPT = "您好，这里是生态环境保护督察组。请问您最近是否向我们反映过问题？（对方确认后）您反映的问题已有办理结果，现场有没有好转？您满意、基本满意还是不满意？"
SAID = "比以前好，希望一直这样管下去。"


def follow_up(stage: Stage, moment: datetime) -> None:
    """A list drawn by the leader, the first case of it visited; one reporter called back, and one still to be."""
    stay = reading.stays()[0]
    _visit(stage, moment, stage.inspections[stay.code])
    first, second = _published(stage.inspections[stay.code])[:2]
    for case_id in (first, second):
        casework.call_back(stage.actor("inspector", moment), Step(case_id, SCRIPT))
    _call_back(stage, moment, first)


def _visit(stage: Stage, moment: datetime, inspection_id: int) -> None:
    list_id = spots.draw_list(stage.actor("leader", moment), DrawList(inspection_id, DRAWN))
    line = session().scalars(select(SpotLine).where(SpotLine.list_id == list_id).order_by(SpotLine.position)).first()
    if line is None:
        return
    inspector, case = stage.actor("inspector2", moment), session().get_one(Case, line.case_id)
    photograph = SentFile("现场.jpg", picture("fence", clean=True))
    spots.keep_pictures(inspector, stage.house, KeepPictures(list_id, line.id, FORM, (photograph,)))
    points = tuple(PointSeen(SpotFound.AGREES, "现场与办理情况一致。") for _ in case.points_to_answer)
    words = RecordVisit(
        list_id, line.id, moment - VISITED, "被反映地点门外，距厂界约20米", "督察组2人，承办单位1人",
        "现场未见违法排放，设施在运行，台账齐全。", points, FORM,
    )  # fmt: skip
    spots.record_visit(inspector, words)


def _published(inspection_id: int) -> list[int]:
    """Published cases whose reporters left a telephone."""
    query = select(Case).where(Case.inspection_id == inspection_id, Case.state == CaseState.PUBLISHED).order_by(Case.id)
    return [case.id for case in session().scalars(query) if left_a_telephone(session(), case.report_id)]


def _call_back(stage: Stage, moment: datetime, case_id: int) -> None:
    """The number is lent, where the vault has the passphrase of a development machine; else it waits for that."""
    ring_up = session().scalars(select(RingUp.id).where(RingUp.case_id == case_id)).one()
    desk.ask_for_number(stage.actor("clerk", moment), ring_up)
    asked = newest_opening(session(), ring_up)
    if asked is None:
        return
    vault.allow_opening(stage.actor("leader", moment), asked.id)
    opened = OpenIdentity(asked.id, DEVELOPMENT_PASSPHRASE, "电话回访")
    try:
        vault.open_once(stage.house, stage.actor("custodian", moment), opened)
    except Refused:
        return
    desk.called_back(stage.actor("clerk", moment), CalledBack(ring_up, CallBack.SATISFIED, SAID))
