"""What stands for each parameter of an address: own records, foreign ones, missing ones. A new name must be added here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from werkzeug.routing import AnyConverter, Rule

from app.db import session
from app.domain.case import Case
from app.domain.people import PersonRole
from app.domain.workflow.vocabulary import CaseAction, RectificationAction, ReportAction
from tests.support.cast import Cast
from tests.support.world import Place

NUMBER, NAME = 10**6, "no-such-thing"
OF_TIANYUAN = {"officer", "sub_officer", "unit_leader", "acceptor"}
LOCALITY = OF_TIANYUAN | {"coordinator", "other_officer", "city_leader", "city_acceptor"}
ACTIONS = {"casework": CaseAction, "triage": ReportAction, "rectification": RectificationAction}


@dataclass(frozen=True)
class Values:
    """`own`: the first fits the other parameters' firsts. `foreign`: never to be told from `missing`, by any login;

    `hidden`: by these logins. Empty where nothing is foreign (an administrator's records belong to no inspection).
    """

    own: list[Any]
    missing: Any = NUMBER
    foreign: list[Any] = field(default_factory=list)
    hidden: dict[str, list[Any]] = field(default_factory=dict)

    def foreign_to(self, login: str) -> list[Any]:
        return self.foreign + self.hidden.get(login, [])


@dataclass(frozen=True)
class World:
    """Our furnished inspection and somebody else's."""

    cast: Cast
    ours: Place
    theirs: Place


def first(values: dict[str, Any], state: str) -> list[Any]:
    """Every value, the one in this state first."""
    return [values[state], *(value for name, value in values.items() if name != state)]


def hidden_cases(world: World) -> dict[str, list[Any]]:
    early = [world.ours.cases["prepared"], world.ours.cases["batched"]]
    return {login: early + ([world.ours.case_elsewhere] if login in OF_TIANYUAN else []) for login in LOCALITY}


def cycle(world: World, names: set[str]) -> Values:
    state = "rectifying" if "measure" in names else "climbing"
    hidden = {login: [world.ours.cycle_elsewhere] for login in OF_TIANYUAN}
    return Values(first(world.ours.cycles, state), NUMBER, list(world.theirs.cycles.values()), hidden)


def reports(world: World) -> Values:
    every = first(world.ours.reports, "registered")
    return Values(every, NUMBER, list(world.theirs.reports.values())[:2], {"clerk2": every[:2]})


def token(world: World, endpoint: str) -> Values:
    if endpoint == "desk.draft_file":
        return Values([world.ours.tokens["draft"]], "0" * 40, [world.theirs.tokens["draft"]])
    if endpoint == "triage.spot_picture":
        return Values([world.ours.tokens["spot_visit"]], "0" * 40, [world.theirs.tokens["spot_visit"]])
    noun = {"desk": "report", "triage": "report", "tracking": "report", "casework": "reply"}.get(
        endpoint.split(".", maxsplit=1)[0], "rectification"
    )
    return Values([world.ours.tokens[noun]], "0" * 40, [world.theirs.tokens[noun]])


def appointment(world: World) -> Values:
    person = world.cast.people["clerk"]
    return Values([session().query(PersonRole.id).filter_by(person_id=person).scalar()])


BY_NAME: dict[str, Callable[[World, str, set[str]], Values]] = {
    "report_id": lambda w, _e, _n: reports(w),
    "case_id": lambda w, _e, _n: Values(
        first(w.ours.cases, "investigating"), NUMBER, list(w.theirs.cases.values())[:3], hidden_cases(w)
    ),
    "batch_id": lambda w, _e, _n: Values(
        first(w.ours.batches, "signed"),
        NUMBER,
        list(w.theirs.batches.values()),
        {"coordinator": [w.ours.batches["closed"]]},
    ),
    "cycle": lambda w, _e, names: cycle(w, names),
    "measure": lambda w, _e, _n: Values([w.ours.measure], NUMBER, [w.theirs.measure]),
    "objection": lambda w, _e, _n: Values([w.ours.objection], NUMBER, [w.theirs.objection]),
    "notice": lambda w, _e, _n: Values([w.ours.notice, w.theirs.notice]),
    "opening_id": lambda w, _e, _n: Values(first(w.ours.openings, "asked"), NUMBER, list(w.theirs.openings.values())),
    "ring_up_id": lambda w, _e, _n: Values([w.ours.ring_up, w.ours.call_back], NUMBER, [w.theirs.ring_up]),
    "sheet_id": lambda w, _e, _n: Values(
        first(w.ours.sheets, "checked"),
        NUMBER,
        list(w.theirs.sheets.values()),
        {"clerk2": list(w.ours.sheets.values())},
    ),
    "draft_id": lambda w, _e, _n: Values([w.ours.draft], NUMBER, [w.theirs.draft], {"clerk2": [w.ours.draft]}),
    "alarm_id": lambda w, _e, _n: Values([w.ours.alarm], NUMBER, [w.theirs.alarm]),
    "list_id": lambda w, _e, _n: Values([w.ours.spot_list], NUMBER, [w.theirs.spot_list]),
    "line_id": lambda w, _e, _n: Values([w.ours.spot_line], NUMBER, [w.theirs.spot_line]),
    "message_id": lambda w, _e, _n: Values(
        [w.ours.message],
        NUMBER,
        [w.theirs.message],
        {login: [w.ours.message] for login in w.cast.people if login != "officer"},
    ),
    "deputy_id": lambda w, _e, _n: Values(
        [w.ours.deputy],
        NUMBER,
        [w.theirs.deputy],
        {login: [w.ours.deputy] for login in w.cast.people if login != "unit_leader"},
    ),
    "climb": lambda _w, _e, _n: Values([1], NUMBER),
    "position": lambda _w, _e, _n: Values([1, 2], NUMBER),
    "hook_id": lambda w, _e, _n: Values([w.ours.hook]),
    "delivery_id": lambda w, _e, _n: Values([w.ours.delivery]),
    "event": lambda _w, _e, _n: Values(["case.assign", "batch.hand_over", "report.unanswered"], NAME),
    "upload": lambda _w, _e, _n: Values(["0" * 40], "1" * 40),
    "token": lambda w, endpoint, _n: token(w, endpoint),
    "person_id": lambda w, _e, _n: Values([w.cast.people["clerk"]]),
    "appointment_id": lambda w, _e, _n: appointment(w),
    "unit_id": lambda w, _e, _n: Values([w.cast.units["lusong"]]),
    "inspection_id": lambda w, _e, _n: Values([w.cast.ours, w.cast.theirs]),
    "year": lambda _w, _e, _n: Values([2026, 2031], 2050),
    "text": lambda _w, _e, _n: Values(["2026-10-01"], NAME),
    "code": lambda _w, _e, _n: Values(["zh", "en"], NAME),
    "locality": lambda _w, _e, _n: Values(["430200"], NAME),
    "kind": lambda _w, _e, _n: Values(["call", "letter", "visit"], NAME),
    "name": lambda _w, _e, _n: Values(["handover", "totals"], NAME),
    "number": lambda w, _e, _n: Values([session().get_one(Case, w.ours.cases["published"]).number], NAME),
    "rule": lambda _w, _e, _n: Values(["fumes", "labour"], NAME),
    "label": lambda _w, _e, _n: Values(["2", "3"], NAME),
    "service_code": lambda _w, _e, _n: Values(["air", "noise"], NAME),
    "service_request_id": lambda w, _e, _n: Values(
        [session().get_one(Case, w.ours.cases["published"]).number],
        NAME,
        [session().get_one(Case, w.ours.cases["passed"]).number],
    ),
    "view_id": lambda _w, _e, _n: Values([NUMBER], NUMBER),
    "token_id": lambda _w, _e, _n: Values([NAME], NAME),
    "action": lambda _w, endpoint, _n: Values([str(action) for action in ACTIONS[endpoint.split(".")[0]]], NAME),
}
"""Parameter → its values, given the world, the view's endpoint and the names of all its parameters."""


def values_of(world: World, rule: Rule) -> dict[str, Values]:
    """The values of every parameter of an address. Raises KeyError, naming the parameter nobody has described."""
    found = {}
    for name in sorted(rule.arguments):
        converter = rule._converters[name]
        if isinstance(converter, AnyConverter):
            found[name] = Values(sorted(converter.items), NAME)
        else:
            found[name] = BY_NAME[name](world, rule.endpoint, set(rule.arguments))
    return found


def own_ways(values: dict[str, Values]) -> Iterator[dict[str, Any]]:
    """Each parameter through all its own values, the others at their first."""
    base = {name: one.own[0] for name, one in values.items()}
    yield base
    for name, one in values.items():
        yield from ({**base, name: value} for value in one.own[1:])


def foreign_ways(values: dict[str, Values], login: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """(with a foreign record, with a missing one): pairs that must look alike."""
    base = {name: one.own[0] for name, one in values.items()}
    for name, one in values.items():
        for value in one.foreign_to(login):
            yield {**base, name: value}, {**base, name: one.missing}
