"""What stands beside the play: who wants to be told outside the application, and what an officer saw at a gate."""

from dataclasses import replace
from datetime import datetime, timedelta

from app.casework import services as casework
from app.casework.commands import KeepFieldPictures, KeepFieldRecord
from app.db import session
from app.demo.pictures import picture
from app.demo.stage import Stage, submission_key
from app.domain.case import Case
from app.domain.people import Actor
from app.domain.scope import scoped
from app.domain.workflow.vocabulary import CaseState, Role
from app.messages import services as messages
from app.messages.commands import AddHook, TellMe

GATEWAY = AddHook("短信网关（演示，无人接听）", "http://127.0.0.1:9/sms", only_mobile=True)
"""Nobody listens there, and nothing leaves the machine: so the list of what could not be sent has something in it."""
AT_ONCE = TellMe("", "each", "08:00", "", "22:00", "07:00")
WISHES = {
    "coordinator": replace(AT_ONCE, mail="liaison@example.cn", mobile="13800000001"),
    "officer": replace(AT_ONCE, mail="tianyuan@example.cn", mailing="daily"),
    "inspector": replace(AT_ONCE, mailing="never", mobile="13800000002"),
}
SEEN = "搅拌机正在生产，除尘设施未开启，厂界东侧可闻刺激性气味；已对负责人作询问笔录。"
DONE = "当场责令停止违法排放，封存配电箱。"


def engage(stage: Stage, moment: datetime) -> None:
    """Before the play: a gateway for text messages, somebody who wants mail at once, and somebody each morning."""
    for login, wish in WISHES.items():
        messages.tell_me(stage.actor(login, moment), wish)
    messages.add_hook(stage.actor("admin", moment), GATEWAY)


def visit(stage: Stage, present: datetime) -> None:
    """After the play: at the first case under investigation an officer was at the gate, without a network till noon."""
    for officer in (stage.actors[login] for login in sorted(stage.actors)):
        own = scoped(officer.only(Role.OFFICER), Case).where(Case.state == str(CaseState.INVESTIGATING))
        case = session().scalars(own.order_by(Case.number)).first()
        if case is not None:
            _visit(stage, officer.at(present), case.id)
            return


def _visit(stage: Stage, officer: Actor, case_id: int) -> None:
    key = submission_key(stage.house, f"field record {case_id}")
    pictures = KeepFieldPictures(case_id, key, (("first", picture("chimney")), ("second", picture("heap"))))
    casework.keep_field_pictures(officer, stage.house, pictures)
    seen_at = officer.now() - timedelta(hours=3)
    casework.keep_field_record(officer, KeepFieldRecord(case_id, key, seen_at, "厂区大门", SEEN, DONE))
