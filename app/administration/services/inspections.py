"""Inspections and everything that differs between rounds. A cycle that climbs keeps the ladder it began with."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, time
from string import Formatter

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.administration.commands import InspectionWords
from app.administration.services import administering, changed_fields, refuse
from app.db import transaction
from app.domain import catalogue, ladder
from app.domain.doings import Doing, write_down
from app.domain.inspection import Inspection, InspectionSettings
from app.domain.ladder import Rung
from app.domain.people import Actor
from app.domain.region import Region
from app.kernel.errors import N_, NotFound

CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
WIDE = re.compile(r"\d{3}")
PARTS = frozenset({"channel", "round", "area", "received", "serial"})
TELL_APART = frozenset({"channel", "received", "serial"})
"""A serial runs per channel and day: a number without these would be given twice."""
SAMPLE_DAYS = (date(2024, 3, 15), date(2023, 3, 14), date(2024, 2, 15))
LONGEST_NUMBER = 40


def create_inspection(actor: Actor, words: InspectionWords) -> int:
    """Add an inspection. Raises Refused naming the field that cannot be."""
    _check(words)
    ladder.check(words.settings.ladder)
    with transaction() as session:
        role = administering(actor)
        if session.scalar(select(Inspection.id).where(Inspection.code == words.code)):
            refuse("code", N_("Another inspection has this code."))
        _check_region(session, words.region_code)
        inspection = Inspection(**_said(words), code=words.code, kept_settings=words.settings.keep())
        session.add(inspection)
        session.flush()
        write_down(session, actor, role, Doing.ADD_INSPECTION, "inspection", inspection.id)
        return inspection.id


def change_inspection(actor: Actor, inspection_id: int, words: InspectionWords) -> None:
    """Change an inspection's dates and settings; its code stays. Raises Refused, NotFound."""
    _check(words)
    with transaction() as session:
        administering(actor)
        inspection = _inspection(session, inspection_id)
        _check_region(session, words.region_code)
        fields = changed_fields(inspection, _said(words))
        fields += _change_settings(inspection, words.settings)
        if fields:
            _note(session, actor, inspection, fields)


def change_texts(actor: Actor, inspection_id: int, language: str, texts: Mapping[str, str]) -> None:
    """Replace the notice page's texts in one language; an empty text is left out. Raises NotFound."""
    with transaction() as session:
        administering(actor)
        inspection = _inspection(session, inspection_id)
        before = inspection.settings
        every = dict(before.texts) | {language: {name: text for name, text in texts.items() if text}}
        if _change_settings(inspection, replace(before, texts=every)):
            _note(session, actor, inspection, [f"texts.{language}"])


def change_ladder(actor: Actor, inspection_id: int, rungs: Sequence[Rung]) -> None:
    """Compose the ladder that cycles begin with from now on; those that have begun keep theirs.

    Raises Refused, naming what cannot be climbed (app/domain/ladder.py), and NotFound.
    """
    ladder.check(rungs)
    with transaction() as session:
        administering(actor)
        inspection = _inspection(session, inspection_id)
        if _change_settings(inspection, replace(inspection.settings, ladder=tuple(rungs))):
            _note(session, actor, inspection, ["ladder"])


def _note(session: Session, actor: Actor, inspection: Inspection, fields: list[str]) -> None:
    role = administering(actor)
    write_down(session, actor, role, Doing.CHANGE_INSPECTION, "inspection", inspection.id, facts={"fields": fields})


def _said(words: InspectionWords) -> dict[str, object]:
    return {name: getattr(words, name) for name in ("round", "team", "region_code", "starts_on", "ends_on")}


def _change_settings(inspection: Inspection, settings: InspectionSettings) -> list[str]:
    before, after = asdict(inspection.settings), asdict(settings)
    fields = [name for name in after if before[name] != after[name]]
    if fields:
        inspection.kept_settings = dict(inspection.kept_settings) | settings.keep()
    return fields


def _check(words: InspectionWords) -> None:
    if not CODE.fullmatch(words.code):
        refuse("code", N_("Please use 2 to 40 small letters, digits or dashes."))
    if words.ends_on < words.starts_on:
        refuse("ends_on", N_("The last day cannot be before the first."))
    settings = words.settings
    if time.fromisoformat(settings.closes) <= time.fromisoformat(settings.opens):
        refuse("closes", N_("The telephone cannot close before it opens."))
    if not settings.types or not set(settings.types) <= set(catalogue.types()):
        refuse("types", N_("Please choose at least one pollution type."))
    check_pattern(settings)


def check_pattern(settings: InspectionSettings) -> None:
    """A number must tell channel, day and serial apart, and be made of the known parts. Raises Refused."""
    try:
        names = {name for _, name, _, _ in Formatter().parse(settings.number_pattern) if name is not None}
        sound = names <= PARTS and not WIDE.search(settings.number_pattern)
        tries = {_try_number(settings, day) for day in SAMPLE_DAYS} if sound else set()
    except (ValueError, LookupError):
        names, tries = set(), set()
    if not names >= TELL_APART or len(tries) < len(SAMPLE_DAYS) or any(len(one) > LONGEST_NUMBER for one in tries):
        refuse("number_pattern", N_("It needs {channel}, {received:…} and {serial:…}; {round} and {area} may be used."))


def _try_number(settings: InspectionSettings, day: date) -> str:
    return settings.number_pattern.format(
        channel="D", round=settings.round_code, area=settings.area_code, received=day, serial=1
    )


def _check_region(session: Session, code: str) -> None:
    if session.get(Region, code) is None:
        raise NotFound


def _inspection(session: Session, inspection_id: int) -> Inspection:
    found = session.scalar(select(Inspection).where(Inspection.id == inspection_id).with_for_update(of=Inspection))
    if found is None:
        raise NotFound
    return found
