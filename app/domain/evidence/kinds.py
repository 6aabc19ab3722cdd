"""What is taken as evidence, told from a file's content and never from its name alone."""

from dataclasses import dataclass

import filetype

from app.domain.evidence import documents
from app.domain.evidence.refusing import BadFile
from app.domain.workflow.terms import Term
from app.kernel.errors import N_

HEAD_BYTES = 8192


class EvidenceKind(Term):
    """In which way a file shows something."""

    PICTURE = "picture", "照片", "Picture"
    VIDEO = "video", "视频", "Video"
    AUDIO = "audio", "录音", "Sound recording"
    DOCUMENT = "document", "文件", "Document"


class FileStanding(Term):
    """How far a kept file has come. Only one that is ready is shown to anybody else than the team."""

    WAITING = "waiting", "处理中", "Being prepared"
    READY = "ready", "可查看", "Ready"
    KEPT = "kept", "仅存原件", "Kept as received"
    HELD = "held", "已隔离", "Held back"


@dataclass(frozen=True)
class Form:
    """What a file is: its kind, its media type, the end of the name it is handed out under, ffmpeg's reader for it."""

    kind: EvidenceKind
    media_type: str
    suffix: str
    reader: str = ""


PICTURE, VIDEO, AUDIO, DOCUMENT = EvidenceKind
FORMS = {
    form.media_type: form
    for form in (
        Form(PICTURE, "image/jpeg", "jpg"),
        Form(PICTURE, "image/png", "png"),
        Form(PICTURE, "image/webp", "webp"),
        Form(PICTURE, "image/heic", "heic"),
        Form(VIDEO, "video/mp4", "mp4", "mov"),
        Form(VIDEO, "video/x-m4v", "mp4", "mov"),
        Form(VIDEO, "video/quicktime", "mov", "mov"),
        Form(VIDEO, "video/3gpp", "3gp", "mov"),
        Form(VIDEO, "video/webm", "webm", "matroska"),
        Form(VIDEO, "video/x-matroska", "mkv", "matroska"),
        Form(AUDIO, "audio/mp4", "m4a", "mov"),
        Form(AUDIO, "audio/mpeg", "mp3", "mp3"),
        Form(AUDIO, "audio/aac", "aac", "aac"),
        Form(AUDIO, "audio/ogg", "ogg", "ogg"),
        Form(AUDIO, "audio/x-wav", "wav", "wav"),
        Form(AUDIO, "audio/amr", "amr", "amr"),
        Form(DOCUMENT, documents.PDF, "pdf"),
        Form(DOCUMENT, documents.WORD, "docx"),
        Form(DOCUMENT, documents.SHEET, "xlsx"),
        Form(DOCUMENT, documents.OLD_WORD, "doc"),
        Form(DOCUMENT, documents.PLAIN, "txt"),
    )
}
ACCEPT = "image/jpeg,image/png,image/webp,image/heic,.heic,video/*,audio/*,.pdf,.docx,.xlsx,.doc,.txt"
"""What a file field offers to choose."""
BRANDS = {  # of an ISO media file: what stands after `ftyp`
    b"heic": "image/heic", b"heix": "image/heic", b"heim": "image/heic", b"heis": "image/heic", b"mif1": "image/heic",
    b"qt  ": "video/quicktime", b"M4A ": "audio/mp4", b"M4B ": "audio/mp4",
    b"3gp4": "video/3gpp", b"3gp5": "video/3gpp", b"3gp6": "video/3gpp", b"3g2a": "video/3gpp",
    b"isom": "video/mp4", b"iso2": "video/mp4", b"iso4": "video/mp4", b"iso5": "video/mp4", b"iso6": "video/mp4",
    b"mp41": "video/mp4", b"mp42": "video/mp4", b"avc1": "video/mp4", b"M4V ": "video/mp4", b"M4VH": "video/mp4",
    b"MSNV": "video/mp4", b"dash": "video/mp4", b"mmp4": "video/mp4", b"XAVC": "video/mp4",
}  # fmt: skip


def form_of(head: bytes, name: str) -> Form:
    """What a file is, from its first bytes (HEAD_BYTES). Raises BadFile for all that is not taken as evidence.

    The name only tells plain text from other text. What is inside a document is looked at by `documents.must_be_tame`.
    """
    found = _by_brand(head) or _by_content(head, name)
    if found is None or found not in FORMS:
        raise BadFile(
            N_("Files of this kind are not taken: send a picture, a video, a recording, or a PDF, Word or Excel file.")
        )
    return FORMS[found]


def _by_brand(head: bytes) -> str | None:
    return BRANDS.get(head[8:12]) if head[4:8] == b"ftyp" else None


def _by_content(head: bytes, name: str) -> str | None:
    """The order matters: what claims to be text comes last."""
    if head.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return "audio/amr"
    if head.startswith(b"OggS"):
        return "audio/ogg"
    document = documents.type_of(head, name)
    if document is not None:
        return document
    guessed = filetype.guess(head)
    return str(guessed.mime) if guessed else None
