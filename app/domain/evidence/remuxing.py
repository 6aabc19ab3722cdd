"""Safe copies of videos and recordings: the same sound and picture in a fresh container, without a word beside them.

ffmpeg copies the streams it is allowed to (no data, subtitle, timecode or picture streams: positions travel there),
drops every tag and chapter, and the messages that cameras put between the pictures of a video. It works in a folder
of its own, on one file, with bounded time, memory and output, and may open nothing but files. Its reader is named by
what we found the file to be, so that a file cannot choose another (a playlist, say, that names files of ours).
"""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.evidence.kinds import VIDEO, Form
from app.domain.evidence.refusing import BadFile
from app.kernel.errors import N_

MEMORY, SECONDS, PATIENCE = 1024 * 1024 * 1024, 120, 180
SPARE = 16 * 1024 * 1024
QUIET = ("-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file")
MESSAGES = {"h264": "filter_units=remove_types=6", "hevc": "filter_units=remove_types=39-40"}
BROKEN = N_("This recording cannot be read; it may be damaged.")
WAYS = {  # the container of the safe copy, and which streams it may hold
    "mov": ("mp4", "video/mp4", "audio/mp4", {"h264", "hevc", "mpeg4", "av1"}, {"aac", "mp3"}),
    "matroska": ("webm", "video/webm", "audio/webm", {"vp8", "vp9", "av1"}, {"opus"}),
}
SOUNDS = {"aac", "mp3", "ac3", "alac", "opus", "vorbis", "flac", "amr_nb", "amr_wb", "pcm_s16le", "pcm_s16be", "pcm_u8"}
"""Those a container does not take, or not without the tags inside them, are encoded anew: sound alone is small."""


class Missing(Exception):
    """ffmpeg is not installed: the safe copy waits until it is."""


@dataclass(frozen=True)
class Remuxed:
    media_type: str
    file: Path


def remux(source: Path, form: Form, folder: Path) -> Remuxed:
    """Make a safe copy in a folder. Raises BadFile for what cannot be read or made safe, Missing without ffmpeg."""
    streams = _streams(source, form.reader)
    picture = next((one for one in streams if one["codec_type"] == "video" and not _is_cover(one)), None)
    sound = next((one for one in streams if one["codec_type"] == "audio"), None)
    if (picture is None and sound is None) or (picture is None and form.kind is VIDEO):
        raise BadFile(BROKEN)
    format_, media_type, coded = _way(form, picture, sound)
    target = folder / f"safe.{format_}"
    ffmpeg = ["-f", form.reader, "-i", str(source), *_chosen(picture, sound), *_bare(picture, media_type), *coded]
    _run(["ffmpeg", *QUIET, "-threads", "1", *ffmpeg, "-f", format_, str(target)], source.stat().st_size)
    if not target.is_file() or not target.stat().st_size:
        raise BadFile(BROKEN)
    return Remuxed(media_type, target)


def _streams(source: Path, reader: str) -> list[dict[str, Any]]:
    told = _run(["ffprobe", *QUIET[1:], "-f", reader, "-show_streams", "-of", "json", str(source)], 0)
    found: list[dict[str, Any]] = json.loads(told or b"{}").get("streams", [])
    return [one for one in found if one.get("codec_type") in {"video", "audio"}]


def _is_cover(stream: dict[str, Any]) -> bool:
    return bool(stream.get("disposition", {}).get("attached_pic"))


def _way(form: Form, picture: dict[str, Any] | None, sound: dict[str, Any] | None) -> tuple[str, str, list[str]]:
    """(container, media type, how the streams get there). What no container of ours can hold has no safe copy."""
    seen, heard = (picture or {}).get("codec_name"), (sound or {}).get("codec_name")
    if heard and heard not in SOUNDS:
        raise BadFile(BROKEN)
    if form.kind is not VIDEO and heard:
        copied = heard in WAYS["mov"][4]
        return "mp4", "audio/mp4", ["-c:a", "copy"] if copied else ["-c:a", "aac", "-b:a", "96k"]
    for container, media_type, _sound_alone, pictures, sounds in WAYS.values():
        if seen in pictures:
            anew = "aac" if container == "mp4" else "libopus"
            return container, media_type, ["-c:v", "copy", "-c:a", "copy" if heard in sounds else anew]
    raise BadFile(BROKEN)


def _chosen(picture: dict[str, Any] | None, sound: dict[str, Any] | None) -> list[str]:
    return [part for one in (picture, sound) if one for part in ("-map", f"0:{one['index']}")]


def _bare(picture: dict[str, Any] | None, media_type: str) -> list[str]:
    """No tags of the file, its streams or chapters, no name of a program, no messages between the pictures."""
    bare = ["-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1", "-dn", "-sn"]
    bare += ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]
    if media_type.endswith("mp4"):
        bare += ["-write_tmcd", "0", "-movflags", "+faststart"]
    if picture and media_type.startswith("video") and picture["codec_name"] in MESSAGES:
        bare += ["-bsf:v", MESSAGES[picture["codec_name"]]]
    return bare


def _run(command: Sequence[str], size: int) -> bytes:
    """In an own process with bounds on time, memory and what it writes. The environment says nothing of ours."""
    if not shutil.which(command[0]) or not shutil.which("prlimit"):
        raise Missing
    bounds = [f"--as={MEMORY}", f"--cpu={SECONDS}", f"--fsize={2 * size + SPARE}", "--nofile=64", "--core=0"]
    try:
        done = subprocess.run(
            ["prlimit", *bounds, "--", *command],  # noqa: S607  (found on the path, like ffmpeg itself)
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
            env={"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"},
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise BadFile(BROKEN) from error
    return done.stdout
