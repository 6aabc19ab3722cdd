"""What is said when a list is drawn, and when one of its cases was checked."""

from flask_babel import lazy_gettext as _l

from app.domain.region import Region
from app.domain.spot_check import DrawnAs, SpotFound
from app.triage.spots.commands import DrawList, NoteCheck
from app.web.choosing import ChoiceField, MenuField
from app.web.fields import WordsField
from app.web.figures import CountField
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


class CheckForm(OfficeForm):
    found = ChoiceField(_l("What the check found"), SpotFound)
    note = WordsField(_l("Note for the team"), most=2000, render_kw={"rows": 4})

    def to_command(self, list_id: int, line_id: int) -> NoteCheck:
        return NoteCheck(list_id, line_id, self.found.data, self.note.data or "")
