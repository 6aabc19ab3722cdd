"""Reading content/*.toml into the script's frozen words. A key that nobody reads is an error."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from app.demo.script import (
    Afterwards,
    Asked,
    Climb,
    Cycle,
    Dispute,
    Finding,
    Later,
    Measure,
    Objection,
    Outcome,
    Part,
    Promise,
    Reply,
    Report,
    Signed,
    Someone,
    Stay,
    Unit,
    When,
)
from app.domain.case import Completion, Verdict
from app.domain.rectification import Progress
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import StepKind

FOLDER = Path(__file__).parent / "content"
Kind = TypeVar("Kind", bound=Term)


@cache
def stays() -> tuple[Stay, ...]:
    return tuple(Stay.of(raw) for raw in _read("inspections")["inspection"])


@cache
def units() -> tuple[Unit, ...]:
    """Parents come before their children."""
    return tuple(Unit.of(raw) for raw in _read("units")["unit"])


@cache
def people() -> tuple[Someone, ...]:
    return tuple(Someone.of(raw) for raw in _read("people")["person"])


@cache
def reports(stay: str) -> tuple[Report, ...]:
    """The reports of an inspection, by its code: zhuzhou-demo or zhuzhou-past."""
    return tuple(_report(raw) for raw in _read(f"reports_{stay.removeprefix('zhuzhou-')}")["report"])


@cache
def afterwards() -> Afterwards:
    raw = _read("afterwards")
    return Afterwards(
        ratings=tuple(_later(one) for one in raw["rating"]),
        additions=tuple(_later(one) for one in raw["addition"]),
        acknowledgements=tuple(_later(one) for one in raw["acknowledgement"]),
        report_pictures={one["report"]: tuple(one["scenes"]) for one in raw["pictures"]},
        reply_pictures={one["report"]: one["scene"] for one in raw["before_and_after"]},
        points={one["report"]: (one["point"][0], one["point"][1]) for one in raw["place"]},
        examples=tuple(raw["examples"]),
        sign_ins=tuple(raw["sign_ins"]),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _report(raw: dict[str, Any]) -> Report:
    rest = {key: value for key, value in raw.items() if key not in {"day", "time", "case"}}
    return Report.of(
        rest,
        when=_when(raw["day"], raw["time"]),
        outcome=_outcome(raw["outcome"]),
        parts=tuple(_part(one) for one in raw.get("case", [])),
    )


def _outcome(raw: dict[str, Any]) -> Outcome:
    given = dict(raw)
    made: dict[str, Any] = {}
    if given["kind"] == "ask":
        made["asked"] = _asked(given, "answered_day", "answered_time")
        given = {"kind": "ask"}
    elif "asked" in given:
        made["asked"] = _asked(given.pop("asked"), "day", "time")
    if given["kind"] == "withdrawn":
        made["withdrawn"] = _when(given.pop("withdrawn_day"), given.pop("withdrawn_time"))
    made["referral_class"] = given.pop("class", "")
    return Outcome.of(given, **made)


def _asked(raw: Mapping[str, Any], day: str, hour: str) -> Asked:
    answered = _when(raw[day], raw[hour]) if day in raw else None
    return Asked(raw["question"], raw["answer"], answered, raw.get("number_asked", False))


def _part(raw: dict[str, Any]) -> Part:
    made: dict[str, Any] = {
        "reply": _reply(raw["reply"]) if "reply" in raw else None,
        "rectification": _cycle(raw["rectification"]) if "rectification" in raw else None,
        "dispute": Dispute.of(raw["dispute"]) if "dispute" in raw else None,
    }
    return Part.of(raw, **made)


def _reply(raw: dict[str, Any]) -> Reply:
    return Reply.of(
        raw,
        verdict=_term(Verdict, raw["verdict"]),
        completion=_term(Completion, raw["completion"]),
        findings=tuple(Finding(one["point"], _term(Verdict, one["verdict"]), one["text"]) for one in raw["findings"]),
        measures=tuple(Promise(**one) for one in raw["measures"]),
    )


def _cycle(raw: dict[str, Any]) -> Cycle:
    rest = {key: value for key, value in raw.items() if key != "notice"}
    made: dict[str, Any] = {
        "measures": tuple(Measure.of(m, progress=_term(Progress, m["progress"])) for m in raw["measures"]),
        "passed": tuple(_signed(raw.get("passed", []))),
        "submitted": Signed(StepKind.SELF_CHECK, **raw["submitted"]) if "submitted" in raw else None,
        "notice_day": raw.get("notice", {}).get("day", 0),
        "objection": Objection.of(raw["objection"]) if "objection" in raw else None,
        "next": _cycle(raw["next"]) if "next" in raw else None,
    }
    if "earlier_climb" in raw:
        climb, refused = raw["earlier_climb"], raw["earlier_climb"]["refused"]
        said = Signed(StepKind(refused["step"]), refused["day"], refused["reason"])
        made["earlier_climb"] = Climb(tuple(_signed(climb["passed"])), said)
    return Cycle.of(rest, **made)


def _signed(raw: list[dict[str, Any]]) -> Iterator[Signed]:
    return (Signed(StepKind(one["step"]), one["day"], one["words"]) for one in raw)


def _later(raw: dict[str, Any]) -> Later:
    rest = {key: value for key, value in raw.items() if key not in {"day", "time"}}
    return Later.of(rest, when=_when(raw["day"], raw["time"]))


def _when(day: int, hour: str) -> When:
    return When(day, time.fromisoformat(hour))


def _term(kind: type[Kind], printed: str) -> Kind:
    """The term that is printed like this, e.g. 属实."""
    return next(term for term in kind if term.zh == printed)
