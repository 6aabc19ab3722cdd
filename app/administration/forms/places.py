"""Forms for units and the calendar."""

from datetime import date

from flask_babel import lazy_gettext as _l

from app.administration.commands import DayWords, UnitWords
from app.domain.holidays import DayKind
from app.domain.people import UnitKind
from app.web.choosing import ChoiceField, MenuField, TickField
from app.web.fields import LineField
from app.web.figures import DateField
from app.web.forms import OfficeForm


class UnitForm(OfficeForm):
    name = LineField(_l("Full name"), most=120)
    short = LineField(_l("Short name"), most=40, required=False, render_kw={"class": "w-m"})
    kind = ChoiceField(_l("Kind of unit"), UnitKind, coerce=UnitKind)
    region = MenuField(_l("Region"), required=False)
    active = TickField(_l("Active: can be given work"))

    def to_command(self, code: str, parent_id: int | None = None) -> UnitWords:
        return UnitWords(
            code=code,
            name=self.name.data or "",
            kind=self.kind.data,
            short=self.short.data or "",
            region_code=self.region.data,
            parent_id=parent_id,
            active=bool(self.active.data),
        )


class NewUnitForm(UnitForm):
    code = LineField(_l("Code"), most=40, hint=_l("For imports and exports; it cannot be changed later."))
    parent = MenuField(_l("Belongs to"), coerce=int, required=False)


class YearForm(OfficeForm):
    announced = TickField(_l("The State Council has announced this year's holidays"))
    source = LineField(_l("Announcement"), most=200, required=False)


class DayForm(OfficeForm):
    day = DateField(_l("Day"))
    kind = ChoiceField(_l("What it is"), DayKind, coerce=DayKind)
    zh = LineField(_l("Name in Chinese"), most=40, required=False, render_kw={"class": "w-m"})
    en = LineField(_l("Name in English"), most=60, required=False, render_kw={"class": "w-m"})

    def to_command(self) -> DayWords:
        return DayWords(self.day.data or date.min, self.kind.data, self.zh.data or "", self.en.data or "")
