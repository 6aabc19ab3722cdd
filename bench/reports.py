"""What citizens send, as the bytes of an HTTP request: reports of words, and reports with a photograph of 3 MB."""

import random
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from urllib.parse import urlencode

from PIL import Image

from app.kernel import crypto

WORDS = "夜里十点以后厂区有刺激性气味，关着窗也闻得到，已经持续半个月。"
BOUNDARY = "bench-boundary-0123456789"
WANTED = 3_000_000
WIDE, HIGH = 4000, 3000


def report_of_words(port: int, cookie: str, token: str) -> bytes:
    """The last step of a report: everything checked, sent."""
    body = urlencode(_told(token)).encode()
    return _request(port, cookie, "application/x-www-form-urlencoded", body)


def report_with_picture(port: int, cookie: str, token: str) -> bytes:
    """The same with a photograph of a telephone in it."""
    parts = [_part(f'name="{name}"', value.encode()) for name, value in _told(token).items()]
    parts.append(_part('name="files"; filename="IMG_0001.jpg"\r\nContent-Type: image/jpeg', photograph()))
    body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
    return _request(port, cookie, f"multipart/form-data; boundary={BOUNDARY}", body)


def bare_report(port: int) -> bytes:
    """The words alone, for the floor."""
    return _request(port, "", "application/x-www-form-urlencoded", urlencode({"description": WORDS}).encode(), "/")


@cache
def photograph() -> bytes:
    """Twelve megapixels, about 3 MB: smooth colours with as much grain as it takes."""
    chance = random.Random(7)
    small = Image.frombytes("RGB", (WIDE // 8, HIGH // 8), chance.randbytes(WIDE // 8 * (HIGH // 8) * 3))
    picture = small.resize((WIDE, HIGH), Image.Resampling.BICUBIC)
    content = b""
    for quality in range(95, 30, -5):
        out = BytesIO()
        picture.save(out, "JPEG", quality=quality)
        content = out.getvalue()
        if len(content) <= WANTED:
            break
    return content


def _told(token: str) -> Mapping[str, str]:
    return {
        "csrf_token": token,
        "key": crypto.random_token(),
        "description": WORDS,
        "place": "某路与某路交叉口",
        "polluter": "某厂",
        "types": "air",
        "name": "某某",
        "phone": "13900001234",
        "checked": "yes",
    }


def _part(head: str, content: bytes) -> bytes:
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"


def _request(port: int, cookie: str, kind: str, body: bytes, path: str = "/report") -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nCookie: {cookie}\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
