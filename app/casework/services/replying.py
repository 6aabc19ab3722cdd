"""The unit replies: a new version of 办理情况反馈, with its points, figures and photographs."""

from dataclasses import asdict

from app.casework.commands import KeepPictures, SubmitReply
from app.casework.services.taking import must_be_able, take_up
from app.casework.weighing import contradictions, overall
from app.db import session, transaction
from app.domain.attachment import BadFile, RestedPicture, attach_waiting, record_picture, rest_picture, waiting
from app.domain.case import Case, Reply, ReplyPoint
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.scope import load
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import Need
from app.kernel import crypto
from app.kernel.errors import N_, Refused

KINDS = ("before", "after")
TOO_LARGE = N_("This picture is too large.")
TOO_MANY = N_("There are too many pictures; this one was not kept.")


def keep_pictures(actor: Actor, house: Installation, words: KeepPictures) -> list[str]:
    """Keep photographs under the form's key until its reply is taken; gives a sentence for each that was not kept.

    Raises NotFound and NotAllowed: only who may reply now may send any. Pictures come to rest on the disk before
    the transaction that speaks of them, for re-encoding takes its time.
    """
    key = waiting_key(actor, words.case_id, words.form_key, words.kind)
    must_be_able(load(session(), actor, Case, words.case_id), A.REPLY, actor)
    room = house.settings.max_files - len(waiting(session(), key))
    rested: list[RestedPicture] = []
    told: list[str] = []
    for content in words.contents:
        try:
            _fits(house, content, room - len(rested))
            rested.append(rest_picture(house.files, house.vault.public, content))
        except BadFile as error:
            told.append(error.message)
    with transaction() as writing:
        must_be_able(take_up(writing, actor, words.case_id, None), A.REPLY, actor)
        for picture in rested:
            record_picture(writing, picture, key, actor.now())
    return told


def reply(actor: Actor, words: SubmitReply) -> int:
    """Submit the next version for signature and give its number. The first one ends the feedback clock.

    Raises Refused when a finding is missing, or when something does not fit together and nobody is sure of it.
    """
    with transaction() as writing:
        case = take_up(writing, actor, words.case_id, words.version)
        must_be_able(case, A.REPLY, actor)
        doubts = contradictions(_checked(case, words))
        if doubts and not words.sure:
            told = N_("Please look at what does not fit together; if it is right, say so.")
            raise Refused(told, fields={"sure": told})
        version = _version(case, actor, words)
        writing.add(version)
        facts = {"reply": version.number, "verdict": version.verdict, "completion": version.completion}
        facts["contradictions"] = [str(doubt) for doubt in doubts]
        case.perform(A.REPLY, actor, {Need.REPLY: bound_text(version)}, facts)
        case.replied_at = case.replied_at or actor.now()
        for kind in KINDS:
            key = waiting_key(actor, words.case_id, words.form_key, kind)
            attach_waiting(writing, key, "reply", version.id, kind)
        return version.number


def waiting_key(actor: Actor, case_id: int, form_key: str, kind: str) -> str:
    """Where a form's photographs wait: nobody can reach another's by sending their key."""
    return f"reply:{actor.person_id}:{case_id}:{kind}:{form_key}"


def bound_text(version: Reply) -> str:
    """The version's words and figures as the ledger binds them: a later change of any would show."""
    left_out = {"id", "case_id", "signed_by_id", "signed_at", "written_at"}
    said = {c.key: str(getattr(version, c.key)) for c in Reply.__table__.columns if c.key not in left_out}
    said["points"] = [[point.text, point.finding, str(point.verdict)] for point in version.points]  # type: ignore[assignment]
    return crypto.canonical(said).decode()


def _fits(house: Installation, content: bytes, room: int) -> None:
    if len(content) > house.settings.max_file_bytes:
        raise BadFile(TOO_LARGE)
    if room <= 0:
        raise BadFile(TOO_MANY)


def _checked(case: Case, words: SubmitReply) -> SubmitReply:
    needed = N_("This has to be filled in.")
    given = dict(enumerate(words.findings))
    missing = [n for n in range(len(case.points_to_answer)) if n not in given or not given[n].finding.strip()]
    fields = {f"finding_{n + 1}": needed for n in missing}
    texts = {name: getattr(words, name) for name in ("report_upward", "publication_draft", "answer")}
    fields |= {name: needed for name, text in texts.items() if not text.strip()}
    if fields or len(words.findings) != len(case.points_to_answer):
        raise Refused(N_("Something that must be said is missing."), fields=fields)
    return words


def _version(case: Case, actor: Actor, words: SubmitReply) -> Reply:
    texts = ("report_upward", "publication_draft", "answer", "handling", "target", "accountability")
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
        **{name: getattr(words, name) for name in texts},
        **asdict(words.figures),
    )
