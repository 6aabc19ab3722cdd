"""What is said when a list is drawn, and when one of its cases was checked on the spot."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import HiddenField

from app.domain.region import Region
from app.domain.spot_check import DrawnAs, SpotFound
from app.kernel import clock
from app.triage.spots.commands import DrawList, PointSeen, RecordVisit
from app.web.choosing import ChoiceField, FilesField, MenuField
from app.web.fields import LineField, WordsField
from app.web.figures import CountField, MomentField
from app.web.forms import OfficeForm
from app.web.named import named

MOST = 500


class DrawForm(OfficeForm):
    drawn_as = ChoiceField(_l("What is drawn"), DrawnAs, default=DrawnAs.ANSWERS)
    size = CountField(_l("How many cases"), least=1, most=MOST)
    area = MenuField(_l("Area"), required=False, render_kw={"class": "w-s"})

    def begin(self, areas: list[Region]) -> None:
        self.area.offer([(region.code, named(region)) for region in areas])

    def to_command(self, inspection_id: int) -> DrawList:
        return DrawList(inspection_id, self.size.data or 1, self.area.data or "", DrawnAs(self.drawn_as.data))


class VisitForm(OfficeForm):
    """Fields of the points are added by `visit_form`, which knows the case."""

    form_key = HiddenField()
    visited_at = MomentField(_l("When the site was visited"))
    place = LineField(_l("Where, and from where it was looked at"), most=200)
    people = LineField(_l("Who was there"), most=200, hint=_l("Of the team, of the unit, others."))
    seen = WordsField(_l("What was seen"), most=5000, render_kw={"rows": 6})
    pictures = FilesField(_l("Photographs"), hint=_l("JPEG, PNG or WebP, at most 9, of 12 MB each."))

    points: Sequence[str] = ()

    def to_command(self, list_id: int, line_id: int) -> RecordVisit:
        return RecordVisit(
            list_id,
            line_id,
            visited_at=self.visited_at.data or clock.now(),
            place=self.place.data or "",
            people=self.people.data or "",
            seen=self.seen.data or "",
            points=tuple(
                PointSeen(self[f"found_{n}"].data, self[f"note_{n}"].data or "") for n in range(1, len(self.points) + 1)
            ),
            form_key=self.form_key.data or "",
        )


def visit_form(points: Sequence[str]) -> type[VisitForm]:
    """The form for a case with these points."""
    fields: dict[str, Any] = {"points": tuple(points)}
    for n in range(1, len(points) + 1):
        fields[f"found_{n}"] = ChoiceField(LazyString(_numbered, "found", n), SpotFound, coerce=SpotFound)
        note = LazyString(_numbered, "note", n)
        fields[f"note_{n}"] = WordsField(note, most=2000, required=False, render_kw={"rows": 2})
    return type("VisitFormOfCase", (VisitForm,), fields)


def _numbered(what: str, n: int) -> str:
    if what == "found":
        return str(_("Whether the reply holds for point %(number)s", number=n))
    return str(_("What was seen of point %(number)s", number=n))
