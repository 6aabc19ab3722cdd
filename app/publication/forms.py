"""What a reader narrows the table by; read from the address, it changes nothing and carries no token."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from app.domain.case import Verdict
from app.domain.catalogue import Entry
from app.domain.inspection import Inspection
from app.domain.region import Region
from app.domain.tables.disclosure import Narrowed
from app.kernel import text
from app.web.choosing import MenuField
from app.web.fields import LineField
from app.web.forms import OfficeForm
from app.web.named import named

MENUS = ("area", "kind", "verdict", "batch")
ALL = SelectChoice("", _l("All"))


class NarrowForm(OfficeForm):
    """A value that is none of the choices narrows nothing."""

    class Meta(OfficeForm.Meta):
        csrf = False

    area = MenuField(_l("County or district"), required=False)
    kind = MenuField(_l("Pollution type"), required=False)
    verdict = MenuField(_l("Verdict"), Verdict, required=False)
    batch = MenuField(_l("Batch"), required=False)
    number = LineField(_l("Number"), required=False, most=60)
    inspection = MenuField(_l("Inspection"), required=False)

    def offer(
        self, regions: Iterable[Region], kinds: Iterable[Entry], batches: Iterable[str], here: Inspection, others: Any
    ) -> None:
        """The choices of this inspection, and the inspections there are."""
        for name in MENUS:
            self[name].blank = (ALL,)
        self.area.offer([(region.code, named(region)) for region in regions])
        self.kind.offer([(entry.code, named(entry)) for entry in kinds])
        self.verdict.offer(Verdict)
        self.batch.offer([(label, label) for label in batches])
        self.inspection.choices = [SelectChoice(one.code, one.title) for one in others]
        self.inspection.data = here.code

    def narrowed(self) -> Narrowed:
        chosen = {name: self._known(name) for name in MENUS}
        return Narrowed(**chosen, number=text.one_line(self.number.data or "")[:60])

    def _known(self, name: str) -> str:
        field = self[name]
        known = {str(choice.value) for choice in field.choices}
        return str(field.data) if field.data and str(field.data) in known else ""
