"""The pages that are measured: the citizen's form, a submit, the first page of the triage queue."""

import re
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.db import db
from app.kernel import crypto
from bench.installations import Bench

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
NAMED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
IMPORTED = re.compile(r'^import [^"]*"\./([\w.-]+\.js)', re.MULTILINE)
WORDS = "夜里十点以后厂区有刺激性气味，关着窗也闻得到，已经持续半个月。"


def form_page(bench: Bench) -> Callable[[], None]:
    client = bench.app.test_client()

    def call() -> None:
        assert client.get("/report").status_code == 200

    return call


def first_visit(bench: Bench) -> tuple[int, int]:
    """Bytes of the form page and of everything it names, as they travel; and of how many answers."""
    client = bench.app.test_client()
    packed = {"Accept-Encoding": "br"}
    page = client.get("/report").get_data(as_text=True)
    named = set(NAMED.findall(page)) | {module for name in NAMED.findall(page) for module in _modules(client, name)}
    sizes = []
    for address in ["/report", *named]:
        with client.get(address, headers=packed) as answer:
            assert answer.status_code == 200, address
            sizes.append(len(answer.data))
    return sum(sizes), len(sizes)


def _modules(client: FlaskClient, address: str) -> list[str]:
    """The modules that a script of ours imports at once."""
    if ".js" not in address:
        return []
    with client.get(address) as answer:
        return [f"/static/js/{name}" for name in IMPORTED.findall(answer.get_data(as_text=True))]


def submit(bench: Bench) -> Callable[[], None]:
    """One complete report, a new one each time: sealed, numbered, ledgered, committed before the answer."""
    client = bench.app.test_client()
    found = TOKEN.search(client.get("/report").get_data(as_text=True))
    assert found is not None
    told = {
        "csrf_token": found[1],
        "description": WORDS,
        "place": "某路与某路交叉口",
        "polluter": "某厂",
        "types": "air",
        "name": "某某",
        "phone": "13900001234",
    }

    def call() -> None:
        answer = client.post("/report", data={**told, "key": crypto.random_token()})
        assert answer.status_code in {200, 303}, answer.status_code

    return call


def signed_in(app: Flask, person_id: int) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{person_id}:1"
    return client


def queue(bench: Bench) -> Callable[[], None]:
    client = signed_in(bench.app, bench.cast.people["inspector"])

    def call() -> None:
        assert client.get("/staff/triage/").status_code == 200

    return call


def statements_of(bench: Bench, call: Callable[[], None]) -> int:
    """How many SQL statements one call sends."""
    seen: list[str] = []
    with bench.app.app_context():
        engine = db.engine

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    call()
    event.remove(engine, "before_cursor_execute", count)
    return len(seen)
