"""What an installation has besides its database: where files rest, the vault's public key, the keys of its marks."""

from dataclasses import dataclass
from pathlib import Path

from app.domain.reporter import VaultKeys
from app.jobs import Line
from app.kernel import crypto
from app.kernel.errors import N_, Misconfigured
from app.settings import Settings
from app.storage import make_folder

PUBLIC, LOCKED = "vault.public", "vault.locked"
DEVELOPMENT_PASSPHRASE = "open only with reason"  # noqa: S105  (of a demonstration; production asks for one)


@dataclass(frozen=True)
class Installation:
    """Handed to services that seal, keep files, mark codes or leave work for later. Holds no private key."""

    settings: Settings
    files: Path
    vault: VaultKeys
    code_key: bytes
    file_key: bytes
    draft_key: bytes
    jobs: Line

    def code_digest(self, query_code: str) -> str:
        """How a query code is kept: a keyed hash of its letters without dashes."""
        return crypto.keyed_digest(self.code_key, query_code.replace("-", ""))

    def locked_key(self) -> bytes:
        """The vault's private key, locked by the custodian's passphrase."""
        return (self.settings.keys / LOCKED).read_bytes()


def installation(settings: Settings) -> Installation:
    """The installation as it stands in its folder; its vault keys must have been made. Raises Misconfigured."""
    public = settings.keys / PUBLIC
    if not public.exists():
        raise Misconfigured(N_("The vault has no keys yet: run `hotline db upgrade` first."))
    master = settings.secret_key
    return Installation(
        settings=settings,
        files=settings.files,
        vault=VaultKeys(public.read_bytes(), crypto.derive(master, "telephone index")),
        code_key=crypto.derive(master, "query code"),
        file_key=crypto.derive(master, "files as received"),
        draft_key=crypto.derive(master, "drafts"),
        jobs=Line(settings),
    )


def make_vault_keys(settings: Settings, passphrase: str | None) -> bool:
    """Make the vault's key pair unless there is one; True when it was made.

    Without a passphrase a development installation takes a known one, and production refuses.
    """
    if (settings.keys / PUBLIC).exists():
        return False
    if not passphrase and settings.production:
        raise Misconfigured(N_("HOTLINE_VAULT_PASSPHRASE must be given once, when the vault's keys are made."))
    public, locked = crypto.new_key_pair(passphrase or DEVELOPMENT_PASSPHRASE)
    make_folder(settings.keys)
    for name, content in ((LOCKED, locked), (PUBLIC, public)):
        file = settings.keys / name
        file.touch(mode=0o600)
        file.write_bytes(content)
    return True
