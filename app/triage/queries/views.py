"""The views each role works from, in the order of the work: what stands above the queue, with how many it holds."""

from dataclasses import dataclass

from app.domain.people import Actor
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import N_
from app.triage.queries.filters import ASKED, ME, NOBODY, Filters

DECIDES = frozenset({R.INSPECTOR, R.LEADER})
READS = DECIDES | {R.SUPERVISOR}


@dataclass(frozen=True)
class Preset:
    """`label` is a msgid; `counted`: whether how many it holds is worth a look at the database."""

    code: str
    label: str
    filters: Filters
    roles: frozenset[R]
    counted: bool = True


PRESETS = (
    Preset("waiting", N_("To be judged"), Filters(), READS),
    Preset("mine", N_("In my hands"), Filters(state=None, assigned=ME), frozenset({R.INSPECTOR})),
    Preset("unclaimed", N_("In nobody's hands"), Filters(assigned=NOBODY), DECIDES),
    Preset("unread", N_("Unread"), Filters(unread=True), DECIDES),
    Preset("key", N_("Key reports to judge"), Filters(key=True), frozenset({R.LEADER, R.SUPERVISOR})),
    Preset("asked", N_("Reporter was asked"), Filters(state=ASKED), READS),
    Preset("late", N_("Late"), Filters(state=None, late=True), READS),
    Preset("every", N_("All"), Filters(state=None), READS, counted=False),
)


def presets(actor: Actor, inspection_id: int) -> list[Preset]:
    """The views of the roles this actor holds in an inspection."""
    held = {one.role for one in actor.appointments if one.inspection_id in {None, inspection_id}}
    return [one for one in PRESETS if one.roles & held]
