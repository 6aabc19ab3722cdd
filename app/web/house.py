"""What the layouts are told of the inspections: the citizens' masthead and the staff's switcher."""

from collections.abc import Sequence

from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.kernel import clock
from app.kernel.errors import NotFound
from app.web.inspecting import current_inspection, own_inspections, public_inspection
from app.web.language import in_chinese, language, local_date
from app.web.layout import Choice, House, Masthead


def name_of(inspection: Inspection) -> str:
    """Round, team and place, in the reader's language where the inspection says them in it."""
    if in_chinese():
        return inspection.title
    told = inspection.settings.texts.get(language().code, {})
    return f"{told.get('round') or inspection.round} · {told.get('team') or inspection.team} · {inspection.region.en}"


def masthead() -> Masthead | None:
    """The head of citizens' pages; a general one while there is no inspection to name."""
    try:
        inspection = public_inspection()
    except NotFound:
        return None
    settings, told = inspection.settings, inspection.settings.texts.get(language().code, {})
    place = inspection.region.zh if in_chinese() else inspection.region.en
    days = f"{local_date(inspection.starts_on)}–{local_date(inspection.ends_on)}"
    return Masthead(
        title=told.get("team") or inspection.team,
        subtitle="\N{NO-BREAK SPACE}· ".join([told.get("round") or inspection.round, place, days]),
        telephone=settings.telephone if inspection.is_open(clock.today()) else "",  # it rings in vain
        hours=f"{settings.opens}–{settings.closes}",
        postbox=settings.mailbox,
    )


def choices(actor: Actor) -> Sequence[Choice]:
    """The inspections this actor works in."""
    own = own_inspections(actor)
    current = current_inspection(actor).id if own else None
    return [Choice(one.id, name_of(one), one.id == current) for one in own]


HOUSE = House(masthead=masthead, inspections=choices)
