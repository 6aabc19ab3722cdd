"""What an officer writes at the place. A telephone sends the pictures first, one by one, and names them in `marks`."""

import re

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.casework.commands import KeepFieldPictures, KeepFieldRecord
from app.kernel import clock, crypto
from app.web.choosing import FilesField
from app.web.fields import LineField, WordsField
from app.web.figures import MomentField
from app.web.forms import OfficeForm

TOKEN = re.compile(r"[0-9A-Za-z_-]{16,80}")
SEVERAL = ","
PICTURES = {"accept": "image/*"}


class GateForm(OfficeForm):
    key = HiddenField()
    marks = HiddenField()
    seen_at = MomentField(_l("When you were there"), render_kw={"class": "w-m"})
    place = LineField(_l("Where you were"), most=200)
    finding = WordsField(_l("What you found"), most=5000)
    measures = WordsField(_l("Measures taken at once"), most=5000, required=False, render_kw={"rows": 3})
    pictures = FilesField(_l("Photographs"), hint=_l("At most 9, of 12 MB each."), render_kw=PICTURES)

    def own_key(self) -> str:
        """The form's key; a new one where none came, or what came is none."""
        if not TOKEN.fullmatch(self.key.data or ""):
            self.key.data = crypto.random_token()
        return str(self.key.data)

    def to_pictures(self, case_id: int) -> KeepFieldPictures:
        """Those that came with this request: under the mark it names, or each under one of its own."""
        named = self.marks_sent()
        contents = [file.read() for file in self.pictures.data]
        marks = named if len(named) == len(contents) else [crypto.random_token()[:20] for _ in contents]
        return KeepFieldPictures(case_id, self.own_key(), tuple(zip(marks, contents, strict=True)))

    def marks_sent(self) -> list[str]:
        return [mark for mark in (self.marks.data or "").split(SEVERAL) if TOKEN.fullmatch(mark)]

    def to_command(self, case_id: int) -> KeepFieldRecord:
        return KeepFieldRecord(
            case_id=case_id,
            key=self.own_key(),
            seen_at=self.seen_at.data or clock.now(),
            place=self.place.data or "",
            finding=self.finding.data or "",
            measures=self.measures.data or "",
            marks=tuple(self.marks_sent()),
        )
