"""Settings: read once, refused when half-configured."""

import pytest

from app.kernel.errors import Misconfigured
from app.settings import read


@pytest.mark.parametrize("secret", ["", "dev", "change-me", "short"])
def test_production_refuses_a_missing_default_or_short_secret(tmp_path, secret):
    with pytest.raises(Misconfigured, match="HOTLINE_SECRET_KEY"):
        read({"HOTLINE_ENV": "production", "HOTLINE_SECRET_KEY": secret, "HOTLINE_INSTANCE": str(tmp_path)})


def test_an_unknown_environment_is_named(tmp_path):
    with pytest.raises(Misconfigured, match="staging"):
        read({"HOTLINE_ENV": "staging", "HOTLINE_INSTANCE": str(tmp_path)})


def test_a_development_installation_keeps_a_secret_of_its_own(tmp_path):
    first, second = read({"HOTLINE_INSTANCE": str(tmp_path)}), read({"HOTLINE_INSTANCE": str(tmp_path)})
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 48
    assert (first.keys / "secret").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("given", ["postgresql://u@h/d", "postgres://u@h/d", "postgresql+psycopg://u@h/d"])
def test_postgresql_goes_through_psycopg(tmp_path, given):
    found = read({"HOTLINE_DATABASE_URL": given, "HOTLINE_INSTANCE": str(tmp_path)})
    assert found.database_url == "postgresql+psycopg://u@h/d"
    assert not found.sqlite


def test_a_queue_server_has_an_address_of_its_kind(tmp_path):
    where = {"HOTLINE_INSTANCE": str(tmp_path)}
    assert read(where | {"HOTLINE_QUEUE": "redis://queue.example:6379/0"}).queue == "redis://queue.example:6379/0"
    with pytest.raises(Misconfigured, match="HOTLINE_QUEUE"):
        read(where | {"HOTLINE_QUEUE": "queue.example"})
