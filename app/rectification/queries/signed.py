"""What is shown to who signs a step, as one document; and a cycle's signatures as a file to be checked anywhere."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.db import session
from app.domain.attachment import attachments_of
from app.domain.ledger import LedgerEntry
from app.domain.people import Actor, Person
from app.domain.rectification import CHECKLIST, LadderStep, Progress, Rectification
from app.domain.scope import load
from app.domain.signing import BEGINNING, FORMAT
from app.domain.workflow.vocabulary import RectificationAction, Role
from app.kernel import clock
from app.rectification.queries.pictures import CYCLE, EVIDENCE, STEP

Line = tuple[str, str]


def document(current: Session, record: Rectification) -> tuple[Line, ...]:
    """Everything the step whose turn it is stands on, in the office's language: the plan and how far it is, what was

    submitted and signed so far in this climb, with the digests of files, the notice with what was objected, and what
    is asked now. Its digest is signed (app/domain/signing.py).
    """
    step = record.step
    lines = [*_case(record), *_plan(record), *_submitted(current, record)]
    for signed in (one for one in record.steps if one.signed_at):
        lines += _signed(current, signed)
    lines += [*_notice(record), *_checklist(current, record)]
    if step is not None:
        rung = step.rung
        lines.append(("本步骤", step.term.zh))
        lines += [("须说明", name) for name in rung.said] + [("须附件", name) for name in rung.attached]
    return tuple(lines)


def _case(record: Rectification) -> list[Line]:
    case = record.case
    return [
        ("受理编号", case.number),
        ("整改轮次", f"第{record.cycle}轮，第{record.climb}次申请"),
        ("反馈问题", case.handover_text),
        ("责任单位", case.lead_unit.name if case.lead_unit else case.unit_printed),
    ]


def _plan(record: Rectification) -> list[Line]:
    lines = [("整改目标", record.target), ("整改时限", record.target_on.isoformat() if record.target_on else "")]
    for one in record.measures:
        unit = one.unit.name if one.unit else ""
        cost = "" if one.cost is None else f"；{one.cost}元"
        told = f"{one.text}；{unit}；{one.due_on.isoformat()}{cost}；{Progress(one.progress).zh}；{one.note}"
        lines.append((f"整改措施{one.position}", told))
    return lines


def _submitted(current: Session, record: Rectification) -> list[Line]:
    entry = submission(current, record)
    words = "\n".join(word.text or "" for word in entry.words) if entry else ""
    return [("申请验收材料", words), *_files(current, CYCLE, record.id)]


def submission(current: Session, record: Rectification) -> LedgerEntry | None:
    """The ledger's entry of the submission that began the present climb."""
    query = select(LedgerEntry).where(
        LedgerEntry.noun == record.TABLE.noun,
        LedgerEntry.noun_id == record.id,
        LedgerEntry.action == str(RectificationAction.SUBMIT),
    )
    return current.scalars(
        query.order_by(LedgerEntry.seq.desc()).limit(1).options(selectinload(LedgerEntry.words))
    ).first()


def _files(current: Session, noun: str, noun_id: int) -> list[Line]:
    return [("附件", one.sha256) for one in attachments_of(current, noun, noun_id)]


def _signed(current: Session, step: LadderStep) -> list[Line]:
    at = f"{clock.local(step.signed_at):%Y-%m-%d %H:%M}" if step.signed_at else ""
    lines = [(step.term.zh, f"{Role(step.signed_as or '').zh} {_names(current, step)} {at}\n{step.said}")]
    lines += [(f"{step.term.zh}·{name}", told) for name, told in step.lines.items()]
    lines += [(CHECKLIST[code][0] if code in CHECKLIST else code, _told(told)) for code, told in step.checklist.items()]
    lines += _files(current, STEP, step.id)
    return [*lines, ("签名", step.seal.get("digest", "（无）"))]


def _checklist(current: Session, record: Rectification) -> list[Line]:
    """What has been gathered for the conditions of the sign-off, with its files."""
    lines: list[Line] = []
    for one in record.evidence:
        lines.append((CHECKLIST[one.line][0], "；".join(filter(None, (one.words, one.document)))))
        lines += _files(current, EVIDENCE, one.id)
    return lines


def _told(kept: Any) -> str:
    return kept if isinstance(kept, str) else str(kept)


def _names(current: Session, step: LadderStep) -> str:
    people = {one: current.get(Person, one) for one in (step.signed_by_id, step.signed_for_id) if one}
    names = [person.name for person in people.values() if person]
    return f"{names[0]}（代{names[1]}）" if len(names) > 1 else "".join(names)


def _notice(record: Rectification) -> list[Line]:
    notice = record.notice
    if notice is None:
        return []
    lines = [("公示时间", f"{notice.starts_on.isoformat()}至{notice.ends_on.isoformat()}")]
    for number, one in enumerate(notice.objections, 1):
        answer = "尚未答复" if one.answered_at is None else f"{'成立' if one.upheld else '不成立'}：{one.answer}"
        lines.append((f"异议{number}", answer))
    return lines


def previous_digest(record: Rectification) -> str:
    """The latest signature of the present climb, or the beginning."""
    sealed = [step.seal["digest"] for step in record.steps if step.seal]
    return sealed[-1] if sealed else BEGINNING


def signature_file(actor: Actor, rectification_id: int) -> dict[str, Any]:
    """Every signature of a cycle this actor may see, climb by climb. Raises NotFound."""
    options = selectinload(Rectification.all_steps)
    record = load(session(), actor, Rectification, rectification_id, options)
    climbs = [
        _climb(number, [step for step in record.all_steps if step.climb == number])
        for number in range(1, record.climb + 1)
    ]
    return {"format": FORMAT, "case": record.case.number, "cycle": record.cycle, "climbs": climbs}


def _climb(number: int, steps: Sequence[LadderStep]) -> dict[str, Any]:
    return {"climb": number, "end": _end(steps), "steps": [_step(step) for step in steps if step.signed_at]}


def _step(step: LadderStep) -> dict[str, Any]:
    return {"position": step.position, "step": step.kind, "signature": step.seal or None}


def _end(steps: Iterable[LadderStep]) -> str:
    digests = [step.seal["digest"] for step in steps if step.signed_at and step.seal]
    return digests[-1] if digests else BEGINNING
