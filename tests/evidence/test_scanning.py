"""ClamAV: what it objects to is held back; when it is away the file waits, and the report is taken."""

import socketserver
import threading
from io import BytesIO

import pytest
from sqlalchemy import select

from app.db import session
from app.domain.attachment import Attachment
from app.domain.doings import Doing
from app.domain.evidence import scanning
from app.domain.evidence.kinds import FileStanding
from app.domain.evidence.preparing import catch_up
from app.domain.evidence.scanning import Finding, scan
from app.domain.ledger import LedgerEntry
from app.domain.report import Report
from tests.support import evidence
from tests.support.browsing import browse

BAD = b"MARK-OF-A-TEST-VIRUS"
WORDS = "夜里十点以后厂区有刺激性气味"


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """What it heard, and how it behaves."""

    daemon_threads = True

    def __init__(self, path):
        super().__init__(path, Clamd)
        self.address = f"unix:{path}"
        self.most = 10**9
        self.heard: list[bytes] = []
        self.silent, self.silence = threading.Event(), threading.Event()


class Clamd(socketserver.BaseRequestHandler):
    """Speaks INSTREAM as clamd does; what it answers is up to the test."""

    server: Server

    def handle(self):
        command = self.request.recv(10)
        assert command == b"zINSTREAM\0"
        heard = b""
        while size := int.from_bytes(self._exactly(4), "big"):
            heard += self._exactly(size)
            if len(heard) > self.server.most:
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.heard.append(heard)
        if self.server.silent.is_set():
            self.server.silence.wait(5)
            return
        found = BAD in heard
        self.request.sendall(b"stream: Test.Mark-1 FOUND\0" if found else b"stream: OK\0")

    def _exactly(self, size):
        read = b""
        while len(read) < size:
            more = self.request.recv(size - len(read))
            if not more:
                return b"\0" * size
            read += more
        return read


@pytest.fixture
def clamd(tmp_path):
    with Server(str(tmp_path / "clamd")) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.silence.set()
        server.shutdown()


def report_with(app, name, content):
    browser = browse(app)
    browser.get("/report")
    browser.submit({"description": WORDS, "files": (BytesIO(content), name)}, "/report/check", 200)
    browser.submit({}, "/report", 200)
    assert session().scalar(select(Report)) is not None
    return session().scalar(select(Attachment))


def held():
    """Files of which the ledger says that they were held back."""
    return list(session().scalars(select(LedgerEntry.noun_id).where(LedgerEntry.action == str(Doing.HOLD_FILE))))


def served(app, cast, one):
    return browse(app).as_(cast, "inspector").get(f"/staff/triage/report/{one.noun_id}/file/{one.token}", None)


@pytest.mark.parametrize(
    ("content", "verdict"), [(b"clean", (Finding.CLEAN, "")), (b"x" * 700_000 + BAD, (Finding.FOUND, "Test.Mark-1"))]
)
def test_the_scanner_is_told_the_whole_file(clamd, content, verdict):
    said = scan(clamd.address, iter([content[:9], content[9:]]))
    assert (said.finding, said.called) == verdict
    assert clamd.heard == [content]


@pytest.mark.parametrize("address", ["unix:/nowhere/clamd", "127.0.0.1:1", "nonsense", "host:port"])
def test_a_scanner_that_is_not_there_is_away(address):
    assert scan(address, [b"x"]).finding is Finding.AWAY


def test_a_scanner_that_is_silent_is_away(clamd):
    clamd.silent.set()
    assert scan(clamd.address, [b"x"], patience=0.2).finding is Finding.AWAY


def test_a_file_larger_than_the_scanner_takes_waits(clamd):
    clamd.most = 1000
    assert scan(clamd.address, [bytes(5_000_000)]).finding is Finding.AWAY


def test_without_a_scanner_nothing_is_asked():
    assert scan("", [b"x"]).finding is Finding.UNASKED


def test_a_clean_picture_is_shown_at_once(app, cast, clamd, scanned):
    scanned(clamd.address)
    one = report_with(app, "a.jpg", evidence.jpeg())
    assert one.stands is FileStanding.READY
    assert served(app, cast, one).status == 200


@pytest.mark.parametrize(("name", "make"), [("a.jpg", evidence.jpeg), ("a.docx", evidence.word)])
def test_what_the_scanner_objects_to_is_held_back_and_never_served(app, cast, clamd, scanned, name, make):
    scanned(clamd.address)
    content = make() + BAD if name == "a.jpg" else evidence.package("word/document.xml", words=BAD.decode() * 9)
    monkeyed = content if BAD in content else content + BAD
    one = report_with(app, name, monkeyed)
    assert (one.stands, one.found, one.safe_name, one.received_name) == (FileStanding.HELD, "Test.Mark-1", None, None)
    assert (served(app, cast, one).status, held()) == (404, [one.id])
    page = browse(app).as_(cast, "inspector").get(f"/staff/triage/report/{one.noun_id}")
    assert "Test.Mark-1" in page.words


@pytest.mark.parametrize(
    ("name", "make", "after"),
    [("a.jpg", evidence.jpeg, FileStanding.READY), ("a.docx", evidence.word, FileStanding.KEPT)],
)
def test_while_the_scanner_is_away_the_file_waits_and_the_report_is_taken(app, cast, clamd, scanned, name, make, after):
    scanned("unix:/nowhere/clamd")
    one = report_with(app, name, make())
    assert (one.stands, one.safe_name) == (FileStanding.WAITING, None)
    assert served(app, cast, one).status == 404
    scanned(clamd.address)
    catch_up(app.extensions["installation"])
    session().rollback()
    assert session().scalar(select(Attachment)).stands is after
    assert served(app, cast, one).status == 200


def test_what_waited_and_turns_out_bad_is_held_back(app, cast, clamd, scanned, files):
    scanned("unix:/nowhere/clamd")
    report_with(app, "a.jpg", evidence.jpeg() + BAD)
    scanned(clamd.address)
    catch_up(app.extensions["installation"])
    session().rollback()
    one = session().scalar(select(Attachment))
    assert (one.stands, one.found, one.received_name) == (FileStanding.HELD, "Test.Mark-1", None)
    assert held() == [one.id]
    assert len([file for file in files.rglob("*") if file.is_file()]) == 1  # the sealed original


def test_nobody_waits_long_for_the_scanner():
    assert scanning.AT_ONCE <= 5
