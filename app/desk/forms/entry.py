"""What every way of reporting has in common at the desk, and a visit, which has nothing else."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from app.desk.commands import Look, TakeDown
from app.desk.forms.places import AreaField, TownField
from app.domain import catalogue
from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.receiving import Statement
from app.domain.region import Region
from app.domain.report import Channel
from app.domain.reporter import Reporter
from app.kernel import crypto, text
from app.web.choosing import TickField, TicksField
from app.web.fields import NEEDED, LineField, PhoneField, WordsField
from app.web.figures import CountField
from app.web.forms import OfficeForm
from app.web.named import named
from app.web.points import DegreesField, LatitudeField, point_of

KEY = re.compile(r"[0-9a-f]{40}")
LEFT_OUT = frozenset({"csrf_token", "key", "scans", "lookup", "blank", "twice"})
"""What belongs to one sending, and to no draft."""
OFF = {"autocomplete": "off"}


class PointsField(WordsField):
    """Matters told one by one, each on a line of its own."""

    component = "points"

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line for raw in (self.data or "").splitlines() if (line := text.one_line(raw)))


class EntryForm(OfficeForm):
    """`key` makes a repeated submit the same report."""

    channel = Channel.VISIT

    key = HiddenField()
    points = PointsField(
        _l("Points, one by one"),
        most=6000,
        required=False,
        hint=_l("Enter begins the next one."),
        render_kw={"rows": 4},
    )
    description = WordsField(
        _l("What was reported"), most=10000, required=False, render_kw={"rows": 5}, hint=_l("As it was said.")
    )
    area = AreaField(_l("County or district"), required=False)
    town = TownField(_l("Town or subdistrict"), required=False)
    place = LineField(_l("Place"), most=200, required=False, render_kw=OFF)
    latitude, longitude = LatitudeField(), DegreesField()
    polluter = LineField(_l("Who pollutes"), most=200, required=False, render_kw=OFF)
    since = LineField(_l("Since when"), most=60, required=False, render_kw=OFF)
    frequency = LineField(_l("How often"), most=60, required=False, render_kw=OFF)
    types = TicksField(_l("Pollution types"), required=False)
    earlier = LineField(_l("Earlier complaints and their numbers"), most=200, required=False, render_kw=OFF)
    name = LineField(_l("Reporter's name"), most=60, required=False, render_kw=OFF)
    phone = PhoneField(_l("Reporter's telephone"), required=False, render_kw={**OFF, "class": "w-s", "maxlength": 30})
    address = LineField(_l("Reporter's address"), most=200, required=False, render_kw=OFF)
    people = CountField(_l("How many people say it"), least=1, most=100_000, required=False, default=1)
    others = WordsField(
        _l("Names of the others"), most=4000, required=False, hint=_l("One a line."), render_kw={**OFF, "rows": 2}
    )
    anonymous = TickField(_l("Wishes to stay anonymous"))
    wants_answer = TickField(_l("Wants an answer"))

    def begin(self, inspection: Inspection, areas: list[Region], towns: Mapping[str, Sequence[Region]]) -> None:
        """Offer this inspection's areas and types; give a new form its key."""
        self.area.offer_areas(areas)
        self.town.offer_towns(areas, towns)
        known = catalogue.types()
        self.types.offer([(code, named(known[code])) for code in inspection.settings.types if code in known])
        if not KEY.fullmatch(self.key.data or ""):
            self.key.data = crypto.random_token()

    def validate(self, extra_validators: Any = None) -> bool:
        """Something must have been said: as points, or in words."""
        sound = bool(super().validate(extra_validators))
        if self.points.lines or (self.description.data or "").strip():
            return sound
        first = self.points if self.channel == Channel.CALL else self.description
        first.errors = [*first.errors, NEEDED]
        return False

    @property
    def has_words(self) -> bool:
        return bool(self.points.lines or (self.description.data or "").strip())

    def reporter(self) -> Reporter:
        return Reporter(
            name=self.name.data or "",
            phone=self.phone.data or "",
            address=self.address.data or "",
            anonymous=bool(self.anonymous.data),
            others=self.others.data or "",
        )

    def words(self) -> str:
        """What was said; the points themselves, numbered where there are several, when nothing else was written."""
        points = self.points.lines
        if self.description.data:
            return self.description.data
        return points[0] if len(points) == 1 else "\n".join(f"{n}．{point}" for n, point in enumerate(points, 1))

    def area_code(self) -> str | None:
        """The county that was chosen, or that of the chosen town."""
        return self.town.county or self.area.data or None

    def look(self) -> Look:
        """What is known so far of the report that is being taken down."""
        said = "\n".join([*self.points.lines, self.description.data or "", self.place.data or ""])
        return Look(
            words=said.strip(),
            area_code=self.area_code(),
            town_code=self.town.data or None,
            place=self.place.data or "",
            point=point_of(self.latitude, self.longitude),
            polluter=self.polluter.data or "",
            types=tuple(self.types.data or ()),
            phone=self.phone.data or "",
        )

    def to_command(self, actor: Actor, areas: list[Region]) -> TakeDown:
        code = self.area_code()
        area = next((region for region in areas if region.code == code), None)
        statement = Statement(
            channel=self.channel,
            description=self.words(),
            points=self.points.lines,
            area_code=area.code if area else None,
            area_printed=area.zh if area else "",
            town_code=self.town.data or None,
            place=self.place.data or "",
            point=point_of(self.latitude, self.longitude),
            polluter=self.polluter.data or "",
            since=self.since.data or "",
            frequency=self.frequency.data or "",
            earlier=self.earlier.data or "",
            types=tuple(self.types.data or ()),
            people=self.people.data or 1,
            wants_answer=bool(self.wants_answer.data),
            **self.particulars(actor),
        )
        return TakeDown(statement, self.reporter(), self.key.data or "", **self.envelope())

    def particulars(self, actor: Actor) -> dict[str, Any]:
        """What only this way of reporting knows."""
        return {}

    def envelope(self) -> dict[str, Any]:
        """What it came in."""
        return {}


class VisitForm(EntryForm):
    """走访: somebody came in person."""


def filled(form: type[EntryForm], pairs: Sequence[tuple[str, str]], key: str) -> EntryForm:
    """A form as it was when a draft of it was kept."""
    return form(formdata=MultiDict([*pairs, ("key", key)]))
