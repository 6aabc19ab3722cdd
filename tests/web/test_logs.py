"""Logs hold allow-listed keys: no body, no query string, nothing of a person."""

import json

from app.web import logs


def test_a_request_is_told_without_what_was_asked(reader, capsys):
    reader.get("/report?name=张三")
    line = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert set(line) <= logs.ALLOWED
    assert line["endpoint"] == "pages.report"
    assert "张三" not in json.dumps(line, ensure_ascii=False)


def test_a_key_that_nobody_allowed_is_left_out(capsys):
    logs.configure()
    logs.log.info("sent", status=200, telephone="13800138000")
    assert "13800138000" not in capsys.readouterr().err


def test_the_person_is_named_by_number(reader, capsys):
    reader.as_("inspector").get("/staff/queue")
    assert json.loads(capsys.readouterr().err.splitlines()[-1])["person_id"] == 7
