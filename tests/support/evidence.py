"""Files as telephones and strangers send them: a canary in every place a position can hide, and files that mean harm."""

import shutil
import struct
import subprocess
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from PIL import Image, PngImagePlugin

PLACE = (27.8361, 113.1517)
CANARY = b"CANARY-27.8361-113.1517"
CANARIES = (CANARY, b"27.8361", b"+27.8361", b"113.1517", b"CANARY", CANARY.decode().encode("utf-16-le"))
TELEPHONE = Path(__file__).parent.parent / "evidence" / "telephone.heic"


def found_in(content):
    return [canary for canary in CANARIES if canary in content]


def plain(size=(64, 48)):
    picture = Image.new("RGB", size, (30, 90, 60))
    picture.paste((200, 40, 40), (0, 0, size[0] // 2, size[1] // 2))
    return picture


def gps(orientation=1):
    exif = Image.Exif()
    exif[0x010E], exif[0x010F], exif[0x0110], exif[0x0112] = CANARY.decode(), CANARY.decode(), "CANARY", orientation
    exif[0x8825] = {1: "N", 2: (27.0, 50.0, 9.96), 3: "E", 4: (113.0, 9.0, 6.12), 29: "2026:11:22"}
    exif[0x8769] = {0x9286: CANARY, 0x927C: CANARY}  # the user's comment, the maker's note
    return exif


def jpeg(size=(64, 48), orientation=1):
    """EXIF with a position, XMP, IPTC, a comment, a thumbnail's worth of a second picture, and words behind the end."""
    out, second = BytesIO(), BytesIO()
    plain((32, 24)).save(second, "JPEG", exif=gps(), comment=CANARY)
    plain(size).save(out, "JPEG", exif=gps(orientation), comment=CANARY, xmp=b"<x:xmpmeta>" + CANARY + b"</x:xmpmeta>")
    iptc = (
        b"Photoshop 3.0\0"
        b"8BIM\x04\x04\0\0"
        + struct.pack(">I", len(CANARY) + 5)
        + b"\x1c\x02\x78"
        + struct.pack(">H", len(CANARY))
        + CANARY
    )
    mpf = b"MPF\0" + CANARY
    whole = out.getvalue()
    return whole[:2] + segment(0xED, iptc) + segment(0xE2, mpf) + whole[2:] + second.getvalue() + CANARY


def segment(kind, content):
    return bytes([0xFF, kind]) + struct.pack(">H", len(content) + 2) + content


def png():
    out, words = BytesIO(), PngImagePlugin.PngInfo()
    words.add_text("Comment", CANARY.decode())
    words.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    words.add_text("Location", CANARY.decode(), zip=True)
    words.add(b"prVt", CANARY)
    plain().save(out, "PNG", pnginfo=words, exif=gps())
    return out.getvalue() + CANARY


def webp():
    out = BytesIO()
    plain().save(out, "WEBP", exif=gps().tobytes(), xmp=b"<x:xmpmeta>" + CANARY + b"</x:xmpmeta>")
    return out.getvalue()


def heic():
    return TELEPHONE.read_bytes()


PICTURES = {"jpeg": jpeg, "png": png, "webp": webp, "heic": heic}


def svg():
    return b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


def page():
    return b"<!doctype html><html><script>alert(1)</script></html>"


def package(main, **parts):
    """An Office package, with more parts than it should have."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", parts.pop("types", "<Types/>"))
        made.writestr(main, "<document>烟囱冒黑烟</document>")
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def word(**parts):
    return package("word/document.xml", **parts)


def word_with_macros():
    return word(**{"word__vbaProject.bin": b"Sub AutoOpen()"})


def word_said_to_have_macros():
    return word(types="application/vnd.ms-word.document.macroEnabled.main+xml")


def archive():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("photo.jpg", jpeg())
    return out.getvalue()


def old_word(content=b"text"):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + content


def pdf(content=b""):
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog" + content + b">>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_bomb(width=30000, height=30000):
    """A few kilobytes that would be gigabytes of pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(100_000), 9))
        + chunk(b"IEND", b"")
    )


def words_bomb():
    """A PNG whose text unpacks to far more than it is."""
    text = b"Comment\0\0" + zlib.compress(b"A" * 80_000_000, 9)
    whole = png()
    return whole[:33] + chunk(b"zTXt", text) + whole[33:]


def package_bomb():
    return word(**{"word__media.xml": b"0" * 330_000_000})


HOSTILE = {
    # name, content, and whether it is taken (a picture that is also something else becomes a picture alone)
    "svg": ("smoke.svg", svg, False),
    "svg called a picture": ("smoke.jpg", svg, False),
    "page": ("report.html", page, False),
    "page called text": ("report.txt", page, False),
    "program": ("photo.jpg.exe", lambda: b"MZ" + bytes(200), False),
    "shell script": ("a.sh", lambda: b"#!/bin/sh\nrm -rf /\n", False),
    "archive": ("pictures.zip", archive, False),
    "gif": ("moving.gif", lambda: encoded("GIF"), False),
    "tiff": ("scan.tiff", lambda: encoded("TIFF"), False),
    "bitmap": ("scan.bmp", lambda: encoded("BMP"), False),
    "empty": ("nothing.jpg", lambda: b"", False),
    "picture cut off": ("half.jpg", lambda: jpeg((800, 600))[:2400], False),
    "picture of noise": ("noise.jpg", lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8, False),
    "pixel bomb": ("bomb.png", png_bomb, False),
    "words bomb": ("words.png", words_bomb, False),
    "word with macros": ("letter.docx", word_with_macros, False),
    "word that says it has macros": ("letter.docx", word_said_to_have_macros, False),
    "word bomb": ("letter.docx", package_bomb, False),
    "word cut off": ("letter.docx", lambda: word()[:60], False),
    "sheet called a document": ("letter.docx", lambda: package("xl/workbook.xml"), False),
    "old word with macros": ("letter.doc", lambda: old_word("_VBA_PROJECT".encode("utf-16-le")), False),
    "pdf with a script": ("letter.pdf", lambda: pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), False),
    "pdf that starts a program": ("letter.pdf", lambda: pdf(b"/OpenAction<</S/Launch/F(cmd.exe)>>"), False),
    "pdf with a file inside": ("letter.pdf", lambda: pdf(b"/Type/EmbeddedFile"), False),
    "video that is none": ("film.mp4", lambda: b"\0\0\0\x18ftypnope" + bytes(100), False),
    "playlist called a video": ("film.mp4", lambda: b"#EXTM3U\nfile:///etc/passwd\n", False),
    "text with zeros": ("words.txt", lambda: b"abc\0def", False),
    "picture and page": ("both.jpg", lambda: jpeg() + page(), True),
    "picture and archive": ("both.jpg", lambda: jpeg() + word(), True),
    "picture with a page for a comment": ("both.jpg", lambda: encoded("JPEG", comment=page()), True),
    "picture with a page for its words": ("both.png", lambda: png() + page(), True),
    "folders in the name": ("../../../etc/passwd.jpg", jpeg, True),
    "other folders in the name": ("C:\\windows\\system32\\a.jpg", jpeg, True),
    "turned name": ("photo\u202egpj.exe", jpeg, True),
    "quotes and lines in the name": ('a"; filename="b.html\r\nX: y.jpg', jpeg, True),
    "very long name": ("长" * 3000 + ".jpg", jpeg, True),
    "no name to speak of": ("\u202e\u200b.jpg", jpeg, True),
    "formula for a name": ("=cmd|'/c calc'!A1.jpg", jpeg, True),
    "script for a name": ("<script>alert(1)</script>.jpg", jpeg, True),
}


def encoded(kind, **more):
    out = BytesIO()
    plain().save(out, kind, **more)
    return out.getvalue()


TAGS = [
    f"{name}={CANARY.decode()}"
    for name in (
        "title",
        "comment",
        "artist",
        "description",
        "location",
        "location-eng",
        "com.apple.quicktime.location.ISO6709",
        "com.android.version",
        "encoder",
        "handler_name",
    )
]
SOUND = ["-f", "lavfi", "-i", "sine=frequency=440:duration=0.4"]
SIGHT = ["-f", "lavfi", "-i", "testsrc=size=96x64:rate=10:duration=0.4"]
CLIPS = {
    "telephone.mp4": [
        *SIGHT,
        *SOUND,
        "-c:v",
        "libx264",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
        "-movflags",
        "use_metadata_tags",
    ],
    "apple.mov": [*SIGHT, *SOUND, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-timecode", "00:00:00:00"],
    "old.3gp": [*SIGHT, *SOUND, "-c:v", "mpeg4", "-c:a", "aac"],
    "hevc.mp4": [*SIGHT, "-c:v", "libx265", "-x265-params", "log-level=none", "-tag:v", "hvc1", "-pix_fmt", "yuv420p"],
    "browser.webm": [*SIGHT, *SOUND, "-c:v", "libvpx", "-c:a", "libvorbis"],
    "film.mkv": [*SIGHT, *SOUND, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"],
    "voice.m4a": [*SOUND, "-c:a", "aac"],
    "voice.mp3": [*SOUND, "-c:a", "libmp3lame", "-id3v2_version", "3", "-write_id3v1", "1"],
    "voice.ogg": [*SOUND, "-c:a", "libvorbis"],
    "voice.wav": [*SOUND, "-c:a", "pcm_s16le"],
}


def clip(name, folder):
    """A short recording with tags, a chapter, words that run along, and a canary in its stream of pictures."""
    chapters = folder / "chapters.txt"
    chapters.write_text(
        f";FFMETADATA1\ntitle={CANARY.decode()}\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=300\ntitle={CANARY.decode()}\n"
    )
    target, tags = folder / name, [part for tag in TAGS for part in ("-metadata", tag)]
    streams = [
        part
        for kind in ("v", "a")
        for part in (
            f"-metadata:s:{kind}",
            f"title={CANARY.decode()}",
            f"-metadata:s:{kind}",
            f"handler_name={CANARY.decode()}",
        )
    ]
    said = ["-i", str(chapters), "-map_metadata", str(CLIPS[name].count("lavfi")), *tags, *streams]
    inputs = CLIPS[name][: 4 * CLIPS[name].count("lavfi")]
    rest = CLIPS[name][4 * CLIPS[name].count("lavfi") :]
    subprocess.run(
        ["ffmpeg", "-y", "-loglevel", "error", *inputs, *said, *rest, str(target)], check=True, stdin=subprocess.DEVNULL
    )
    return target.read_bytes()


def with_words_and_cover(folder):
    """An MP4 with subtitles that tell the position second by second, as some cameras do, and a cover picture."""
    film, words, cover, target = folder / "film.mp4", folder / "words.srt", folder / "cover.jpg", folder / "flight.mp4"
    film.write_bytes(clip("telephone.mp4", folder))
    words.write_text(f"1\n00:00:00,000 --> 00:00:00,300\n{CANARY.decode()}\n")
    cover.write_bytes(jpeg())
    command = [
        "ffmpeg",
        "-y",
        "-loglevel",
        "error",
        "-i",
        film,
        "-i",
        words,
        "-i",
        cover,
        "-map",
        "0",
        "-map",
        "1",
        "-map",
        "2",
        "-c",
        "copy",
        "-c:s",
        "mov_text",
        "-disposition:v:1",
        "attached_pic",
        target,
    ]
    subprocess.run(list(map(str, command)), check=True, stdin=subprocess.DEVNULL)
    return target.read_bytes()


def with_a_camera_message(folder):
    """H.264 with a message of the camera's own (SEI, user data) between its pictures."""
    plain_film, target = folder / "plain.mp4", folder / "message.mp4"
    plain_film.write_bytes(clip("telephone.mp4", folder))
    message = f"h264_metadata=sei_user_data='086f3693-b7b3-4f2c-9653-21492feee5b8+{CANARY.decode()}'"
    command = ["ffmpeg", "-y", "-loglevel", "error", "-i", plain_film, "-c", "copy", "-bsf:v", message, target]
    subprocess.run(list(map(str, command)), check=True, stdin=subprocess.DEVNULL)
    return target.read_bytes()


def ffmpeg_is_here():
    return shutil.which("ffmpeg") is not None
