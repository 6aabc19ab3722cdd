"""`hotline`, run as it is typed: a process of its own, over an instance of the module's own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app.db import engine_options, prepare

HOTLINE = Path(sys.executable).with_name("hotline")
OWN = ("HOTLINE_", "PYTHON")


class Told:
    """What a command answered."""

    def __init__(self, run: subprocess.CompletedProcess[str]) -> None:
        self.status, self.out, self.err = run.returncode, run.stdout, run.stderr

    def refused(self, *words: str, status: int = 1) -> "Told":
        """It says why on stderr, nothing on stdout, shows no traceback, and its status says so."""
        assert self.status == status, self.err
        assert "Traceback" not in self.err
        assert self.out == ""
        for one in words:
            assert one in self.err
        return self

    def done(self, *words: str) -> "Told":
        assert self.status == 0, self.err
        for one in words:
            assert one in self.out
        return self


class Shell:
    """A shell whose HOTLINE_INSTANCE is one folder and nothing else of the settings is set."""

    def __init__(self, instance: Path) -> None:
        self.instance = instance

    @property
    def database(self) -> Path:
        return self.instance / "hotline.sqlite3"

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
        return kept | {"HOTLINE_INSTANCE": str(self.instance)} | more

    def __call__(self, *words: str, **environment: str) -> Told:
        run = subprocess.run(
            [HOTLINE, *words],
            env=self.environment(**environment),
            capture_output=True,
            text=True,
            timeout=60,
            cwd="/",
            check=False,
        )
        return Told(run)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """The installation's database, behind the command's back."""
        engine = create_engine(f"sqlite:///{self.database}", **engine_options(sqlite=True))
        prepare(engine)
        with Session(engine) as session, session.begin():
            yield session
        engine.dispose()

    @contextmanager
    def serving(self) -> Iterator["Served"]:
        """`hotline serve` on a free port; ended with SIGTERM, if it has not ended before."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        words = [HOTLINE, "serve", "--port", str(port), "--workers", "1"]
        with (self.instance / "serving.log").open("w") as log:
            process = subprocess.Popen(words, env=self.environment(), stdout=log, stderr=log, cwd="/")
        served = Served(process, port)
        try:
            served.wait_until_open()
            yield served
        finally:
            served.stop()


class Served:
    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port

    def get(self, path: str) -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    def wait_until_open(self) -> None:
        """Until somebody listens; what is asked then is answered as soon as a worker stands."""
        until = time.monotonic() + 30
        while self.process.poll() is None and time.monotonic() < until:
            with socket.socket() as caller:
                caller.settimeout(1)
                if caller.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError(f"nobody listens on {self.port}")

    def stop(self) -> int:
        """SIGTERM, as a service manager sends it; gives the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


@pytest.fixture(scope="module")
def hotline(tmp_path_factory) -> Shell:
    """Over an installation that is upgraded and empty."""
    shell = Shell(tmp_path_factory.mktemp("instance"))
    shell("db", "upgrade").done("newest migration", "The vault's keys were made.")
    return shell


@pytest.fixture
def copied(hotline, tmp_path) -> Shell:
    """Over a copy of that installation, to be broken."""
    return Shell(Path(shutil.copytree(hotline.instance, tmp_path / "instance")))


@pytest.fixture
def bare(tmp_path) -> Shell:
    """Over a folder with nothing in it."""
    return Shell(tmp_path / "instance")
