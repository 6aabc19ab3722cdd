"""What a reader narrows the cases by; read from the address, it changes nothing and carries no token."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from app.domain.case import Verdict
from app.domain.catalogue import Entry
from app.domain.inspection import Inspection
from app.domain.region import Region
from app.domain.tables.disclosure import STATES, Narrowed
from app.kernel import text
from app.web.choosing import MenuField
from app.web.fields import LineField
from app.web.figures import DateField
from app.web.forms import OfficeForm
from app.web.house import name_of
from app.web.named import named

MENUS = ("area", "town", "kind", "verdict", "state", "batch")
ALL = SelectChoice("", _l("All"))
LONGEST_QUESTION = 60


class NarrowForm(OfficeForm):
    """A value that is none of the choices narrows nothing."""

    class Meta(OfficeForm.Meta):
        csrf = False

    q = LineField(_l("Search the published text"), required=False, most=LONGEST_QUESTION)
    area = MenuField(_l("County or district"), required=False)
    town = MenuField(_l("Town or street"), required=False)
    kind = MenuField(_l("Pollution type"), required=False)
    verdict = MenuField(_l("Verdict"), Verdict, required=False)
    state = MenuField(_l("Completion or sign-off"), required=False)
    batch = MenuField(_l("Batch"), required=False)
    since = DateField(_l("Received from"), required=False)
    until = DateField(_l("Received until"), required=False)
    number = LineField(_l("Number"), required=False, most=LONGEST_QUESTION)
    inspection = MenuField(_l("Inspection"), required=False)

    def offer(
        self, regions: Iterable[Region], kinds: Iterable[Entry], batches: Iterable[str], here: Inspection, others: Any
    ) -> None:
        """The choices of this inspection, and the inspections there are."""
        for name in MENUS:
            self[name].blank = (ALL,)
        self.area.offer([(region.code, named(region)) for region in regions])
        self.town.offer([])
        self.kind.offer([(entry.code, named(entry)) for entry in kinds])
        self.verdict.offer(Verdict)
        self.state.offer(STATES)
        self.batch.offer([(label, label) for label in batches])
        self.inspection.choices = [SelectChoice(one.code, name_of(one)) for one in others]
        self.inspection.data = here.code

    def offer_towns(self, towns: Iterable[Region]) -> None:
        """Those of the area that was chosen."""
        self.town.offer([(town.code, named(town)) for town in towns])

    def narrowed(self) -> Narrowed:
        chosen = {name: self.known(name) for name in MENUS}
        return Narrowed(
            **chosen,
            number=_bounded(self.number.data),
            since=self.since.data if isinstance(self.since.data, date) else None,
            until=self.until.data if isinstance(self.until.data, date) else None,
            words=_bounded(self.q.data),
        )

    def known(self, name: str) -> str:
        """What was chosen of a menu, if it is one of its choices."""
        field = self[name]
        every = {str(choice.value) for choice in field.choices}
        return str(field.data) if field.data and str(field.data) in every else ""


def _bounded(typed: str | None) -> str:
    return text.one_line(typed or "")[:LONGEST_QUESTION]
