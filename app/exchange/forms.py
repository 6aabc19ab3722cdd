"""What another system may write: GeoReport's parameters, read into commands; each refusal is a sentence."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from hashlib import sha256

from werkzeug.datastructures import FileStorage, MultiDict

from app.domain.evidence.resting import SentFile
from app.exchange.commands import ServiceRequest, Wanted
from app.kernel import clock, crypto, text
from app.kernel.errors import N_, Refused

MOST_ROWS = 1000
LONGEST_WORDS, LONGEST_PLACE = 20_000, 500
MEDIA_MOST = 9
ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,60})\](?:\[\])?")
MOMENT = re.compile(
    r"((?:19|20)\d\d-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d(?:\.\d{1,6})?)?(Z|[+-](?:0\d|1[0-3]):?[0-5]\d)?)?", re.ASCII
)
NUMBER = re.compile(r"[+-]?\d{1,3}(?:\.\d{0,30})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
ATTEMPT = re.compile(r"[!-~]{16,200}")
STATUSES = {"open": False, "closed": True}
COUNT = re.compile(r"[1-9][0-9]*", re.ASCII)
EAST, NORTH = 180, 90
PIECE = 1024 * 1024


Said = MultiDict[str, str]
"""Parameters as they were sent, several of one name allowed."""


def wanted(args: Said) -> Wanted:
    """Raises Refused for dates, numbers and states that are none."""
    states = {_state(word) for one in args.getlist("status") for word in one.split(",") if word}
    return Wanted(
        numbers=listed(args, "service_request_id")[:MOST_ROWS],
        services=listed(args, "service_code"),
        since=_moment(once(args, "start_date"), "start_date"),
        until=_moment(once(args, "end_date"), "end_date"),
        closed=states.pop() if len(states) == 1 else None,
        page=_count(once(args, "page"), "page", 1_000_000) or 1,
        size=_count(once(args, "page_size"), "page_size", MOST_ROWS) or MOST_ROWS,
    )


def stated(said: Said, attempt: str, files: Sequence[FileStorage] = ()) -> ServiceRequest:
    """A report. Raises Refused, naming what is missing or wrong; device_id and account_id are not looked at."""
    place, address_id, point = line(said, "address_string"), line(said, "address_id"), _point(said)
    if not (place or address_id or point):
        raise Refused(N_("A place is needed: lat and long, address_string or address_id."))
    if len(said.get("address_string", "")) > LONGEST_PLACE:
        raise Refused(N_("address_string is too long."))
    words = _words(said)
    if not line(said, "service_code"):
        raise Refused(N_("service_code was not given."))
    return ServiceRequest(
        jurisdiction=line(said, "jurisdiction_id"),
        service=line(said, "service_code"),
        description=words,
        place=place,
        address_id=address_id,
        point=point,
        answers=_answers(said),
        name=_name(said),
        phone=line(said, "phone"),
        email=line(said, "email"),
        api_key=line(said, "api_key"),
        attempt=_attempt(said, attempt, files),
        files=tuple(SentFile(one.filename or "", stream=one.stream) for one in files),
    )


def line(said: Said, name: str) -> str:
    """One parameter, tidied; an empty one is none (GeoReport: Optional Arguments)."""
    return text.one_line(said.get(name, ""))


def once(said: Said, name: str) -> str:
    """One parameter of which two would contradict each other, as it was written: what programs read is not tidied."""
    if len(said.getlist(name)) > 1:
        raise Refused(N_("%(name)s was given more than once."), name=name)
    return said.get(name, "")


def listed(said: Said, name: str) -> tuple[str, ...]:
    """A parameter that may come several times and hold commas."""
    every = (part for one in said.getlist(name) for part in one.split(","))
    return tuple(dict.fromkeys(part for part in map(text.one_line, every) if part))


def _words(said: Said) -> str:
    words = text.tidy(said.get("description", ""))
    if not words:
        raise Refused(N_("description was not given: please say what happens, where, and who causes it."))
    if len(said.get("description", "")) > LONGEST_WORDS:
        raise Refused(N_("description is too long."))
    media = [one for one in map(text.one_line, said.getlist("media_url")) if one.startswith(("http://", "https://"))]
    return "\n".join([words, *media[:MEDIA_MOST]])  # kept as words: nothing is ever fetched from there


def _answers(said: Said) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for key in dict.fromkeys(said.keys()):
        named = ATTRIBUTE.fullmatch(key)
        told = "、".join(one for one in map(text.one_line, said.getlist(key)) if one)
        if named and told:
            found[named[1]] = told
    return found


def _name(said: Said) -> str:
    first, last = line(said, "first_name"), line(said, "last_name")
    latin = f"{first}{last}".isascii()
    return " ".join(filter(None, (first, last))) if latin else last + first


def _attempt(said: Said, given: str, files: Sequence[FileStorage]) -> str:
    """What makes two requests the same: all that was sent, and the key its sender gave this attempt."""
    if given and not ATTEMPT.fullmatch(given):
        raise Refused(N_("Idempotency-Key must have 16 to 200 visible ASCII characters."))
    sent = sorted((key, said.getlist(key)) for key in dict.fromkeys(said.keys()))
    return crypto.digest([given, sent, *map(_mark, files)])


def _mark(file: FileStorage) -> str:
    found = sha256()
    while piece := file.stream.read(PIECE):
        found.update(piece)
    file.stream.seek(0)
    return found.hexdigest()


def _point(said: Said) -> tuple[float, float] | None:
    latitude, longitude = once(said, "lat"), once(said, "long")
    if not latitude and not longitude:
        return None
    if not (NUMBER.fullmatch(latitude) and NUMBER.fullmatch(longitude)):
        raise Refused(N_("lat and long must both be given, as degrees (WGS84)."))
    point = float(latitude), float(longitude)
    if abs(point[0]) > NORTH or abs(point[1]) > EAST:
        raise Refused(N_("lat and long must both be given, as degrees (WGS84)."))
    return point


def _state(word: str) -> bool:
    if word not in STATUSES:
        raise Refused(N_("status must be open or closed."))
    return STATUSES[word]


def _count(written: str, name: str, most: int) -> int:
    if not written:
        return 0
    if not COUNT.fullmatch(written) or len(written) > len(str(most)) or int(written) > most:
        raise Refused(N_("%(name)s must be a whole number from 1 to %(most)s."), name=name, most=most)
    return int(written)


def _moment(written: str, name: str) -> datetime | None:
    """A W3C date or moment; without a zone it is the office's. A + that came as a space is forgiven."""
    if not written:
        return None
    found = MOMENT.fullmatch(written.replace(" ", "+"))
    wrong = Refused(N_("%(name)s must be a W3C date, such as 2024-03-15T00:00:00+08:00."), name=name)
    if found is None:
        raise wrong
    day, hour, second, zone = found.groups()
    try:
        if hour is None:
            return clock.at_local(date.fromisoformat(day), time.min)
        seen = datetime.fromisoformat(f"{day}T{hour}{second or ''}{zone or ''}")
        return seen.astimezone(clock.OFFICE_ZONE) if zone else seen.replace(tzinfo=clock.OFFICE_ZONE)
    except (ValueError, OverflowError) as error:
        raise wrong from error
