"""Pictures: what everybody sees carries nothing of the telephone it was taken with."""

from io import BytesIO

import pytest
from PIL import Image

from app import storage
from app.db import transaction
from app.domain.attachment import BadFile, attach_waiting, attachments_of, safe_picture, take_picture
from app.domain.opening import open_file, opener
from app.kernel import clock
from tests.conftest import PASSPHRASE

CANARY = "Canary-Camera-0731"


def picture(kind="JPEG", size=(60, 40), **rest) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (30, 90, 60)).save(out, kind, **rest)
    return out.getvalue()


def with_exif(orientation=6) -> bytes:
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = CANARY, orientation
    exif.get_ifd(0x8825)[2] = (27.0, 49.0, 30.0)
    return picture(exif=exif)


def test_the_safe_copy_is_upright_and_has_no_metadata():
    safe = safe_picture(with_exif())
    assert (safe.width, safe.height) == (40, 60)
    assert CANARY.encode() not in safe.content
    with Image.open(BytesIO(safe.content)) as again:
        assert dict(again.getexif()) == {}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photographs_are_taken(kind):
    assert safe_picture(picture(kind)).width == 60


@pytest.mark.parametrize("content", [b"", b"MZ program", b"<svg onload=alert(1)>", picture("GIF"), picture()[:300]])
def test_what_is_no_photograph_is_refused_with_a_sentence(content):
    with pytest.raises(BadFile):
        safe_picture(content)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(monkeypatch):
    monkeypatch.setattr("app.domain.evidence.pictures.MOST_PIXELS", 100)
    with pytest.raises(BadFile, match="pixels"):
        safe_picture(picture())


def test_the_original_rests_sealed_and_the_copy_in_the_clear(app, installation, files):
    original = with_exif()
    with transaction() as s:
        kept = take_picture(s, files, installation.vault.public, original, "form", clock.now())
    assert CANARY.encode() not in storage.read(files, kept.safe_name) + storage.read(files, kept.sealed_name)
    key = opener(installation.locked_key(), PASSPHRASE)
    assert open_file(key, storage.read(files, kept.sealed_name)) == original


def test_files_wait_under_their_forms_key_until_the_record_is_kept(app, installation, files):
    with transaction() as s:
        for _ in range(2):
            take_picture(s, files, installation.vault.public, picture(), "form", clock.now())
        take_picture(s, files, installation.vault.public, picture(), "another form", clock.now())
        attach_waiting(s, "form", "report", 7)
        assert [(one.position, one.waiting_key) for one in attachments_of(s, "report", 7)] == [(1, None), (2, None)]
