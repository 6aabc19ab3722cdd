"""The unit replies: a new version of 办理情况反馈, with its points, figures, measures and pictures."""

from collections.abc import Iterable
from dataclasses import asdict

from app.casework.commands import SubmitReply
from app.casework.services.files import Shown, files_of, settle
from app.casework.services.taking import must_be_able, take_up
from app.casework.weighing import Remark, missing, overall, remarks, unanswered
from app.db import session, transaction
from app.domain.case import Case, Reply, ReplyPoint
from app.domain.people import Actor
from app.domain.reply import ReplyMeasure, ReplyRemark, ReplySource, ReplySpot
from app.domain.scope import load
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import Need
from app.kernel import crypto
from app.kernel.errors import N_, Refused

NOT_WHOLE = N_("Something that must be said is missing.")
DOUBTFUL = N_("Please look at what does not fit together: mend it, or say why it stands.")
TEXTS = ("report_upward", "publication_draft", "answer", "handling", "target", "accountability")


def check_reply(actor: Actor, words: SubmitReply) -> None:
    """Say what `reply` would say, and write nothing. Raises NotFound, NotAllowed, Refused."""
    case = load(session(), actor, Case, words.case_id)
    must_be_able(case, A.REPLY, actor)
    _must_be_whole(case, words, files_of(session(), actor, case, words))


def remarks_on(actor: Actor, words: SubmitReply) -> list[Remark]:
    """What in a reply does not fit together, whether it is answered or not. Raises NotFound."""
    case = load(session(), actor, Case, words.case_id)
    return remarks(words, files_of(session(), actor, case, words).files)


def reply(actor: Actor, words: SubmitReply) -> int:
    """Submit the next version for signature and give its number. The first one ends the feedback clock.

    Raises Refused when something is missing, each named by its field, or when something does not fit together and
    nobody says why it stands.
    """
    with transaction() as writing:
        case = take_up(writing, actor, words.case_id, words.version)
        must_be_able(case, A.REPLY, actor)
        shown = files_of(writing, actor, case, words)
        _must_be_whole(case, words, shown)
        version = _version(case, actor, words)
        writing.add(version)
        writing.flush()
        _add_parts(version, words, shown, remarks(words, shown.files))
        facts = {"reply": version.number, "verdict": version.verdict, "completion": version.completion}
        facts["contradictions"] = [str(remark.code) for remark in version.remarks]
        case.perform(A.REPLY, actor, {Need.REPLY: bound_text(version)}, facts)
        case.replied_at = case.replied_at or actor.now()
        settle(writing, actor, words, version, shown)
        return version.number


def bound_text(version: Reply) -> str:
    """The version's words, figures and parts as the ledger binds them: a later change of any would show."""
    left_out = {"id", "case_id", "signed_by_id", "signed_at", "written_at"}
    said: dict[str, object] = {
        c.key: str(getattr(version, c.key)) for c in Reply.__table__.columns if c.key not in left_out
    }
    said["points"] = [[point.text, point.finding, str(point.verdict)] for point in version.points]
    for name in ("sources", "measures", "spots", "remarks"):
        parts: Iterable[ReplySource | ReplyMeasure | ReplySpot | ReplyRemark] = getattr(version, name)
        said |= {name: bound} if (bound := [part.bound() for part in parts]) else {}
    return crypto.canonical(said).decode()


def _must_be_whole(case: Case, words: SubmitReply, shown: Shown) -> None:
    """Raise Refused for what is missing; then for what does not fit together and is not answered."""
    points = len(case.points_to_answer)
    fields = missing(words, points, shown.files)
    if fields or len(words.findings) != points:
        raise Refused(NOT_WHOLE, fields=fields)
    doubts = unanswered(words, shown.files)
    if doubts:
        raise Refused(DOUBTFUL, fields={doubt.name: DOUBTFUL for doubt in doubts})


def _version(case: Case, actor: Actor, words: SubmitReply) -> Reply:
    return Reply(
        case=case,
        number=len(case.replies) + 1,
        written_by_id=actor.person_id,
        written_at=actor.now(),
        verdict=str(overall(words)),
        completion=str(words.completion),
        points=[
            ReplyPoint(position=position, text=text, finding=said.finding, verdict=str(said.verdict))
            for position, (text, said) in enumerate(zip(case.points_to_answer, words.findings, strict=True), 1)
        ],
        **{name: getattr(words, name) for name in TEXTS},
        **asdict(words.figures),
    )


def _add_parts(version: Reply, words: SubmitReply, shown: Shown, found: list[Remark]) -> None:
    """Sources of the figures that are stated, measures in the order of the form, spots, remarks with their answers."""
    for figure, source in words.sources.items():
        if getattr(version, figure) and source.dated:
            version.sources.append(
                ReplySource(
                    figure=figure,
                    unit=source.unit,
                    document=source.document,
                    dated=source.dated,
                    attachment_id=shown.documents.get(figure),
                )
            )
    for position, one in enumerate((one for one in words.measures if one.day), 1):
        version.measures.append(
            ReplyMeasure(position=position, kind=str(one.kind), text=one.text, unit=one.unit, day=one.day)
        )
    for position, spot in enumerate(words.spots, 1):
        pictures = shown.pictures.get(spot.row, {})
        version.spots.append(
            ReplySpot(
                position=position,
                place=spot.place,
                before_id=pictures.get("before"),
                after_id=pictures.get("after"),
            )
        )
    for position, remark in enumerate(found, 1):
        answer = words.answers[remark.name]
        version.remarks.append(
            ReplyRemark(
                position=position, code=str(remark.code), about=remark.about, stated=remark.stated, answer=answer
            )
        )
