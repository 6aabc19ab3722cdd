"""Streams that are sealed, files that are locked, work that is left for later, and what nobody came back for."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from nacl.exceptions import CryptoError
from sqlalchemy import select

from app import jobs, storage
from app.cli.working import _hours_to_keep
from app.db import session, transaction
from app.domain.attachment import Attachment, attach_waiting
from app.domain.evidence import incoming, lockers
from app.domain.evidence.incoming import Incoming
from app.domain.evidence.resting import PREPARE, SentFile, record, rest_all, throw_away
from app.domain.evidence.tidying import tidy
from app.domain.opening import opener
from app.kernel import clock, crypto
from tests.conftest import PASSPHRASE
from tests.support import evidence

KEY = "k" * 40
PIECES = [b"first", b"second" * 1000, b"third"]


@pytest.fixture
def sealed(installation):
    return b"".join(crypto.seal_stream(installation.vault.public, PIECES))


@pytest.fixture
def key(installation):
    return opener(installation.locked_key(), PASSPHRASE)


def test_a_sealed_stream_is_opened_by_the_vault_alone(sealed, key):
    assert key.open(sealed) == b"".join(PIECES)
    assert list(key.open_stream(BytesIO(sealed))) == PIECES
    assert b"second" not in sealed


def test_an_empty_stream_is_sealed_too(installation, key):
    assert key.open(b"".join(crypto.seal_stream(installation.vault.public, []))) == b""


@pytest.mark.parametrize("cut", [10, 100, 140, 200, -1, -20])
def test_a_stream_that_was_cut_is_noticed(sealed, key, cut):
    with pytest.raises((CryptoError, ValueError)):
        key.open(sealed[:cut])


@pytest.mark.parametrize("place", [30, 110, 130, 160, 5000, -3])
def test_a_stream_that_was_changed_is_noticed(sealed, key, place):
    changed = bytearray(sealed)
    changed[place] ^= 1
    with pytest.raises((CryptoError, ValueError)):
        key.open(bytes(changed))


def test_a_locker_reads_as_it_was_written(files, installation):
    name = lockers.lock_away(files, installation.file_key, PIECES)
    assert b"".join(lockers.unlocked(files, installation.file_key, name)) == b"".join(PIECES)
    assert b"second" not in storage.read(files, name)


def test_a_file_that_was_not_recorded_is_thrown_away(app, installation, files):
    rested = rest_all(installation, KEY, [SentFile("a.jpg", evidence.jpeg()), SentFile("a.docx", evidence.word())])
    assert len([file for file in files.rglob("*") if file.is_file()]) == 4
    throw_away(installation, rested)
    assert [file for file in files.rglob("*") if file.is_file()] == []


def test_the_same_file_sent_twice_is_kept_once(app, installation, files):
    for _ in range(2):
        rested = rest_all(installation, KEY, [SentFile("a.jpg", evidence.jpeg()), SentFile("a.docx", evidence.word())])
        with transaction() as writing:
            record(writing, rested, KEY, clock.now())
        throw_away(installation, rested)
    assert len(session().scalars(select(Attachment)).all()) == 2


def test_a_full_disk_costs_nobody_the_report(app, installation, monkeypatch):
    def full(*_):
        raise OSError("no space")

    monkeypatch.setattr(storage, "keep_pieces", full)
    rested = rest_all(installation, KEY, [SentFile("a.jpg", evidence.jpeg()), SentFile("a.docx", evidence.word())])
    assert [one.name for one in rested.not_taken] == ["a.jpg", "a.docx"]


def test_what_nobody_came_back_for_is_gone_after_three_days(app, installation, files):
    rested = rest_all(installation, KEY, [SentFile("a.jpg", evidence.jpeg())])
    kept = rest_all(installation, "o" * 40, [SentFile("b.png", evidence.png())])
    with transaction() as writing:
        record(writing, rested, KEY, clock.now())
        record(writing, kept, "o" * 40, clock.now())
        attach_waiting(writing, "o" * 40, "report", 7)
    incoming.begin(installation, KEY, Incoming("", "c.jpg", 9))
    with time_machine.travel(clock.now() + timedelta(hours=71), tick=False):
        tidy(installation)
    assert len(session().scalars(select(Attachment)).all()) == 2
    session().rollback()
    with time_machine.travel(clock.now() + timedelta(hours=73), tick=False):
        tidy(installation)
    session().rollback()
    assert [one.noun for one in session().scalars(select(Attachment))] == ["report"]
    assert len([file for file in files.rglob("*") if file.is_file()]) == 2
    assert incoming.on_their_way(installation, KEY) == []


@pytest.fixture
def asked(monkeypatch):
    found = []
    monkeypatch.setattr(jobs.Line, "ask", lambda _self, name, *words: found.append((name, words)))
    return found


def test_a_job_is_asked_for_after_the_commit(app, installation, asked):
    with transaction() as writing:
        installation.jobs.after_commit(writing, PREPARE, 2)
        writing.execute(select(Attachment))
        assert asked == []
    assert asked == [(PREPARE, (2,))]


def test_a_job_of_a_transaction_that_failed_is_never_asked_for(app, installation, asked):
    writing = session()
    installation.jobs.after_commit(writing, PREPARE, 1)
    writing.execute(select(Attachment))
    writing.rollback()
    with transaction() as again:
        again.execute(select(Attachment))
    assert asked == []


def test_a_line_that_cannot_be_reached_costs_nobody_anything(settings, tmp_path):
    from dataclasses import replace

    line = jobs.Line(replace(settings, jobs_at_once=False, database_url="sqlite:///x", instance=tmp_path / "nowhere"))
    line.ask(PREPARE, 1)


def test_jobs_wait_in_a_line_of_the_installations_own(app, settings, tmp_path):
    """In a file beside SQLite, in tables of their own on PostgreSQL."""
    from dataclasses import replace

    line = jobs.Line(replace(settings, jobs_at_once=False, instance=tmp_path))
    line.ask(PREPARE, 7)
    assert line.huey().pending_count() == 1
    task = line.huey().dequeue()
    assert (task.name, task.args) == (PREPARE, (7,))
    line.huey().storage.close()


def test_one_worker_of_an_installation_keeps_the_hours(settings):
    first = _hours_to_keep(settings)
    assert first is not None
    assert _hours_to_keep(settings) is None
    first.close()
    again = _hours_to_keep(settings)
    assert again is not None
    again.close()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("longer", range(4))
def test_a_long_text_is_taken_wherever_its_beginning_is_cut(app, installation, encoding, longer):
    content = ("a" * longer + "烟囱每天夜里冒黑烟。" * 2000).encode(encoding)
    rested = rest_all(installation, KEY, [SentFile("信.txt", content)])
    assert rested.not_taken == ()
