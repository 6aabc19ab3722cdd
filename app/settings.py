"""Every setting, read once from the environment into one frozen object; refuses to start half-configured."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.kernel.errors import N_, Misconfigured

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT_SECRETS = {"", "dev", "change-me", "secret"}
SHORTEST_SECRET = 24
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Settings:
    """`instance` holds database, files and keys. `secret_key` signs cookies and derives the keyed hashes."""

    instance: Path
    database_url: str
    secret_key: str
    production: bool
    max_request_bytes: int = 64 * MEGABYTE
    max_file_bytes: int = 12 * MEGABYTE
    max_files: int = 9

    @property
    def sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def files(self) -> Path:
        return self.instance / "files"

    @property
    def keys(self) -> Path:
        return self.instance / "keys"


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from HOTLINE_INSTANCE, HOTLINE_DATABASE_URL, HOTLINE_SECRET_KEY, HOTLINE_ENV.

    Raises Misconfigured when production has no secret of its own or an unknown environment is named.
    """
    env = os.environ if environ is None else environ
    name = env.get("HOTLINE_ENV", "development")
    if name not in {"development", "production"}:
        raise Misconfigured(N_("HOTLINE_ENV must be development or production, not %(name)s."), name=name)
    production = name == "production"
    instance = Path(env.get("HOTLINE_INSTANCE") or ROOT / "instance").resolve()
    secret = env.get("HOTLINE_SECRET_KEY", "")
    if production and (secret in DEVELOPMENT_SECRETS or len(secret) < SHORTEST_SECRET):
        raise Misconfigured(
            N_("HOTLINE_SECRET_KEY must be set to a secret of at least %(least)s characters in production."),
            least=SHORTEST_SECRET,
        )
    return Settings(
        instance=instance,
        database_url=database_url(env.get("HOTLINE_DATABASE_URL", ""), instance),
        secret_key=secret or own_secret(instance),
        production=production,
    )


def database_url(given: str, instance: Path) -> str:
    """The address SQLAlchemy wants: SQLite in the instance folder, or PostgreSQL through psycopg 3."""
    if not given:
        return f"sqlite:///{instance / 'hotline.sqlite3'}"
    for plain in ("postgresql://", "postgres://"):
        if given.startswith(plain):
            return "postgresql+psycopg://" + given.removeprefix(plain)
    return given


def own_secret(instance: Path) -> str:
    """A development installation keeps a random secret of its own, so that no default is ever in use."""
    file = instance / "keys" / "secret"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text().strip()
