"""Every setting, read once from the environment into one frozen object; refuses to start half-configured."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from app.kernel.errors import N_, Misconfigured

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT_SECRETS = {"", "dev", "change-me", "secret"}
SHORTEST_SECRET = 24
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Site:
    """What the foot of a government's site says of it, and where quick exit leads. Empty ones are not shown.

    主办单位, 承办单位, 政府网站标识码, ICP备案号, 公网安备号, 联系电话: HOTLINE_SITE_ORGANISER and so on.
    """

    organiser: str = ""
    operator: str = ""
    code: str = ""
    icp: str = ""
    police: str = ""
    telephone: str = ""
    exit_url: str = "https://www.weather.com.cn/"
    licence_zh: str = "公开数据可以自由复制、使用和传播，请注明来源。"
    licence_en: str = "The published data may be copied, used and passed on freely; please name the source."
    """Under which terms the published data may be used."""

    @property
    def police_digits(self) -> str:
        """The figures of 公网安备号, by which the police's own page finds it."""
        return "".join(sign for sign in self.police if sign.isascii() and sign.isdigit())


@dataclass(frozen=True)
class Maps:
    """Tiles under the maps: address templates with {z} {x} {y}, drawn one on the other, and whose they are (审图号).

    None by default: then no request leaves the origin. They are in CGCS2000 or WGS84, never in GCJ-02.
    """

    tiles: tuple[str, ...] = ()
    attribution: str = ""


@dataclass(frozen=True)
class Settings:
    """`instance` holds database, files and keys. `secret_key` signs cookies and derives the keyed hashes.

    `max_file_bytes` is for a picture. Beyond `max_waiting_bytes` of files without a record, sending gets slower.
    `clamd`: where ClamAV listens (unix:/path, or host:port); empty: files are not scanned. `jobs_at_once`: work is
    done where it arises; an installation leaves it to `hotline work`. `smtp`: where mail is handed in, smtp://… or
    smtps://…, under the sender `mail_from`. `queue`: a queue server, redis://…; empty: what waits lies beside the
    database. `address`: where people reach this installation, for what is sent to them.
    """

    instance: Path
    database_url: str
    secret_key: str
    production: bool
    max_request_bytes: int = 64 * MEGABYTE
    max_file_bytes: int = 12 * MEGABYTE
    max_files: int = 9
    max_video_bytes: int = 200 * MEGABYTE
    max_audio_bytes: int = 50 * MEGABYTE
    max_document_bytes: int = 20 * MEGABYTE
    max_other_files: int = 5
    max_waiting_bytes: int = 20 * 1024 * MEGABYTE
    clamd: str = ""
    queue: str = ""
    smtp: str = ""
    mail_from: str = ""
    address: str = ""
    jobs_at_once: bool = True
    pressure_reports: int = 60
    pressure_sender: int = 20
    site: Site = Site()
    maps: Maps = Maps()

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
    """Settings from HOTLINE_INSTANCE, HOTLINE_DATABASE_URL, HOTLINE_SECRET_KEY, HOTLINE_ENV,
    HOTLINE_PRESSURE_REPORTS, HOTLINE_PRESSURE_SENDER, HOTLINE_SITE_… (see Site).

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
        clamd=env.get("HOTLINE_CLAMD", ""),
        queue=queue_server(env),
        smtp=post_office(env),
        mail_from=env.get("HOTLINE_MAIL_FROM", "").strip(),
        address=web_address(env, "HOTLINE_ADDRESS"),
        jobs_at_once=False,
        pressure_reports=whole_number(env, "HOTLINE_PRESSURE_REPORTS", Settings.pressure_reports),
        pressure_sender=whole_number(env, "HOTLINE_PRESSURE_SENDER", Settings.pressure_sender),
        site=site(env),
        maps=maps(env),
    )


def post_office(env: Mapping[str, str]) -> str:
    """Raises Misconfigured for what is no address of a mail server, or when nobody is named as the sender."""
    given = env.get("HOTLINE_SMTP", "").strip()
    if given and (urlsplit(given).scheme not in {"smtp", "smtps"} or not urlsplit(given).hostname):
        raise Misconfigured(N_("HOTLINE_SMTP must be an address like smtp://mail.example:587."))
    if given and "@" not in env.get("HOTLINE_MAIL_FROM", ""):
        raise Misconfigured(N_("HOTLINE_MAIL_FROM must name the sender's e-mail address when HOTLINE_SMTP is set."))
    return given


def queue_server(env: Mapping[str, str]) -> str:
    """Raises Misconfigured for what is no address of a queue server."""
    given = env.get("HOTLINE_QUEUE", "").strip()
    if given and urlsplit(given).scheme not in {"redis", "rediss", "unix"}:
        raise Misconfigured(N_("HOTLINE_QUEUE must be an address like redis://queue.example:6379/0."))
    return given


def web_address(env: Mapping[str, str], name: str) -> str:
    """Raises Misconfigured for what is no address of a page."""
    given = env.get(name, "").strip()
    if given and not given.startswith(("https://", "http://")):
        raise Misconfigured(N_("%(name)s must be an address that begins with https://."), name=name)
    return given


def site(env: Mapping[str, str]) -> Site:
    """Raises Misconfigured when quick exit would lead to something that is no page."""
    said = {one.name: env.get(f"HOTLINE_SITE_{one.name.upper()}", "").strip() for one in fields(Site)}
    if said["exit_url"] and not said["exit_url"].startswith(("https://", "http://")):
        raise Misconfigured(N_("HOTLINE_SITE_EXIT_URL must be an address that begins with https://."))
    return Site(**{name: value for name, value in said.items() if value})


def whole_number(env: Mapping[str, str], name: str, otherwise: int) -> int:
    given = env.get(name, "").strip()
    if given and not (given.isascii() and given.isdecimal()):
        raise Misconfigured(N_("%(name)s must be a whole number."), name=name)
    return int(given) if given else otherwise


def maps(env: Mapping[str, str]) -> Maps:
    """Tiles from HOTLINE_MAP_TILES (templates with a blank between them), their source from HOTLINE_MAP_ATTRIBUTION."""
    tiles = tuple(env.get("HOTLINE_MAP_TILES", "").split())
    for one in tiles:
        parts = urlsplit(one)
        if parts.scheme != "https" or not parts.netloc or any(mark not in one for mark in ("{z}", "{x}", "{y}")):
            raise Misconfigured(
                N_("HOTLINE_MAP_TILES must be https addresses with {z}, {x} and {y}, not %(given)s."), given=one
            )
    return Maps(tiles, env.get("HOTLINE_MAP_ATTRIBUTION", "").strip())


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
