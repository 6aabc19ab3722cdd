"""Drawing a list of cases to be checked, and recording what each check found on the spot."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import transaction
from app.domain.attachment import attach_waiting
from app.domain.case import Case, Verdict
from app.domain.doings import Doing, acting_role, write_down
from app.domain.evidence.keeping import keep_files
from app.domain.evidence.resting import NotTaken
from app.domain.inspection import Inspection, InspectionSettings
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.rectification import Rectification
from app.domain.report import Report
from app.domain.scope import load, scoped
from app.domain.spot_check import (
    Chance,
    DrawnAs,
    DrawnFor,
    SpotFound,
    SpotLine,
    SpotList,
    SpotVisit,
    draw,
    found_of,
    pack,
)
from app.domain.workflow.vocabulary import (
    CaseAction,
    CaseState,
    Need,
    RectificationAction,
    RectificationState,
    Role,
)
from app.kernel import clock, crypto
from app.kernel.errors import N_, NotFound, Refused
from app.triage.spots.commands import DrawList, KeepPictures, RecordVisit

DRAWERS = (Role.INSPECTOR, Role.LEADER)
NONE = {
    DrawnAs.ANSWERS: N_("There is no case that can be drawn: none has an answer that was passed."),
    DrawnAs.SIGN_OFFS: N_("There is no sign-off that can be drawn: none has its look-back before it."),
}
TO_LOOK_BACK_AT = (Rectification.state == str(RectificationState.SIGNED_OFF)) & Rectification.look_back_on.is_not(None)
VISIT = "spot_visit"
NOT_YET = N_("This moment has not come yet.")
SAY_WHAT = N_("Say what was seen that is not as the reply says.")
ANSWERED = (CaseState.PASSED, CaseState.PUBLISHED)
"""What the team has passed: an answer that is still under review is no matter for a spot check."""


def draw_list(actor: Actor, words: DrawList) -> int:
    """Draw and keep a list: who, when, with which seed and weights, of which cases. Refused where there is none."""
    with transaction() as session:
        inspection = load(session, actor, Inspection, words.inspection_id)
        role = acting_role(actor, *DRAWERS, inspection_id=inspection.id)
        weights = weights_of(inspection.settings)
        frame, drawn_for = _frame(session, actor, words, weights)
        if not frame:
            raise Refused(NONE[words.drawn_as])
        seed, (packed, digest) = crypto.random_token(), pack(frame)
        drawn = draw(seed, frame, words.size)
        made = SpotList(
            inspection_id=inspection.id, drawn_by_id=actor.person_id, drawn_at=actor.now(), seed=seed,
            area_code=words.area_code or None, drawn_as=str(words.drawn_as), weights=dict(weights), frame=packed,
            frame_digest=digest, frame_size=len(frame),
        )  # fmt: skip
        made.lines = [
            SpotLine(position=position, case_id=one.case_id, weight=one.weight, drawn_for=drawn_for[one.case_id])
            for position, one in enumerate(drawn, 1)
        ]
        session.add(made)
        session.flush()
        facts = {"seed": seed, "weights": dict(weights), "of": len(frame), "frame": digest}
        facts |= {"area": words.area_code, "as": str(words.drawn_as), "cases": [one.case_id for one in drawn]}
        write_down(session, actor, role, Doing.DRAW_SPOT_CHECK, "spot_list", made.id, chain=inspection.id, facts=facts)
        if words.drawn_as is DrawnAs.SIGN_OFFS:
            _look_back_now(session, actor, [one.case_id for one in drawn])
        return made.id


def _look_back_now(session: Session, actor: Actor, case_ids: list[int]) -> None:
    """What was drawn is looked back at from today, and not only on the day that was set."""
    today = clock.local_date(actor.now())
    query = select(Rectification).where(Rectification.case_id.in_(case_ids), TO_LOOK_BACK_AT).order_by(Rectification.id)
    for record in session.scalars(query):
        record.perform(RectificationAction.DRAW_LOOK_BACK, actor)
        record.look_back_on = min(record.look_back_on or today, today)
        record.due_on = record.look_back_on


def keep_pictures(actor: Actor, house: Installation, words: KeepPictures) -> tuple[NotTaken, ...]:
    """Keep photographs under the form's key until its record is taken; gives those that were not kept, and why.

    Raises NotFound, NotAllowed.
    """
    with transaction() as session:
        _line_of(session, actor, words.list_id, words.line_id)
    return keep_files(house, actor, waiting_key(actor, words.line_id, words.form_key), words.files)


def waiting_key(actor: Actor, line_id: int, form_key: str) -> str:
    return f"spot:{actor.person_id}:{line_id}:{form_key}"


def record_visit(actor: Actor, words: RecordVisit) -> int:
    """Keep what was found on the spot, and give the visit's id. An earlier record stays as it is; the line shows this.

    Raises NotFound, NotAllowed; Refused for a moment that has not come, or where a point that differs has no note.
    """
    with transaction() as session:
        line, role = _line_of(session, actor, words.list_id, words.line_id)
        case = session.get_one(Case, line.case_id)
        points = _points(actor, case, words)
        found = found_of(point.found for point in words.points)
        visit = SpotVisit(
            line_id=line.id, case_id=case.id, reply_number=case.reply.number if case.reply else None,
            visited_at=words.visited_at, place=words.place, people=words.people, seen=words.seen, found=str(found),
            points=points, written_by_id=actor.person_id, written_at=actor.now(),
        )  # fmt: skip
        session.add(visit)
        session.flush()
        pictures = attach_waiting(session, waiting_key(actor, line.id, words.form_key), VISIT, visit.id)
        line.found, line.note = str(found), words.seen
        line.checked_at, line.checked_by_id = actor.now(), actor.person_id
        facts = {"list_id": words.list_id, "visit_id": visit.id, "found": str(found), "pictures": len(pictures)}
        case.perform(CaseAction.SPOT_CHECK, actor, {Need.NOTE: bound_text(visit)}, facts)
        write_down(
            session, actor, role, Doing.NOTE_SPOT_CHECK, "spot_list", words.list_id, chain=case.inspection_id,
            said={Need.NOTE: words.seen}, facts={"case_id": case.id, "found": str(found)},
        )  # fmt: skip
        return visit.id


def bound_text(visit: SpotVisit) -> str:
    """The record in words, as the timeline of the team shows it and the ledger binds it."""
    head = (
        f"{SpotFound(visit.found).zh}。{clock.local(visit.visited_at):%Y-%m-%d %H:%M}，{visit.place}；{visit.people}。"
    )
    points = [
        f"要点{number}：{SpotFound(point['found']).zh}" + (f"，{point['note']}" if point["note"] else "")
        for number, point in enumerate(visit.points, 1)
    ]
    return "\n".join([head, visit.seen, *points])


def _line_of(session: Session, actor: Actor, list_id: int, line_id: int) -> tuple[SpotLine, Role]:
    drawn = load(session, actor, SpotList, list_id)
    role = acting_role(actor, *DRAWERS, inspection_id=drawn.inspection_id)
    line = session.get(SpotLine, line_id)
    if line is None or line.list_id != drawn.id:
        raise NotFound
    return line, role


def _points(actor: Actor, case: Case, words: RecordVisit) -> list[dict[str, Any]]:
    asked, fields = case.points_to_answer, dict[str, str]()
    if words.visited_at > actor.now():
        fields["visited_at"] = NOT_YET
    for number, point in enumerate(words.points, 1):
        if point.found is SpotFound.DIFFERS and not point.note.strip():
            fields[f"note_{number}"] = SAY_WHAT
    if fields or len(words.points) != len(asked):
        raise Refused(N_("Something that must be said is missing."), fields=fields)
    return [
        {"text": text, "found": str(seen.found), "note": seen.note}
        for text, seen in zip(asked, words.points, strict=True)
    ]


def weights_of(settings: InspectionSettings) -> Mapping[DrawnFor, int]:
    """What each reason adds to the weight of 1 that every case has."""
    return {
        DrawnFor.UNFOUNDED: settings.spot_unfounded,
        DrawnFor.REPEAT: settings.spot_repeat,
        DrawnFor.KEY: settings.spot_key,
    }


def _frame(
    session: Session, actor: Actor, words: DrawList, weights: Mapping[DrawnFor, int]
) -> tuple[list[Chance], dict[int, list[str]]]:
    """Every case that can be drawn with its weight, and what speaks for each."""
    query = scoped(actor, Case).where(
        Case.inspection_id == words.inspection_id,
        Case.state.in_([str(state) for state in ANSWERED]),
        Case.history.is_(False),
    )
    if words.drawn_as is DrawnAs.SIGN_OFFS:
        query = query.where(Case.id.in_(select(Rectification.case_id).where(TO_LOOK_BACK_AT)))
    if words.area_code:
        query = query.where(Case.area_code == words.area_code)
    columns = query.join(Report, Report.id == Case.report_id).with_only_columns(
        Case.id, Case.verdict, Case.key, Report.matter_id
    )
    frame, drawn_for = [], dict[int, list[str]]()
    for row in session.execute(columns.order_by(Case.id)):
        reasons = _reasons(row)
        frame.append(Chance(row.id, 1 + sum(weights[reason] for reason in reasons)))
        drawn_for[row.id] = [str(reason) for reason in reasons]
    return frame, drawn_for


def _reasons(row: Any) -> list[DrawnFor]:
    speaks = {
        DrawnFor.UNFOUNDED: row.verdict == Verdict.UNFOUNDED,
        DrawnFor.REPEAT: row.matter_id is not None,
        DrawnFor.KEY: row.key,
    }
    return [reason for reason, so in speaks.items() if so]
