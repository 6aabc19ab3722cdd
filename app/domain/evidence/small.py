"""A small picture of a safe copy, for a page that shows many on a slow connection."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from app import storage

LONGEST_SIDE, QUALITY = 320, 72


def small_picture(files: Path, safe_name: str) -> bytes:
    """Decoded at a fraction of its size, so that it costs little. Raises FileNotFoundError when it is gone."""
    with Image.open(storage.path_of(files, safe_name), formats=["JPEG"]) as picture:
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        out = BytesIO()
        picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
