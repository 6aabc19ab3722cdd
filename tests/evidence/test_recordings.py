"""Videos and recordings: the safe copy shows and sounds the same, and nothing else of the file is left in it."""

import json
import subprocess

import pytest
from sqlalchemy import select

from app import storage
from app.db import session, transaction
from app.domain.attachment import Attachment, BadFile, attach_waiting
from app.domain.evidence import remuxing
from app.domain.evidence.kinds import HEAD_BYTES, FileStanding, form_of
from app.domain.evidence.preparing import catch_up
from app.domain.evidence.resting import SentFile, record, rest_all
from app.domain.opening import open_file, opener
from app.kernel import clock
from tests.conftest import PASSPHRASE
from tests.support import evidence

pytestmark = pytest.mark.recordings
KEY = "k" * 40


def keep(house, name, content):
    rested = rest_all(house, KEY, [SentFile(name, content)])
    assert rested.not_taken == ()
    with transaction() as writing:
        record(writing, rested, KEY, clock.now())
    session().rollback()
    return session().scalar(select(Attachment))


def streams(content, tmp_path):
    file = tmp_path / "safe"
    file.write_bytes(content)
    told = subprocess.run(
        ["ffprobe", "-v", "error", "-show_streams", "-show_format", "-show_chapters", "-of", "json", file],
        capture_output=True,
        check=True,
    )
    return json.loads(told.stdout)


def safe_copy_of(house, files, name, content):
    one = keep(house, name, content)
    assert one.stands is FileStanding.READY
    return storage.read(files, one.safe_name)


@pytest.mark.parametrize("name", evidence.CLIPS)
def test_no_tag_no_chapter_and_no_name_is_left(app, installation, files, tmp_path, name):
    original = evidence.clip(name, tmp_path)
    assert evidence.found_in(original)
    safe = safe_copy_of(installation, files, name, original)
    assert evidence.found_in(safe) == []
    told = streams(safe, tmp_path)
    assert {one["codec_type"] for one in told["streams"]} <= {"video", "audio"}
    assert told["chapters"] == []
    kept = {
        "encoder",
        "major_brand",
        "minor_version",
        "compatible_brands",
        "language",
        "handler_name",
        "vendor_id",
        "DURATION",
    }
    assert set(told["format"].get("tags", {})) <= kept
    assert float(told["format"]["duration"]) == pytest.approx(0.4, abs=0.1)


def test_words_that_run_along_and_a_cover_stay_behind(app, installation, files, tmp_path):
    original = evidence.with_words_and_cover(tmp_path)
    assert evidence.found_in(original)
    safe = safe_copy_of(installation, files, "flight.mp4", original)
    assert evidence.found_in(safe) == []
    assert [one["codec_name"] for one in streams(safe, tmp_path)["streams"]] == ["h264", "aac"]


def test_messages_between_the_pictures_stay_behind(app, installation, files, tmp_path):
    original = evidence.with_a_camera_message(tmp_path)
    assert evidence.CANARY in original
    assert evidence.found_in(safe_copy_of(installation, files, "message.mp4", original)) == []


def test_the_original_of_a_video_is_sealed_piece_by_piece(app, installation, files, tmp_path):
    original = evidence.clip("telephone.mp4", tmp_path)
    one = keep(installation, "张三的视频.mp4", original)
    key = opener(installation.locked_key(), PASSPHRASE)
    assert open_file(key, storage.read(files, one.sealed_name)) == original
    assert open_file(key, one.sealed_label).decode() == "张三的视频.mp4"
    lying = b"".join(file.read_bytes() for file in files.rglob("*") if file.is_file())
    assert evidence.found_in(lying) == []
    assert one.received_name is None


def test_a_video_that_cannot_be_read_is_kept_for_the_vault_alone(app, installation, files, tmp_path):
    one = keep(installation, "a.mp4", evidence.clip("telephone.mp4", tmp_path)[:900])
    assert (one.stands, one.safe_name, one.received_name) == (FileStanding.KEPT, None, None)
    assert list((files / "work").iterdir()) == []


def test_without_ffmpeg_a_video_waits_until_it_is_there(app, installation, files, tmp_path, monkeypatch):
    film = evidence.clip("telephone.mp4", tmp_path)
    with monkeypatch.context() as without:
        without.setattr("app.domain.evidence.remuxing.shutil.which", lambda _name: None)
        one = keep(installation, "a.mp4", film)
        assert (one.stands, one.safe_name) == (FileStanding.WAITING, None)
        with transaction() as writing:
            attach_waiting(writing, KEY, "report", 7)
    catch_up(installation)
    session().rollback()
    assert session().scalar(select(Attachment)).stands is FileStanding.READY


def test_a_film_that_names_other_files_reads_none_of_them(tmp_path):
    """A playlist is never taken for what it calls itself: the reader is ours to name."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    playlist = tmp_path / "film"
    playlist.write_text(f"#EXTM3U\n#EXTINF:1,\nfile://{secret}\n")
    film = form_of(evidence_head(tmp_path), "film.mp4")
    with pytest.raises(BadFile):
        remuxing.remux(playlist, film, tmp_path)


def evidence_head(tmp_path):
    return evidence.clip("telephone.mp4", tmp_path)[:HEAD_BYTES]


def test_ffmpeg_works_within_bounds(tmp_path, monkeypatch):
    """More than a film could ever need is not written, however long it goes on."""
    source = tmp_path / "film"
    source.write_bytes(evidence.clip("film.mkv", tmp_path))
    monkeypatch.setattr(remuxing, "SPARE", -2 * source.stat().st_size + 512)
    with pytest.raises(BadFile):
        remuxing.remux(source, form_of(source.read_bytes()[:HEAD_BYTES], "film.mkv"), tmp_path)
