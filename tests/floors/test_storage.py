"""Files rest safely before they are spoken of."""

import os
from pathlib import Path

import pytest

from app import storage


def test_a_file_is_synced_renamed_and_its_folder_synced_before_its_name_is_known(tmp_path, monkeypatch):
    happened = []
    real_sync, real_rename = os.fsync, Path.rename

    def sync(handle):
        happened.append("sync")
        real_sync(handle)

    def rename(waiting, kept):
        happened.append("rename")
        return real_rename(waiting, kept)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "rename", rename)
    name = storage.keep(tmp_path, b"picture")
    assert happened == ["sync", "sync", "rename", "sync"]  # the new folder's parent, the file, and the folder
    assert storage.read(tmp_path, name) == b"picture"
    assert not list(tmp_path.glob("*/.*"))


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "ab", "a" * 39 + "/"])
def test_a_name_that_is_none_of_ours_is_not_found(tmp_path, name):
    with pytest.raises(FileNotFoundError):
        storage.read(tmp_path, name)


def test_what_was_dropped_is_gone_and_dropping_twice_is_no_error(tmp_path):
    name = storage.keep(tmp_path, b"x")
    storage.drop(tmp_path, name)
    storage.drop(tmp_path, name)
    with pytest.raises(FileNotFoundError):
        storage.read(tmp_path, name)
