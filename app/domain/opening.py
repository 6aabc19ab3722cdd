"""Opening a sealed identity: the only module that holds a private key, for as long as one call takes."""

import json

from app.domain.reporter import Identity, Reporter
from app.kernel import crypto
from app.kernel.errors import N_, Refused


def opener(locked_key: bytes, passphrase: str) -> crypto.Opener:
    """The private key, unlocked. Raises Refused when the passphrase is wrong."""
    try:
        return crypto.Opener(locked_key, passphrase)
    except crypto.WrongPassphrase as error:
        sentence = N_("This passphrase does not open the vault.")
        raise Refused(sentence, fields={"passphrase": sentence}) from error


def open_identity(key: crypto.Opener, identity: Identity) -> Reporter:
    """What the reporter said of themselves. The caller has committed the ledger entry before (docs: trust, Vault)."""
    return Reporter(**json.loads(key.open(identity.sealed)))


def open_file(key: crypto.Opener, sealed: bytes) -> bytes:
    """An original as it was received, for whoever may open it."""
    return key.open(sealed)
