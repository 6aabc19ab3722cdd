"""Pictures: wherever a position hides, the safe copy has none; the sender may be offered it, and the original keeps it."""

from io import BytesIO

import pytest
from PIL import Image

from app import storage
from app.domain.attachment import BadFile, safe_picture
from app.domain.evidence import pictures
from app.domain.evidence.pictures import position
from app.domain.evidence.resting import SentFile, rest_all
from app.domain.opening import open_file, opener
from tests.conftest import PASSPHRASE
from tests.support import evidence


@pytest.mark.parametrize("kind", evidence.PICTURES)
def test_no_place_of_a_picture_keeps_its_position(kind):
    original = evidence.PICTURES[kind]()
    safe = safe_picture(original)
    assert evidence.found_in(original)
    assert evidence.found_in(safe.content) == []
    with Image.open(BytesIO(safe.content)) as again:
        assert (again.format, dict(again.getexif()), set(again.info) & {"exif", "xmp", "comment", "photoshop"}) == (
            "JPEG", {}, set()
        )  # fmt: skip


@pytest.mark.parametrize("kind", evidence.PICTURES)
def test_the_position_is_told_to_whoever_sends_it(kind):
    assert safe_picture(evidence.PICTURES[kind]()).place == pytest.approx(evidence.PLACE, abs=1e-4)


@pytest.mark.parametrize("gps", [{}, {2: (0, 0, 0), 4: (0, 0, 0)}, {2: (99, 0, 0), 4: (1, 0, 0)}, {2: "x", 4: None}])
def test_a_position_that_cannot_be_true_is_none(gps: dict[int, object]):
    exif = Image.Exif()
    exif[0x8825] = gps
    assert position(exif) is None


RED = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}
"""Which corner (right, below) of the upright picture is red, for a camera held in each of the eight ways."""


@pytest.mark.parametrize("orientation", RED)
def test_the_safe_copy_stands_upright(orientation):
    safe = safe_picture(evidence.jpeg((64, 48), orientation))
    with Image.open(BytesIO(safe.content)) as picture:
        assert picture.size == ((64, 48) if orientation < 5 else (48, 64))
        right, below = RED[orientation]
        corner = ((picture.width - 9) * right + 4, (picture.height - 9) * below + 4)
        red, green = picture.getchannel("R").getpixel(corner), picture.getchannel("G").getpixel(corner)
        assert float(red) > float(green) + 80


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((4000, 3000), (2000, 1500)),
        ((3000, 4000), (1500, 2000)),
        ((2592, 1944), (2048, 1536)),
        ((900, 700), (900, 700)),
    ],
)
def test_a_large_picture_is_made_smaller(size, wanted):
    out = BytesIO()
    Image.new("RGB", size).save(out, "JPEG")
    safe = safe_picture(out.getvalue())
    assert (safe.width, safe.height) == wanted


def test_a_picture_is_decoded_once(monkeypatch):
    opened, real = [], pictures._opened

    def counted(*given):
        opened.append(given)
        return real(*given)

    monkeypatch.setattr(pictures, "_opened", counted)
    safe_picture(evidence.jpeg())
    assert len(opened) == 1


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "I;16", "1", "CMYK"])
def test_a_picture_of_any_colours_is_taken(mode):
    out = BytesIO()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (40, 30)).save(out, kind)
    assert safe_picture(out.getvalue()).width == 40


@pytest.mark.parametrize("kind", evidence.PICTURES)
def test_the_original_rests_sealed_as_it_came(app, installation, files, kind):
    original = evidence.PICTURES[kind]()
    rested = rest_all(installation, "k" * 40, [SentFile("a.jpg", original)])
    kept = rested.files[0]
    on_disk = b"".join(file.read_bytes() for file in files.rglob("*") if file.is_file())
    assert evidence.found_in(on_disk) == []
    key = opener(installation.locked_key(), PASSPHRASE)
    assert open_file(key, storage.read(files, kept.sealed_name)) == original
    assert open_file(key, kept.label).decode() == "a.jpg"


@pytest.mark.parametrize("length", [3, 60, 300, 700])
def test_a_picture_that_is_cut_off_is_refused_with_a_sentence(length):
    with pytest.raises(BadFile):
        safe_picture(evidence.heic()[:length])
