"""Drawing a list of cases to be checked, and noting what each check found."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import transaction
from app.domain.case import Case, Verdict
from app.domain.doings import Doing, acting_role, write_down
from app.domain.inspection import Inspection, InspectionSettings
from app.domain.people import Actor
from app.domain.rectification import Rectification
from app.domain.report import Report
from app.domain.scope import load, scoped
from app.domain.spot_check import Chance, DrawnAs, DrawnFor, SpotLine, SpotList, draw, pack
from app.domain.workflow.vocabulary import CaseState, Need, RectificationAction, RectificationState, Role
from app.kernel import clock, crypto
from app.kernel.errors import N_, NotFound, Refused
from app.triage.spots.commands import DrawList, NoteCheck

DRAWERS = (Role.INSPECTOR, Role.LEADER)
NONE = {
    DrawnAs.ANSWERS: N_("There is no case that can be drawn: none has an answer that was passed."),
    DrawnAs.SIGN_OFFS: N_("There is no sign-off that can be drawn: none has its look-back before it."),
}
TO_LOOK_BACK_AT = (Rectification.state == str(RectificationState.SIGNED_OFF)) & Rectification.look_back_on.is_not(None)
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


def note_check(actor: Actor, words: NoteCheck) -> None:
    """Keep what a check found; a later note takes the place of an earlier one, which the ledger keeps."""
    with transaction() as session:
        drawn = load(session, actor, SpotList, words.list_id)
        role = acting_role(actor, *DRAWERS, inspection_id=drawn.inspection_id)
        line = session.get(SpotLine, words.line_id)
        if line is None or line.list_id != drawn.id:
            raise NotFound
        line.found, line.note = str(words.found), words.note
        line.checked_at, line.checked_by_id = actor.now(), actor.person_id
        write_down(
            session, actor, role, Doing.NOTE_SPOT_CHECK, "spot_list", drawn.id, chain=drawn.inspection_id,
            said={Need.NOTE: words.note}, facts={"case_id": line.case_id, "found": str(words.found)},
        )  # fmt: skip


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
