"""ClamAV itself, with one signature of our own: what it is asked and what it says is what we take it for."""

import subprocess
import time

import pytest

from app.domain.evidence.kinds import FileStanding
from app.domain.evidence.scanning import Finding, scan
from tests.evidence.test_scanning import BAD, report_with, served
from tests.support import evidence

pytestmark = [pytest.mark.proof, pytest.mark.scanner, pytest.mark.sqlite]  # about no database: once is enough
CALLED = "Hotline.Test.Mark.UNOFFICIAL"
SET_UP = """
DatabaseDirectory {0}/signatures
LocalSocket {0}/clamd
Foreground yes
StreamMaxLength 2M
"""


@pytest.fixture(scope="module")
def clamav(tmp_path_factory):
    """The address of a running one."""
    folder = tmp_path_factory.mktemp("clamav")
    (folder / "signatures").mkdir()
    (folder / "signatures" / "own.ndb").write_text(f"Hotline.Test.Mark:0:*:{BAD.hex()}\n")
    (folder / "clamd.conf").write_text(SET_UP.format(folder))
    address, until = f"unix:{folder}/clamd", time.monotonic() + 60
    with subprocess.Popen(["clamd", "-c", folder / "clamd.conf"], stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and scan(address, [b"x"]).finding is Finding.AWAY:
            assert time.monotonic() < until
            time.sleep(0.05)
        yield address
        process.terminate()


@pytest.mark.parametrize(
    ("content", "finding", "called"),
    [
        ([evidence.jpeg()], Finding.CLEAN, ""),
        ([evidence.jpeg() + BAD], Finding.FOUND, CALLED),
        ([b"x" * 300_000 + BAD[:9], BAD[9:]], Finding.FOUND, CALLED),
        ([evidence.package("word/document.xml", words=BAD.decode() * 9)], Finding.FOUND, CALLED),
        ([bytes(1_000_000)] * 3, Finding.AWAY, ""),
    ],
    ids=["clean", "behind a picture", "across two pieces", "packed in a document", "too large"],
)
def test_what_it_says_is_understood(clamav, content, finding, called):
    verdict = scan(clamav, content)
    assert (verdict.finding, verdict.called) == (finding, called)


def test_a_report_shows_its_clean_picture(app, cast, clamav, scanned):
    scanned(clamav)
    one = report_with(app, "a.jpg", evidence.jpeg())
    assert (one.stands, served(app, cast, one).status) == (FileStanding.READY, 200)


def test_a_report_is_taken_and_its_bad_picture_held_back(app, cast, clamav, scanned):
    scanned(clamav)
    one = report_with(app, "a.jpg", evidence.jpeg() + BAD)
    assert (one.stands, one.found, one.safe_name, one.received_name) == (FileStanding.HELD, CALLED, None, None)
    assert served(app, cast, one).status == 404
