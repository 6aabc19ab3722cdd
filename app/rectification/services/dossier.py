"""Taking the dossier of a case: made, registered and ledgered, and only then handed out, piece by piece."""

import mimetypes
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from app import storage
from app.db import session, transaction
from app.domain.doings import Doing, write_down
from app.domain.dossier import SUMS, DossierCopy, Part, Sealed, archive, sums
from app.domain.installation import Installation
from app.domain.papers import bound
from app.domain.papers.copying import LETTERS, mark_of, standing
from app.domain.people import Actor
from app.kernel import crypto
from app.kernel.errors import N_, Refused
from app.rectification.queries.dossier import Dossier, Section, dossier_of

INDEX, FILE, PICTURES = "00-目录.pdf", "01-卷宗.pdf", "02-佐证材料"
HEADINGS, WIDTHS = ("序号", "文件", "内容", "字节", "SHA-256"), (1, 5, 4, 2, 8)
GONE = N_("A file of this dossier is no longer where it was kept. Please tell the administrator.")


@dataclass(frozen=True)
class Taken:
    """An archive on its way out."""

    name: str
    number: str
    pieces: Iterator[bytes]


def take_dossier(house: Installation, actor: Actor, rectification_id: int) -> Taken:
    """One archive of the whole case (一件一档). NotFound; Refused where a file is gone or there is no font."""
    found = dossier_of(actor, rectification_id)
    unit, role = standing(session(), actor, found.inspection_id)
    number = crypto.grouped("".join(secrets.choice(crypto.ALPHABET) for _ in range(LETTERS)))
    sealed = _sealed(house, found, mark_of(actor, unit, role, number), number)
    listed = sums(sealed)
    digest = sha256(listed).hexdigest()
    with transaction() as writing:
        copy = DossierCopy(
            inspection_id=found.inspection_id, case_id=found.case_id, copy_number=number, person_id=actor.person_id,
            unit=unit, taken_at=actor.now(), files=len(sealed), sha256=digest,
        )  # fmt: skip
        writing.add(copy)
        writing.flush()
        facts = {"case": found.case_id, "copy": number, "files": len(sealed), "sha256": digest}
        write_down(writing, actor, role, Doing.TAKE_DOSSIER, "dossier", copy.id, chain=found.inspection_id, facts=facts)
    parts = [*(one.part for one in sealed), Part(SUMS, "", lambda: listed)]
    return Taken(f"一件一档-{found.number}", number, archive(parts, actor.now()))


def _sealed(house: Installation, found: Dossier, mark: str, number: str) -> list[Sealed]:
    """Every file read once, and the index of them, which comes first."""
    told = {"mark": mark, "number": number, "below": found.team}
    file = _printed(told | {"title": f"一件一档　{found.number}"}, found.sections)
    parts = [Part(FILE, "转办件、反馈各稿、整改方案、进展、验收销号、公示", lambda: file), *_pictures(house, found)]
    try:
        sealed = [Sealed.of(part) for part in parts]
    except FileNotFoundError as error:
        raise Refused(GONE) from error
    index = _printed(told | {"title": f"目录　{found.number}"}, [_index(sealed, found.left_out)])
    return [Sealed.of(Part(INDEX, "目录", lambda: index)), *sealed]


def _pictures(house: Installation, found: Dossier) -> Iterator[Part]:
    for at, one in enumerate(found.pictures, 1):
        ending = mimetypes.guess_extension(one.media_type) or ""
        read = partial(storage.read, house.files, one.safe_name)
        yield Part(f"{PICTURES}/{at:03}-{one.told}{ending}", one.told, read)


def _index(sealed: list[Sealed], left_out: int) -> Section:
    lines = tuple(
        (str(at), one.part.path, one.part.told, f"{one.size:,}", f"{one.sha256[:32]}\n{one.sha256[32:]}")
        for at, one in enumerate(sealed, 1)
    )
    rows = [("校验", f"目录与各文件的哈希值列于{SUMS}，用 sha256sum -c 核对；该清单的哈希值已登记留痕。")]
    if left_out:
        rows.append(("未收入", f"{left_out}份材料没有安全副本，未收入本卷。"))
    return Section("文件清单", tuple(rows), HEADINGS, WIDTHS, lines)


def _printed(told: dict[str, str], sections: list[Section] | tuple[Section, ...]) -> bytes:
    return bound.dossier(told, [one.kept() for one in sections])
