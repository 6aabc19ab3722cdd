"""Schemathesis against a demonstration: every door of /openapi.json, as anybody and as one of the team.

Its environment is its own (.venv-schemathesis, hash-locked); nothing of it is among what the service needs.
`python ops/schemathesis/run.py`: makes an instance of its own, serves it on a free port, and takes it away again.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
HOTLINE = [sys.executable, "-c", "from app.cli import main; main()"]
SCHEMATHESIS = ROOT / ".venv-schemathesis" / "bin" / "st"
LOGIN, PASSWORD = "inspector", "demo-clear-water"
EXAMPLES = os.environ.get("EXAMPLES", "40")
WAIT = 60


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="hotline-schemathesis-") as folder:
        env = os.environ | {"HOTLINE_INSTANCE": folder, "PYTHONPATH": str(ROOT), "HOTLINE_PRESSURE_SENDER": "0"}
        for command in (["db", "upgrade"], ["demo"]):
            subprocess.run([*HOTLINE, *command], env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        port = free_port()
        with (Path(folder) / "serve.log").open("w") as log:
            serving = subprocess.Popen(
                [*HOTLINE, "serve", "--port", str(port)], env=env, cwd=ROOT, stderr=log, stdout=log
            )
            try:
                return tried(f"http://127.0.0.1:{port}")
            finally:
                serving.terminate()
                serving.wait()
                print(answers(Path(folder) / "serve.log"))


def answers(log: Path) -> str:
    """What was answered, by status: all that a run has really reached."""
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith('{"method"')]
    counts = Counter((one["endpoint"], one["method"], one["status"]) for one in lines)
    told = [
        f"  {endpoint} {method}: {status} × {times}"
        for (endpoint, method, status), times in sorted(counts.items(), key=str)
    ]
    return "\n".join(["Answered:", *told])


def tried(base: str) -> int:
    """Both runs; the worse of their exit statuses."""
    anybody, somebody = browser(), browser()
    wait_for(base, anybody)
    citizen = read(anybody, f"{base}/report")
    sign_in(base, somebody)
    key = found(r'name="key"[^>]*value="([^"]+)"', citizen)
    runs = (
        ["--exclude-path-regex", "^/staff", *headers(anybody, citizen)],
        ["--include-path-regex", "^/staff", *headers(somebody, "")],
    )
    number = found(r'"service_request_id": "([^"]+)"', read(anybody, f"{base}/open311/v2/requests.json?page_size=1"))
    known = {"PUBLISHED": number, "FORM_KEY": key}
    return max(run(base, known, more) for more in runs)


def run(base: str, known: dict[str, str], more: list[str]) -> int:
    command = [
        str(SCHEMATHESIS), "--config-file", str(HERE / "schemathesis.toml"), "--no-color", "run",
        f"{base}/openapi.json", "--max-examples", EXAMPLES, *more,
    ]  # fmt: skip
    env = os.environ | {"SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE)} | known
    with tempfile.TemporaryDirectory(prefix="schemathesis-") as folder:
        return subprocess.run(command, env=env, cwd=folder, check=False).returncode


def browser() -> OpenerDirector:
    made = build_opener(HTTPCookieProcessor(CookieJar()))
    made.addheaders = [("Accept", "text/html")]
    return made


def read(through: OpenerDirector, address: str, form: dict[str, str] | None = None) -> str:
    with through.open(address, urlencode(form).encode() if form else None, timeout=WAIT) as answer:
        return str(answer.read().decode())


def headers(through: OpenerDirector, page: str) -> list[str]:
    """What a browser would send along: its session, and a form's token where there is a page with one."""
    jar = next(one.cookiejar for one in through.handlers if isinstance(one, HTTPCookieProcessor))
    told = ["-H", "Cookie: " + "; ".join(f"{one.name}={one.value}" for one in jar)]
    return [*told, "-H", f"X-CSRFToken: {token(page)}"] if page else told


def sign_in(base: str, through: OpenerDirector) -> None:
    address = f"{base}/staff/sign-in"
    form = {"csrf_token": token(read(through, address)), "login": LOGIN, "password": PASSWORD}
    if "sign-out" not in read(through, address, form):
        raise SystemExit("the demonstration's inspector could not sign in")


def token(page: str) -> str:
    return found(r'name="csrf_token"[^>]*value="([^"]+)"', page)


def found(pattern: str, page: str) -> str:
    hit = re.search(pattern, page)
    if hit is None:
        raise SystemExit(f"the page has no {pattern}")
    return hit[1]


def wait_for(base: str, through: OpenerDirector) -> None:
    for _ in range(WAIT):
        try:
            read(through, f"{base}/healthz")
        except URLError:
            time.sleep(1)
        else:
            return
    raise SystemExit("the demonstration does not answer")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
