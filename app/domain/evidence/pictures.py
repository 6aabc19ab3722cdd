"""Pictures: re-encoded as JPEG, upright, without any metadata; and the position a telephone wrote into one."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pi_heif
from PIL import ExifTags, Image, ImageFile, JpegImagePlugin

from app.domain.evidence.refusing import BadFile
from app.kernel.errors import N_

pi_heif.register_heif_opener(thumbnails=False)
DECODERS = {"image/png": "PNG", "image/webp": "WEBP", "image/heic": "HEIF"}
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2048
LEAST_SIDE = 1400  # a reduced decoding of at least this is taken as it is: resampling costs more than decoding
QUALITY = 82
SAFE_TYPE = "image/jpeg"
BROKEN = N_("This picture cannot be read; it may be damaged.")
DEGREES = (1, 60, 3600)
UNREADABLE = (OSError, ValueError, SyntaxError, TypeError, Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True)
class SafePicture:
    """A picture with its orientation applied and every other metadata gone, as JPEG; `place` is what it had of one."""

    content: bytes
    width: int
    height: int
    place: tuple[float, float] | None = None


def safe_picture(content: bytes, media_type: str) -> SafePicture:
    """Re-encode a picture, decoded once and at half or a quarter of its size where that is enough. BadFile."""
    try:
        with _opened(content, media_type) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise BadFile(N_("This picture has too many pixels."))
            exif = picture.getexif()
            place = position(exif)
            upright = _upright(_reduced(picture), exif)
    except UNREADABLE as error:
        raise BadFile(BROKEN) from error
    out = BytesIO()
    upright.save(out, "JPEG", quality=QUALITY)
    return SafePicture(out.getvalue(), upright.width, upright.height, place)


def _opened(content: bytes, media_type: str) -> ImageFile.ImageFile:
    """By the one decoder for what it is. Of a JPEG that carries several pictures the first one is meant."""
    if media_type == "image/jpeg":
        return JpegImagePlugin.JpegImageFile(BytesIO(content))
    return Image.open(BytesIO(content), formats=[DECODERS[media_type]])


def _reduced(picture: ImageFile.ImageFile) -> Image.Image:
    """As small as it is wanted. A JPEG is decoded at a fraction, for its coefficients allow it."""
    longest = max(picture.size)
    step = next(step for step in (1, 2, 4, 8, 64) if longest <= LONGEST_SIDE * step)
    if step > 1 and longest < LEAST_SIDE * step:
        step //= 2
    if step > 1:
        picture.draft(None, (picture.width // step, picture.height // step))
    reduced: Image.Image = picture
    if max(picture.size) > LONGEST_SIDE:
        reduced = _plain(picture)
        reduced.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
    return _plain(reduced)


def _plain(picture: Image.Image) -> Image.Image:
    """In three colours, on white where it was transparent."""
    if picture.mode == "RGB":
        return picture
    if picture.has_transparency_data:
        over = picture.convert("RGBA")
        white = Image.new("RGB", picture.size, "white")
        white.paste(over, mask=over.getchannel("A"))
        return white
    return picture.convert("RGB")


def _upright(picture: Image.Image, exif: Image.Exif) -> Image.Image:
    """Turned as its camera was held; a new picture that carries nothing but its pixels."""
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
    turn = turns.get(exif.get(ExifTags.Base.Orientation, 1))
    turned = picture.transpose(Image.Transpose(turn)) if turn is not None else picture
    bare = Image.new("RGB", turned.size) if turned is picture else turned
    if turned is picture:
        picture.load()
        bare.im = picture.im
    bare.info = {}
    return bare


def position(exif: Image.Exif) -> tuple[float, float] | None:
    """Latitude and longitude in degrees (WGS 84), when a telephone wrote them and they can be true."""
    try:
        found: dict[int, Any] = exif.get_ifd(ExifTags.IFD.GPSInfo)
        latitude = _degrees(found[2]) * (-1 if str(found.get(1, "N")).upper().startswith("S") else 1)
        longitude = _degrees(found[4]) * (-1 if str(found.get(3, "E")).upper().startswith("W") else 1)
    except (KeyError, AttributeError, *UNREADABLE, ZeroDivisionError):
        return None
    likely = -90 <= latitude <= 90 and -180 <= longitude <= 180 and (latitude, longitude) != (0, 0)  # noqa: PLR2004
    return (round(latitude, 6), round(longitude, 6)) if likely else None


def _degrees(parts: Any) -> float:
    return sum(float(part) / of for part, of in zip(parts, DEGREES, strict=True))
