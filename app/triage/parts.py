"""What accepting asks for: types, and the parts a report falls into, each with area, unit, points and types."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, FieldList, Form, FormField, ValidationError

from app.domain import catalogue
from app.domain.inspection import Inspection
from app.domain.people import Unit
from app.domain.region import Region
from app.domain.workflow.vocabulary import ReportAction
from app.kernel import text
from app.triage.commands import Accept, Part
from app.web.choosing import MenuField, TickField, TicksField
from app.web.fields import WordsField
from app.web.language import term_label
from app.web.named import named
from app.web.versioned import VersionedForm

MOST_PARTS = 12
MORE, REMOVE = "more", "remove"


class PartForm(Form):
    """One area and what concerns it; a part that shares the matter of the one before it needs no points."""

    area = MenuField(_l("Area"), required=False, render_kw={"class": "w-m"})
    unit = MenuField(_l("Responsible unit"), coerce=int, required=False, render_kw={"class": "w-m"})
    together = TickField(_l("One matter with the area above: both answer for it, and it counts one half for each"))
    points = WordsField(
        _l("Points, one on each line"), most=4000, required=False, render_kw={"rows": 4, "data-points": ""}
    )
    types = TicksField(_l("Types of this part"), required=False)

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line for raw in (self.points.data or "").splitlines() if (line := text.one_line(raw)))

    @property
    def is_said(self) -> bool:
        return bool(self.area.data or self.lines)

    def to_part(self, *, first: bool) -> Part:
        return Part(
            self.area.data,
            self.lines,
            unit_id=self.unit.data,
            types=tuple(self.types.data or ()),
            together=bool(self.together.data) and not first,
        )


class AcceptForm(VersionedForm):
    """Types, and for each area its points. An area that was left quite empty is none."""

    types = TicksField(_l("Pollution types"))
    tags = TicksField(_l("Sub-types"), required=False)
    parts = FieldList(FormField(PartForm), label=_l("Areas and points"), min_entries=1, max_entries=MOST_PARTS)
    key = TickField(term_label(ReportAction.MARK_KEY), hint=_l("Every part inherits it."))

    def begin(self, inspection: Inspection, areas: list[Region], units: list[Unit]) -> None:
        """Offer what may be chosen here."""
        kinds = of_inspection(inspection)
        self.types.offer(kinds)
        self.tags.offer(tags_of(inspection))
        for part in self.parts:
            part.form.area.offer([(region.code, named(region)) for region in areas])
            part.form.unit.offer([(unit.id, unit.name) for unit in units])
            part.form.types.offer(kinds)
        self.parts[0].form.area.flags.required = self.parts[0].form.points.flags.required = True

    def reshape(self, asked: dict[str, str]) -> bool:
        """Add a part, or take one away; whether that was all that was asked for."""
        if MORE in asked and len(self.parts) < MOST_PARTS:
            self.parts.append_entry()
        elif REMOVE in asked:
            self._remove(asked[REMOVE])
        return MORE in asked or REMOVE in asked

    def _remove(self, place: str) -> None:
        kept = [part.data for at, part in enumerate(self.parts) if str(at) != place]
        while len(self.parts):
            self.parts.pop_entry()
        for data in kept or [{}]:
            self.parts.append_entry(data)

    def said(self) -> list[PartForm]:
        return [part.form for part in self.parts if part.form.is_said]

    def validate_parts(self, field: Field) -> None:
        said = self.said()
        lacking = [at for at, part in enumerate(said) if not part.lines and not (at and part.together.data)]
        if not said or lacking or any(not part.area.data for part in said):
            raise ValidationError(_l("Every area needs a point, and every point an area."))

    def to_command(self, report_id: int) -> Accept:
        return Accept(
            report_id=report_id,
            types=tuple(self.types.data or ()),
            tags=tuple(self.tags.data or ()),
            parts=tuple(part.to_part(first=at == 0) for at, part in enumerate(self.said())),
            key=bool(self.key.data),
            version=self.version.data,
        )


def of_inspection(inspection: Inspection) -> list[tuple[str, str]]:
    known = catalogue.types()
    return [(code, named(known[code])) for code in inspection.settings.types if code in known]


def tags_of(inspection: Inspection) -> list[tuple[str, str]]:
    return [(tag.code, named(tag)) for tag in catalogue.tags().values() if tag.parent in inspection.settings.types]


def as_before(cases: list[Any]) -> list[dict[str, Any]]:
    """The parts of an acceptance that was undone, to start from."""
    return [
        {
            "area": case.area_code,
            "unit": case.named_unit_id,
            "together": case.shared and any(other.item == case.item for other in cases[:at]),
            "points": "\n".join(case.points),
            "types": case.types if any(other.types != case.types for other in cases) else [],
        }
        for at, case in enumerate(cases)
    ]
