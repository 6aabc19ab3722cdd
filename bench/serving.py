"""Servers in processes of their own, as in service: ours, and a bare Flask one as its floor."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookies import SimpleCookie
from urllib.error import URLError

from bench.installations import SECRET, Bench

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
WORKERS = "2"
PATIENCE = 30.0


@contextmanager
def served(bench: Bench) -> Iterator[int]:
    """Our server on this installation, by its own command, asking nobody for proof of work; the port it listens on."""
    told = {
        "HOTLINE_INSTANCE": str(bench.app.extensions["installation"].settings.instance),
        "HOTLINE_DATABASE_URL": bench.url,
        "HOTLINE_SECRET_KEY": SECRET,
        "HOTLINE_PRESSURE_REPORTS": "0",
        "HOTLINE_PRESSURE_SENDER": "0",
    }
    port = _free_port()
    command = [sys.executable, "-c", "from app.cli import main; main()", "serve", "--port", str(port)]
    with _running([*command, "--workers", WORKERS], told, port, "/report"):
        yield port


@contextmanager
def served_bare(bench: Bench) -> Iterator[int]:
    """A Flask application with one durable INSERT for each POST, under the same server with the same workers."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", WORKERS]
    options = ["--worker-class", "gthread", "--threads", "4", "--log-level", "warning"]
    with _running([*command, *options, "bench.floors:served_insert()"], {"BENCH_URL": bench.url}, port, "/"):
        yield port


def sessions(port: int, many: int) -> list[tuple[str, str]]:
    """So many citizens with the form before them: the cookie and the token of each."""
    found = []
    for _ in range(many):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/report") as answer:
            cookie = SimpleCookie(answer.headers["Set-Cookie"])
            token = TOKEN.search(answer.read().decode())
        assert token is not None
        found.append(("; ".join(f"{name}={morsel.value}" for name, morsel in cookie.items()), token[1]))
    return found


@contextmanager
def _running(command: list[str], told: Mapping[str, str], port: int, path: str) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env={**os.environ, **told}, stdout=quiet, stderr=quiet)
    try:
        _wait_for(port, path)
        yield
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _wait_for(port: int, path: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}"):
                return
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port
