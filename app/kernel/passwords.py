"""Passwords: argon2id at a cost chosen by measurement (19 MiB, two passes), a few at a time (docs: trust, Web)."""

import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
AT_ONCE = BoundedSemaphore(2)
"""A flood of sign-ins waits here; it must not take the memory and the cores of everybody's pages."""

UNSET = "unset"
"""Kept in place of a hash for an account that nobody can sign in to yet."""

READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 4
NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGtub3dzIGl0$w0RRwnSeiMnBk0YlUqOMrzGLz1kTzUIuLfhB5o6i5cE"
"""Compared against when there is no such account: an unknown name costs what a wrong password costs."""


def hash_password(text: str) -> str:
    """What is kept of a password: argon2id with a salt of its own."""
    with AT_ONCE:
        return HASHER.hash(text)


def fits(kept: str | None, typed: str) -> bool:
    """Whether a typed password fits. Without an account (None) the same work is done, and the answer is no."""
    with AT_ONCE:
        try:
            HASHER.verify(NOBODYS if kept in (None, UNSET) else str(kept), typed)
        except (VerificationError, InvalidHashError):
            return False
    return kept not in (None, UNSET)


def one_time_password() -> str:
    """A random password that can be read out over the telephone: about 79 bits, without look-alikes."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(GROUP)) for _ in range(GROUPS))
