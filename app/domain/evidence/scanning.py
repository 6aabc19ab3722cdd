"""Asking ClamAV about a file: INSTREAM over clamd's socket. Without a scanner set up, nothing is asked."""

import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

PIECE = 256 * 1024
AT_ONCE, LATER = 5.0, 120.0
"""Seconds the scanner may take for each answer: while a sender waits, and when nobody does."""
LONGEST_ANSWER = 4096


class Finding(Enum):
    UNASKED = "no scanner is set up"
    CLEAN = "nothing was found"
    FOUND = "something was found"
    AWAY = "the scanner did not answer, or could not look at this file"


@dataclass(frozen=True)
class Verdict:
    """`called`: what the scanner calls what it found."""

    finding: Finding
    called: str = ""

    @property
    def passes(self) -> bool:
        return self.finding in {Finding.UNASKED, Finding.CLEAN}


def scan(clamd: str, content: Iterable[bytes], patience: float = AT_ONCE) -> Verdict:
    """What the scanner at `unix:/path` or `host:port` says. Never raises: no answer is an answer too."""
    if not clamd:
        return Verdict(Finding.UNASKED)
    try:
        with _connected(clamd, patience) as line:
            return _read(_told(line, content))
    except (OSError, ValueError):
        return Verdict(Finding.AWAY)


def _connected(clamd: str, patience: float) -> socket.socket:
    if clamd.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(patience)
        try:
            line.connect(clamd.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    host, _, port = clamd.removeprefix("tcp:").rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=patience)


def _told(line: socket.socket, content: Iterable[bytes]) -> bytes:
    """Send the file; a scanner that has heard enough (its StreamMaxLength) closes, and has answered before."""
    with suppress(BrokenPipeError, ConnectionResetError):
        line.sendall(b"zINSTREAM\0")
        for part in content:
            for start in range(0, len(part), PIECE):
                piece = part[start : start + PIECE]
                line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
    answer = b""
    while len(answer) < LONGEST_ANSWER and (more := line.recv(LONGEST_ANSWER)):
        answer += more
        if answer.endswith(b"\0"):
            break
    return answer


def _read(answer: bytes) -> Verdict:
    told = answer.decode("utf-8", "replace").strip("\0\n ").removeprefix("stream: ")
    if told == "OK":
        return Verdict(Finding.CLEAN)
    if told.endswith(" FOUND"):
        return Verdict(Finding.FOUND, told.removesuffix(" FOUND")[:200])
    return Verdict(Finding.AWAY)
