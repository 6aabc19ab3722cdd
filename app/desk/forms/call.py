"""来电: the call began when the form was opened, and ends when it is saved."""

from datetime import datetime, timedelta
from typing import Any

from wtforms import HiddenField

from app.desk.commands import TakeDown
from app.desk.forms.entry import EntryForm
from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.receiving import Statement
from app.domain.region import Region
from app.domain.report import Channel
from app.domain.reporter import Reporter
from app.kernel import clock

LONGEST_CALL = timedelta(hours=6)
SILENT = "来电无声或已挂断，未反映问题。"
"""The office's standing note on a call in which nothing was said: its words and its reason."""


class CallForm(EntryForm):
    channel = Channel.CALL
    started = HiddenField()

    def begin(self, inspection: Inspection, areas: list[Region], towns: Any) -> None:
        super().begin(inspection, areas, towns)
        self.started.data = self.call_started(clock.now()).isoformat()

    def call_started(self, now: datetime) -> datetime:
        """The moment the form carries; now, when it carries none that can be."""
        try:
            began = datetime.fromisoformat(self.started.data or "")
        except ValueError:
            return now
        return began if began.tzinfo and now - LONGEST_CALL <= began <= now else now

    def lasted(self) -> int:
        """Seconds since the call began."""
        now = clock.now()
        return round((now - self.call_started(now)).total_seconds())

    def particulars(self, actor: Actor) -> dict[str, Any]:
        now = actor.now()
        return {"call_started_at": self.call_started(now), "call_ended_at": now}

    def to_blank(self, actor: Actor) -> TakeDown:
        """A call in which nothing was said: its telephone is sealed like any other's, since it may be cut off again."""
        said = Statement(channel=self.channel, description=SILENT, blank=True, **self.particulars(actor))
        phone = "" if self.phone.errors else self.phone.data or ""
        return TakeDown(said, Reporter(phone=phone, anonymous=True), self.key.data or "")
