"""Seals, keyed hashes, query codes: every use of a cipher stands behind this one interface."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import IO, Any

from nacl import bindings, pwhash, secret, utils
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

# Crockford's base 32 without letters that are read as digits; the check character is a sum modulo 32.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
CODE_LENGTH = 24  # 24 × 5 = 120 random bits (docs: trust, receipt code ≥ 112)
BLIND_BITS = 13
STREAM_MARK = b"hotline-stream-1"  # a sealed box begins with 32 random bytes: the two are never taken for each other
LENGTH_BYTES = 4
LARGEST_PIECE = 16 * 1024 * 1024


def canonical(value: Any) -> bytes:
    """Canonical JSON: sorted keys, no spaces, UTF-8; the same value always gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: Any) -> str:
    """SHA-256 over the canonical JSON of a value, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def keyed_digest(key: bytes, text: str) -> str:
    """HMAC-SHA-256 in hex: equal texts give equal marks, and the mark cannot be guessed without the key."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two marks are equal, in a time that does not tell how far."""
    return hmac.compare_digest(one.encode(), other.encode())


def blind_index(key: bytes, text: str) -> int:
    """A truncated keyed hash: finds candidates, proves nothing (many numbers share each value)."""
    return int(keyed_digest(key, text)[:8], 16) % (1 << BLIND_BITS)


def derive(master: str, purpose: str) -> bytes:
    """A key of its own for each purpose, from the installation's secret."""
    return hmac.new(master.encode(), purpose.encode(), hashlib.sha256).digest()


def _check_character(body: str) -> str:
    total = sum((place + 1) * ALPHABET.index(letter) for place, letter in enumerate(body))
    return ALPHABET[total % len(ALPHABET)]


def query_code_from(key: bytes, secret_text: str) -> str:
    """The query code that belongs to a random text: the same text gives the same code, and only with the key.

    In groups of five, with its check character: 0KB7Q-…
    """
    number = int(keyed_digest(key, f"query code {secret_text}"), 16)
    body = "".join(ALPHABET[(number >> (5 * place)) % len(ALPHABET)] for place in range(CODE_LENGTH))
    return grouped(body + _check_character(body))


def random_token() -> str:
    """A fresh random text of 160 bits, in hex: keys of forms, names of files."""
    return secrets.token_hex(20)


def grouped(code: str) -> str:
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))


def read_query_code(typed: str) -> str | None:
    """The code as stored, from what a person typed (case, spaces, dashes, O for 0 forgiven); None if it is none."""
    code = "".join(typed.upper().translate(LOOKALIKES).split()).replace("-", "")
    if len(code) != CODE_LENGTH + 1 or any(letter not in ALPHABET for letter in code):
        return None
    return code if _check_character(code[:-1]) == code[-1] else None


def seal(public_key: bytes, plain: bytes) -> bytes:
    """Seal to a public key: whoever seals cannot open."""
    return SealedBox(PublicKey(public_key)).encrypt(plain)


def seal_stream(public_key: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Seal what is too large to hold in memory, piece by piece (secretstream, its key in a sealed box).

    A piece that is left out, changed or in another place, or an end that is missing, is noticed on opening.
    """
    key = bindings.crypto_secretstream_xchacha20poly1305_keygen()
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    header = bindings.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    yield STREAM_MARK + seal(public_key, key) + header
    for piece in pieces:
        yield _pushed(state, piece, bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE)
    yield _pushed(state, b"", bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL)


def _pushed(state: Any, piece: bytes, tag: int) -> bytes:
    sealed = bytes(bindings.crypto_secretstream_xchacha20poly1305_push(state, piece, tag=tag))
    return len(sealed).to_bytes(LENGTH_BYTES, "big") + sealed


def _pulled(key: bytes, header: bytes, sealed: IO[bytes]) -> Iterator[bytes]:
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)
    while True:
        length = int.from_bytes(sealed.read(LENGTH_BYTES), "big")
        if not 0 < length <= LARGEST_PIECE:
            raise CryptoError("a sealed stream without its end")
        try:
            piece, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, sealed.read(length))
        except (RuntimeError, ValueError) as error:
            raise CryptoError("a sealed stream was changed") from error
        if tag == bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL:
            return
        yield bytes(piece)


def lock(key: bytes, plain: bytes) -> bytes:
    """Lock with a key of the house's own: whoever has the files and not the key reads nothing."""
    return bytes(secret.SecretBox(key).encrypt(plain))


def unlock(key: bytes, locked: bytes) -> bytes:
    return bytes(secret.SecretBox(key).decrypt(locked))


def unlocked(key: bytes, locked: bytes) -> bytes | None:
    """The same for what may have been locked with another key: None then, and for what was changed or cut off."""
    try:
        return unlock(key, locked)
    except (CryptoError, ValueError):
        return None


def new_key_pair(passphrase: str) -> tuple[bytes, bytes]:
    """(public key, private key locked by a passphrase): salt ‖ secretbox, argon2id moderate."""
    private = PrivateKey.generate()
    salt = utils.random(pwhash.argon2id.SALTBYTES)
    locked = secret.SecretBox(_stretch(passphrase, salt)).encrypt(bytes(private))
    return bytes(private.public_key), salt + locked


def _stretch(passphrase: str, salt: bytes) -> bytes:
    return pwhash.argon2id.kdf(
        secret.SecretBox.KEY_SIZE,
        passphrase.encode(),
        salt,
        opslimit=pwhash.argon2id.OPSLIMIT_MODERATE,
        memlimit=pwhash.argon2id.MEMLIMIT_INTERACTIVE,
    )


class WrongPassphrase(Exception):
    """The passphrase does not unlock the key."""


class Opener:
    """The private half: only app.domain.opening holds one, and only while a custodian's door is open."""

    def __init__(self, locked: bytes, passphrase: str) -> None:
        salt, box = locked[: pwhash.argon2id.SALTBYTES], locked[pwhash.argon2id.SALTBYTES :]
        try:
            self._private = PrivateKey(secret.SecretBox(_stretch(passphrase, salt)).decrypt(box))
        except CryptoError as error:
            raise WrongPassphrase from error

    def open(self, sealed: bytes) -> bytes:
        """Either form: a box sealed at once, or a stream."""
        if sealed.startswith(STREAM_MARK):
            return b"".join(self.open_stream(BytesIO(sealed)))
        return SealedBox(self._private).decrypt(sealed)

    def open_stream(self, sealed: IO[bytes]) -> Iterator[bytes]:
        """What was sealed piece by piece. Raises CryptoError where it was changed or cut off."""
        if sealed.read(len(STREAM_MARK)) != STREAM_MARK:
            raise CryptoError("not a sealed stream")
        boxed = bindings.crypto_secretstream_xchacha20poly1305_KEYBYTES + bindings.crypto_box_SEALBYTES
        key = SealedBox(self._private).decrypt(sealed.read(boxed))
        yield from _pulled(key, sealed.read(bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES), sealed)
