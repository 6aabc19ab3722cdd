"""The ladder 「销号流程」 as an inspection composes it: its steps in order, who signs each, on what, within how long.

Cities order the steps differently, so the order is data. A cycle climbs a copy: changing an inspection's ladder
touches nothing that has begun.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.domain.catalogue import seed
from app.domain.papers.paper import STEP_FORMS, PaperKind
from app.domain.workflow.rectification import signers
from app.domain.workflow.vocabulary import Role, StepKind
from app.kernel.errors import N_, Refused

MOST_DAYS, MOST_LINES, LONGEST_LINE = 365, 12, 60
USUAL: Mapping[StepKind, Role | None] = {
    StepKind.SELF_CHECK: Role.UNIT_LEADER,
    StepKind.COUNTY: Role.ACCEPTOR,
    StepKind.DEPARTMENT: Role.ACCEPTOR,
    StepKind.CITY: Role.ACCEPTOR,
    StepKind.NOTICE: Role.COORDINATOR,
    StepKind.SIGNATURE: Role.UNIT_LEADER,
    StepKind.SIGN_OFF: Role.LEADER,
    StepKind.FILING: None,
    StepKind.LOOK_BACK: Role.INSPECTOR,
}
"""Who signs a step where nobody has said otherwise; None: whoever the workflow's table lets."""


@dataclass(frozen=True)
class Rung:
    """One step. `role` None: any role the table lets sign it. `said` and `attached` name the evidence line by line:

    what must be answered in words, and what must be there as a file. `days`: working days from its turn on, 0 for
    none (a notice and a look-back then run as the inspection's settings say). `form`: the document printed of it.
    """

    kind: StepKind
    role: Role | None = None
    said: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    days: int = 0
    form: PaperKind | None = None

    @property
    def signers(self) -> frozenset[Role]:
        return signers(self.kind) if self.role is None else frozenset({self.role})

    def keep(self) -> dict[str, Any]:
        """As settings and cycles hold it."""
        lines = {"said": list(self.said), "attached": list(self.attached)}
        role, form = self.role and str(self.role), self.form and str(self.form)
        return {"kind": str(self.kind), "role": role, "days": self.days, "form": form} | lines

    @classmethod
    def read(cls, kept: Mapping[str, Any] | str) -> "Rung":
        """From what was kept; a bare kind stands for a step as it usually is."""
        if isinstance(kept, str):
            return usual(StepKind(kept))
        role, form = kept.get("role"), kept.get("form")
        return cls(
            StepKind(kept["kind"]),
            Role(role) if role else None,
            tuple(kept.get("said", ())),
            tuple(kept.get("attached", ())),
            int(kept.get("days", 0)),
            PaperKind(form) if form else None,
        )


def usual(kind: StepKind) -> Rung:
    """A step without evidence lines and without days, signed by whom it usually is."""
    return Rung(kind, USUAL[kind])


DEFAULT_LADDER = tuple(
    usual(kind)
    for kind in (
        StepKind.SELF_CHECK,
        StepKind.COUNTY,
        StepKind.CITY,
        StepKind.NOTICE,
        StepKind.SIGNATURE,
        StepKind.SIGN_OFF,
        StepKind.FILING,
        StepKind.LOOK_BACK,
    )
)
"""What an inspection has of whose ladder nothing was said."""


@dataclass(frozen=True)
class LadderTemplate:
    """A ladder as it is known from practice, to begin a composition with."""

    code: str
    zh: str
    en: str
    rungs: tuple[Rung, ...]


@cache
def templates() -> Mapping[str, LadderTemplate]:
    """Those shipped (app/domain/seeds/ladders.toml), by code."""
    return {
        raw["code"]: LadderTemplate(raw["code"], raw["zh"], raw["en"], tuple(Rung.read(one) for one in raw["step"]))
        for raw in seed("ladders")["ladder"]
    }


def read(kept: Iterable[Mapping[str, Any] | str]) -> tuple[Rung, ...]:
    return tuple(Rung.read(one) for one in kept)


def keep(rungs: Iterable[Rung]) -> list[dict[str, Any]]:
    return [rung.keep() for rung in rungs]


def check(rungs: Sequence[Rung]) -> None:
    """Raises Refused, in one sentence that names the step, for a ladder that cannot be climbed.

    Source: practice (办结 → 验收 → 公示 → 销号 → 备案 → 回头看), and the table that says who may sign what at all.
    """
    kinds = [rung.kind for rung in rungs]
    for problem, told in _order(kinds):
        if problem:
            raise Refused(told, fields={"ladder": told})
    for place, rung in enumerate(rungs, 1):
        _check_rung(place, rung)


def _order(kinds: list[StepKind]) -> list[tuple[bool, str]]:
    at = {kind: place for place, kind in enumerate(kinds)}
    off = at.get(StepKind.SIGN_OFF, len(kinds))

    def after(kind: StepKind) -> bool:
        return kind in at and at[kind] > off

    def before(kind: StepKind) -> bool:
        return kind in at and at[kind] < off

    accepting = (StepKind.SELF_CHECK, StepKind.COUNTY, StepKind.DEPARTMENT, StepKind.CITY)
    return [
        (len(at) != len(kinds), N_("A step can stand on the ladder only once.")),
        (StepKind.SIGN_OFF not in at, N_("A ladder needs its sign-off.")),
        (not any(before(kind) for kind in accepting), N_("Somebody must accept the work before the sign-off.")),
        (any(after(kind) for kind in accepting), N_("Self-check and acceptance come before the sign-off.")),
        (after(StepKind.NOTICE), N_("The public notice comes before the sign-off: afterwards nobody could object.")),
        (after(StepKind.SIGNATURE), N_("The leader's signature comes before the sign-off.")),
        (before(StepKind.FILING), N_("Only what has been signed off can be filed.")),
        (before(StepKind.LOOK_BACK), N_("The look-back comes after the sign-off.")),
        (StepKind.LOOK_BACK in at and kinds[-1] != StepKind.LOOK_BACK, N_("The look-back comes last.")),
    ]


def _check_rung(place: int, rung: Rung) -> None:
    def wrong(name: str, told: str) -> Refused:
        return Refused(told, fields={f"{name}_{place}": told})

    if rung.role is not None and rung.role not in signers(rung.kind):
        raise wrong("role", N_("This role cannot sign this step."))
    if not 0 <= rung.days <= MOST_DAYS:
        raise wrong("days", N_("Please give a number of days between 0 and 365."))
    if rung.form is not None and rung.form not in STEP_FORMS:
        raise wrong("form", N_("There is no such printed form for a step."))
    for name in ("said", "attached"):
        lines = getattr(rung, name)
        if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
            raise wrong(name, N_("At most 12 lines, each of at most 60 characters."))
    both = (*rung.said, *rung.attached)
    if len(set(both)) != len(both):
        raise wrong("said", N_("Each line of evidence needs a name of its own."))
