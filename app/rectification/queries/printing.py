"""What the printed form of a step says, in the words of its template (app/domain/papers/words.py)."""

from typing import Any

from app.db import session
from app.domain.attachment import attachments_of
from app.domain.papers.facts import day
from app.domain.papers.paper import PaperKind
from app.domain.papers.step import made
from app.domain.people import Actor, Person
from app.domain.rectification import CHECKLIST, PRINTED, LadderStep, Rectification
from app.domain.scope import load
from app.domain.workflow.vocabulary import Role
from app.kernel import clock
from app.kernel.errors import NotFound
from app.rectification.queries.notice import proposed
from app.rectification.queries.pictures import STEP


def printed_step(actor: Actor, rectification_id: int, climb: int, position: int) -> tuple[bytes, str]:
    """The document of one step that was signed or refused, and its file's name. Raises NotFound for any other."""
    record = load(session(), actor, Rectification, rectification_id)
    steps = [one for one in record.all_steps if one.climb == climb]
    step = next((one for one in steps if one.position == position), None)
    if step is None or step.rung.form is None or not (step.signed_at or step.refused_at):
        raise NotFound
    told = {**_cycle(record), **_notice(record, climb), **_step(step)}
    told["已签"] = [_signed(one) for one in steps if one.signed_at and one.position < position]
    content = made(session(), record.inspection_id, step.rung.form, told)
    return content, _name(record, step, step.rung.form)


def _name(record: Rectification, step: LadderStep, form: PaperKind) -> str:
    return f"{record.case.number}-{step.term.zh}-{form.zh}.docx"


def _cycle(record: Rectification) -> dict[str, Any]:
    told = proposed(session(), record)
    inspection = record.inspection
    return {
        "督察轮次": inspection.round,
        "督察组": inspection.team,
        "被督察地区": inspection.region.zh,
        "受理编号": record.case.number,
        "整改轮次": str(record.cycle),
        "反馈问题": record.case.handover_text,
        "责任单位": told["unit"],
        "整改目标": record.target,
        "整改时限": day(record.target_on),
        "整改措施": told["measures"],
        "整改完成情况": told["done"],
    }


def _notice(record: Rectification, climb: int) -> dict[str, Any]:
    """What was put up in this climb; the printed notice repeats it word for word."""
    notice = next((one for one in reversed(record.notices) if one.climb == climb), None)
    printed = dict(notice.printed) if notice else {}
    return {PRINTED[code][0]: printed.get(code, "") for code in ("opinion", "period", "office", "phone", "address")}


def _step(step: LadderStep) -> dict[str, Any]:
    lines = dict(step.lines)
    lines |= {CHECKLIST[code][0]: str(told) for code, told in step.checklist.items() if code in CHECKLIST}
    return {
        **_signed(step),
        "结果": "不通过，退回整改" if step.refused_at else "通过",
        "签名": step.seal.get("digest", ""),
        "佐证数": len(attachments_of(session(), STEP, step.id)),
        "佐证": [{"名称": name, "内容": told} for name, told in lines.items()],
    }


def _signed(step: LadderStep) -> dict[str, str]:
    at = step.signed_at or step.refused_at
    people = [session().get(Person, one) for one in (step.signed_by_id, step.signed_for_id) if one]
    names = [person.name for person in people if person]
    return {
        "步骤": step.term.zh,
        "意见": step.said,
        "签署人": f"{names[0]}（代{names[1]}）" if len(names) > 1 else "".join(names),
        "签署角色": Role(step.signed_as).zh if step.signed_as else "",
        "签署时间": f"{day(clock.local_date(at))} {clock.local(at):%H:%M}" if at else "",
    }
