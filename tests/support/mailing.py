"""Somebody who takes mail, and a webhook: each answers as it is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from socket import socket
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller


class PostOffice:
    """Takes mail, or refuses it with an answer."""

    def __init__(self) -> None:
        self.taken, self.answer = list[Any](), ""

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  (the library calls it so)
        if self.answer:
            return self.answer
        self.taken.append(message_from_bytes(envelope.content, policy=default))
        return "250 taken"


@contextmanager
def opened() -> Iterator[tuple[PostOffice, str]]:
    """A post office, and its address."""
    office = PostOffice()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(office, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield office, f"smtp://127.0.0.1:{port}"
    finally:
        server.stop()


class Gateway:
    """A webhook that answers as it is told."""

    def __init__(self) -> None:
        self.taken, self.status, self.raw = list[tuple[dict[str, str], bytes]](), 200, b""
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if gateway.raw:
                    self.wfile.write(gateway.raw)
                    return
                gateway.taken.append((dict(self.headers), body))
                self.send_response(gateway.status)
                self.send_header("Location", f"http://127.0.0.1:{gateway.port}/elsewhere")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
