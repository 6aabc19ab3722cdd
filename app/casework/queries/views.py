"""The views somebody works from: what waits for them, state by state; and what goes wrong."""

from dataclasses import dataclass

from app.casework.duties import duties_of
from app.casework.queries.filters import Filters, Standing
from app.domain.people import Actor
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import CaseState
from app.kernel.errors import N_

WATCHED = (CaseState.DISPUTED, CaseState.RETURNED)
"""What goes against the flow is seen by everybody, whoever's turn it is."""


@dataclass(frozen=True)
class Preset:
    """`label` is a msgid or a term; `counted`: whether how many it holds is worth a look at the database."""

    code: str
    label: str | Term
    filters: Filters
    counted: bool = True


def presets(actor: Actor, inspection_id: int) -> list[Preset]:
    """What waits for this actor first; then what everybody watches, of what they may see."""
    duties = duties_of(actor, inspection_id)
    own = {duty.state for duty in duties}
    mine = [Preset("mine", N_("Waiting for me"), Filters(mine=True))] if len(duties) > 1 else []
    return [
        *mine,
        *(Preset(duty.code, duty.state, Filters(state=duty.state, mine=True)) for duty in duties),
        Preset("open", Standing.ONGOING, Filters()),
        Preset("late", N_("Late"), Filters(late=True)),
        *(Preset(str(state), state, Filters(state=state)) for state in WATCHED if state not in own),
        Preset("every", Standing.EVERY, Filters(state=Standing.EVERY), counted=False),
    ]
