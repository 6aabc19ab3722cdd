"""The model is numbers in JSON: what is not exactly that is refused, nobody's text is in it, nothing executes."""

import json
import subprocess
import sys

import pytest

from app.db import session
from app.domain.suggesting import asking, learning
from app.domain.suggesting.grams import grams
from app.domain.suggesting.learning import Example
from app.domain.suggesting.model import Model, digest_of, read, write
from app.domain.suggesting.records import SuggestionModel
from app.domain.suggesting.teaching import keep_body, keep_model
from app.kernel.errors import Refused

SMALL = Model(("scope",), (0.5,), {"scope": 40}, {"黄烟": (1.5, (2.0,)), "工资": (1.5, (-2.0,))})


def examples():
    smoke = [Example(f"{place}号厂夜里排黄烟，气味刺鼻，张{'甲乙丙丁'[place % 4]}{place}说的", frozenset({"scope", "type:air"}), frozenset({"scope", "type"})) for place in range(20)]  # fmt: skip
    wages = [Example(f"第{'一二三四五六七八九十'[place % 10]}个老板拖欠工资{'快' * place}不给，电话1380013{place:04}", frozenset({"class:labour"}), frozenset({"scope", "class"})) for place in range(20)]  # fmt: skip
    return learning.distinct([*smoke, *wages])


def test_what_is_written_is_read_back_and_says_the_same():
    again = read(write(SMALL), digest_of(write(SMALL)))
    assert again == SMALL
    assert again.say("夜里有黄烟")["scope"] > 0.5 > again.say("拖欠工资")["scope"]


SPOILS = {
    "another format": lambda raw: raw.update(format=2),
    "no heads": lambda raw: raw.update(heads=[]),
    "a head twice": lambda raw: raw.update(heads=["scope", "scope"]),
    "a number in words": lambda raw: raw.update(biases=["1"]),
    "no number": lambda raw: raw.update(biases=[float("nan")]),
    "nothing learned": lambda raw: raw.update(learned={}),
    "a weight missing": lambda raw: raw["grams"].update({"黄烟": [1.0]}),
    "a weight that is none": lambda raw: raw["grams"].update({"黄烟": [1.0, True]}),
    "a whole sentence": lambda raw: raw["grams"].update({"很" * 17: [1.0, 1.0]}),
    "no pairs": lambda raw: raw.pop("grams"),
}


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS)
def test_a_model_that_is_not_as_it_should_be_is_refused_with_a_sentence(spoil):
    raw = json.loads(write(SMALL))
    spoil(raw)
    with pytest.raises(Refused, match="no model of suggestions"):
        read(json.dumps(raw))


@pytest.mark.parametrize("body", ["", "[]", "null", "{", "1", "cos\nsystem\n(S'true'\ntR.", "[" * 5000], ids=repr)
def test_whatever_else_a_file_holds_is_refused(body):
    with pytest.raises(Refused):
        read(body)


def test_a_damaged_model_is_passed_over_and_the_former_one_speaks_on(app):
    first = keep_model(SMALL, 40, {})
    second = keep_model(Model(("scope",), (0.1,), {"scope": 41}, SMALL.rows), 41, {})
    assert asking.newest(session()) == (second, read(session().get_one(SuggestionModel, second).body))
    session().rollback()
    with session().begin():
        session().get_one(SuggestionModel, second).digest = "0" * 64
    assert asking.newest(session())[0] == first


def test_a_bad_file_is_refused_and_nothing_is_changed_by_it(app):
    first = keep_model(SMALL, 40, {})
    with pytest.raises(Refused):
        keep_body("{}", 0, {})
    assert asking.newest(session())[0] == first
    assert keep_model(SMALL, 40, {}) is None


def test_nothing_is_kept_that_fewer_than_five_reports_have_nor_any_identity():
    learned = examples()
    model = learning.fit(learned, learning.heads_of(learned))
    for gram in model.rows:
        assert sum(1 for one in learned if gram in grams(one.words)) >= 5
    assert not any(character.isdigit() for gram in model.rows for character in gram)
    assert max(map(len, model.rows)) <= 2


def test_what_may_tell_who_reported_is_not_read_at_all():
    counted = grams("我叫王小明，住8栋302室，电话13800138000，身份证430202199001011234，我老公有病。黄烟")
    assert not {"我老", "老公", "栋"} & set(counted)
    assert not any(character.isdigit() for gram in counted for character in gram)
    assert "黄烟" in counted


def test_near_duplicates_stand_in_the_same_fold():
    texts = [f"完全不同的第{place}件事情{chr(0x4E00 + place * 7) * 6}" for place in range(8)]
    twice = [*texts, *(f"{text}，再说一遍" for text in texts)]
    parts = learning.folds([Example(text, frozenset({"scope"}), frozenset({"scope"})) for text in twice])
    of = {place: number for number, part in enumerate(parts) for place in part}
    assert sorted(of) == list(range(16))
    assert all(of[place] == of[place + 8] for place in range(8))


def test_a_flood_of_one_letter_is_one_example():
    assert len(learning.distinct([Example("夜里有黄烟。", frozenset(), frozenset()), Example("夜里 有黄烟！", frozenset(), frozenset())])) == 1  # fmt: skip


def test_who_only_asks_never_loads_what_trains():
    """A web worker: the application with all its doors, and a model that speaks."""
    code = (
        "import sys, app.factory, app.triage, app.domain.suggesting as s;"
        "from app.domain.suggesting.model import read;"
        "from app.domain.suggesting.weighing import Heard, Voices;"
        f"Voices((), read({write(SMALL)!r})).weigh(Heard('夜里有黄烟'));"
        "sys.exit(bool({'sklearn', 'scipy', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
