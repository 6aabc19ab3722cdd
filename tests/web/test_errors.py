"""What went wrong becomes a page in the reader's language, and nothing typed is lost."""

import json

import pytest

from app.domain.workflow.vocabulary import Guard

WORDS = "半夜排放黄烟，气味刺鼻。\n<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("kind", "status", "zh", "en"),
    [
        ("missing", 404, "页面不存在", "There is no such page"),
        ("shut", 403, "您没有查看权限", "This is not open to you"),
        ("refused", 422, "暂时不能办理", "This cannot be done as it stands"),
        ("stale", 409, "他人已先行办理", "Somebody else was faster"),
        ("large", 413, "内容过大", "This is too large"),
        ("400", 400, "无法处理这次提交", "This could not be read"),
        ("404", 404, "页面不存在", "There is no such page"),
        ("405", 405, "不能这样打开此页面", "This page cannot be opened this way"),
        ("413", 413, "内容过大", "This is too large"),
        ("418", 418, "无法处理这次提交", "This could not be read"),
        ("429", 429, "请稍候", "Please wait a moment"),
        ("503", 503, "系统出现故障", "Something went wrong with us"),
        ("crash", 500, "系统出现故障", "Something went wrong with us"),
    ],
)
def test_every_error_has_its_page_in_both_languages(reader, kind, status, zh, en):
    for lang, title in (("zh", zh), ("en", en)):
        answer = reader.get(f"/fail/{kind}?lang={lang}")
        assert answer.status_code == status
        assert f"<h1>{title}</h1>" in answer.text


def test_a_missing_thing_and_a_missing_address_look_alike(reader):
    def of(path):
        return reader.get(path).text.replace(path, "")

    assert of("/fail/missing") == of("/no-such")


def test_a_condition_of_the_workflow_speaks_the_readers_language(reader):
    assert Guard.NOT_RATED.zh in reader.get("/fail/refused").text
    assert "already been rated" in reader.get("/fail/refused?lang=en").text


def test_whoever_was_slower_keeps_their_words(reader):
    answer = reader.post("/fail/stale", {"reason": WORDS, "id": "7"})
    assert answer.status_code == 409
    assert "半夜排放黄烟，气味刺鼻。\n&lt;script&gt;" in answer.text


def test_an_expired_page_keeps_what_was_typed_and_can_send_it_again(reader):
    reader.get("/report")
    answer = reader.post("/report", {"what": WORDS, "password": "geheim geheim"}, token=False)
    assert answer.status_code == 400
    assert "页面打开时间过长" in answer.text
    assert '<textarea hidden name="what"' in answer.text
    assert "geheim" not in answer.text
    assert '<button type="submit" class="button primary">重新提交' in answer.text


def test_words_that_did_not_come_from_our_page_are_not_offered_again(reader):
    answer = reader.post("/report", {"what": WORDS}, token=False)  # an old browser, and no session of ours
    assert answer.status_code == 400
    assert "黄烟" not in answer.text


def test_a_session_that_ended_while_writing_keeps_the_words(reader):
    answer = reader.post("/staff/record", {"advice": WORDS})
    assert answer.status_code == 401
    assert '<textarea hidden name="advice"' in answer.text
    assert 'href="/staff/sign-in" target="_blank"' in answer.text


def test_a_crash_gives_a_number_and_tells_the_log_nothing_personal(make_reader, capsys, caplog):
    answer = make_reader(production=True).get("/fail/crash?phone=13900000000")
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    crash = next(line for line in told if line["event"] == "crash")
    assert crash["request_id"] in answer.text
    assert crash["error"] == "RuntimeError"
    assert "__init__.py:" in crash["where"]
    assert not any(number in json.dumps(told) + caplog.text for number in ("13800138000", "13900000000"))


def test_a_refused_method_says_which_are_allowed(reader):
    answer = reader.post("/")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
