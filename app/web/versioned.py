"""Forms of a record that somebody else may have worked on meanwhile: who was overtaken keeps what they typed."""

from collections.abc import Callable

from wtforms import IntegerField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from app.kernel.errors import Refused, Stale
from app.web.forms import OfficeForm


class VersionedForm(OfficeForm):
    """A form that says which version of its record was looked at."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    overtaken = False
    """Whether somebody else was faster: the page then shows what is there now beside what was typed."""

    def look_again(self, version: int) -> int | None:
        """Say from now on that this version was looked at; gives the one that had been."""
        seen: int | None = self.version.data
        self.version.data, self.version.raw_data = version, None
        return seen

    @property
    def status(self) -> int:
        """What the page that shows it answers."""
        return 409 if self.overtaken else 422 if self.errors else 200


def tried(form: VersionedForm, decide: Callable[[], object]) -> bool:
    """Whether it was done. A refusal stands beside its field; who was overtaken keeps what they typed."""
    try:
        decide()
    except Refused as error:
        form.refuse(error)
    except Stale:
        form.overtaken = True
    else:
        return True
    return False
