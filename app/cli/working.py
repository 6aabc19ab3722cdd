"""`hotline work`: does what nobody has to wait for, until it is stopped."""

import fcntl
import os
import signal
import subprocess
import sys
import threading
from typing import IO

import click

from app import create_app
from app import settings as settings_module
from app.cli.database import refuse_unless_upgraded
from app.domain.installation import Installation, installation
from app.settings import Settings

LOCK = "work.lock"
LOOKS = 5.0  # seconds between two looks whether the server is still there


@click.command("work")
@click.option("--until-parent-ends", is_flag=True, hidden=True)
def work(*, until_parent_ends: bool) -> None:
    """Do the waiting work (scans, safe copies, tidying) until interrupted.

    One worker of an installation also keeps the hours; a second one only helps with what is in the line.
    """
    settings = settings_module.read()
    installation(settings)
    refuse_unless_upgraded(settings)
    app = create_app()
    house: Installation = app.extensions["installation"]
    held = _hours_to_keep(settings)
    consumer = house.jobs.huey().create_consumer(workers=1, periodic=held is not None, initial_delay=1, max_delay=5)
    if until_parent_ends:
        threading.Thread(target=_stop_when_alone, args=(os.getppid(),), daemon=True).start()
    click.echo("at work" if held else "at work; another worker keeps the hours")
    consumer.run()


def beside() -> "subprocess.Popen[bytes]":
    """A worker of a server's own, in a process beside it; it ends when the server does."""
    command = [sys.executable, "-c", "from app.cli import main; main()", "work", "--until-parent-ends"]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=settings_module.ROOT)


def _hours_to_keep(settings: Settings) -> IO[str] | None:
    """The lock of the one that keeps the hours; None when another worker of this installation holds it."""
    lock = (settings.instance / LOCK).open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def _stop_when_alone(parent: int) -> None:
    """A server that was killed cannot stop its worker."""
    never = threading.Event()
    while not never.wait(LOOKS):
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            return


COMMANDS = (work,)
