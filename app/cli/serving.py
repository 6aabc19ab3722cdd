"""`hotline serve`: the web server, its engine made after the fork."""

import subprocess
from typing import Any

import click
from gunicorn.app.base import BaseApplication

import app.domain.pressure  # noqa: F401  (its counters are made before the workers are forked)
from app import create_app
from app import settings as settings_module
from app.cli.database import refuse_unless_upgraded
from app.cli.working import beside
from app.domain.installation import installation
from app.kernel.pinyin import spelled


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no annotations
    """gunicorn, configured here and nowhere else."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return create_app()


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--work/--no-work", default=True, show_default=True, help="Do the waiting work too (`hotline work`).")
def serve(host: str, port: int, workers: int, *, work: bool) -> None:
    """Serve the pages until interrupted."""
    settings = settings_module.read()
    installation(settings)  # said once, here, and not by every worker as it dies
    refuse_unless_upgraded(settings)
    spelled("督")  # its dictionaries are read before the workers are forked, once for all of them
    click.echo(f"督察热线  http://{host}:{port}")
    options = {
        "bind": f"{host}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": 4,
        "timeout": 120,
        "loglevel": "warning",
        "proc_name": "hotline",
        "worker_tmp_dir": str(settings.instance),
    }
    if work:
        _work_along(options)
    Server(options).run()


def _work_along(options: dict[str, Any]) -> None:
    """Begin a worker when the server is ready, and end it with the server."""
    begun: list[subprocess.Popen[bytes]] = []

    def when_ready(_server: Any) -> None:
        begun.append(beside())

    def on_exit(_server: Any) -> None:
        for one in begun:
            one.terminate()
            one.wait()

    options.update(when_ready=when_ready, on_exit=on_exit)


COMMANDS = (serve,)
