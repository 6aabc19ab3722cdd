"""Signatures under the steps of a ladder: what each binds, and the check of a signature file without any database.

A signature is a digest over its body: which step of which climb of which cycle, in what role by whom and for whom,
when, what was said and attached, the digest of the document that was shown, and the signature before it. Changing
anything that was signed breaks it, and every one that follows. What a file cannot show of itself, that its end was
cut off or that all of it was made anew, is shown by the ledger: each signature's digest stands in its entry.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.kernel import crypto

FORMAT = "hotline-signoff-1"
BEGINNING = "0" * 64
Document = Sequence[Sequence[str]]
"""What was shown to who signs, as printed: heading and text, line by line."""


@dataclass(frozen=True)
class Verdict:
    """How many signatures were found sound; `broken` says in a sentence where the first break is, "" for none."""

    signatures: int
    broken: str = ""
    ends: tuple[str, ...] = ()
    unbound: int = 0

    @property
    def sound(self) -> bool:
        return not self.broken


def document_digest(document: Document) -> str:
    return crypto.digest([list(line) for line in document])


def seal(body: Mapping[str, Any], document: Document) -> dict[str, Any]:
    """A signature as it is kept: its body (with the document's digest), the document, and the digest over the body."""
    whole = dict(body) | {"document": document_digest(document)}
    return {"body": whole, "document": [list(line) for line in document], "digest": crypto.digest(whole)}


def verify(content: Any) -> Verdict:
    """Check a signature file: every digest computed anew, every signature tied to the one before. Never raises."""
    try:
        return _verify(content)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        return Verdict(0, f"this is not a signature file ({type(error).__name__}: {error})")


def _verify(content: Any) -> Verdict:
    if content["format"] != FORMAT:
        return Verdict(0, f"this is not a signature file of the form {FORMAT}")
    sound, unbound, ends = 0, 0, list[str]()
    for climb in content["climbs"]:
        previous, signed = BEGINNING, set[int]()
        for step in climb["steps"]:
            where = f"climb {climb['climb']}, step {step['position']} ({step['step']})"
            if step["signature"] is None:
                unbound += 1
                continue
            problem = next(_problems(content, climb, step, previous, signed), "")
            if problem:
                return Verdict(sound, f"{where}: {problem}", tuple(ends), unbound)
            previous, sound = step["signature"]["digest"], sound + 1
            signed |= _people(step["signature"]["body"])
        if climb["end"] != previous:
            return Verdict(sound, f"climb {climb['climb']}: its last signature is missing", tuple(ends), unbound)
        ends.append(previous)
    return Verdict(sound, "", tuple(ends), unbound)


def _people(body: Mapping[str, Any]) -> set[int]:
    """Whoever signed, and whoever it was signed for."""
    return {one["id"] for one in (body["person"], body["for"]) if one}


def _problems(content: Any, climb: Any, step: Any, previous: str, signed: set[int]) -> Iterator[str]:
    """What is wrong with one signature, the first thing first."""
    signature, body = step["signature"], step["signature"]["body"]
    if body["document"] != document_digest(signature["document"]):
        yield "the document is not the one that was signed"
    if signature["digest"] != crypto.digest(body):
        yield "what was signed has been changed"
    if body["previous"] != previous:
        yield "it does not follow the signature before it"
    stands = {"case": content["case"], "cycle": content["cycle"], "climb": climb["climb"]}
    stands |= {"position": step["position"], "step": step["step"]}
    if any(body[name] != value for name, value in stands.items()):
        yield "it belongs to another step"
    if body["ladder"][step["position"] - 1] != step["step"]:
        yield "its ladder has another step in this place"
    if _people(body) & (signed | {body["submitted_by"]}):
        yield "the same person signed before, or submitted it"
