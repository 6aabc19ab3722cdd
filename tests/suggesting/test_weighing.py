"""What is suggested for a text, by whom, and how surely; who has heard nothing says nothing."""

from app.domain.suggesting.kinds import IN, OUT, Confidence, Kind, Voice, offered
from app.domain.suggesting.model import Model
from app.domain.suggesting.places import Name, areas_in
from app.domain.suggesting.rules import shipped, sound
from app.domain.suggesting.weighing import Fates, Heard, Voices

RULES = sound(shipped().values())


def told(words, **more):
    voices = Voices(RULES, **{name: more.pop(name) for name in ("model", "offered", "areas", "names") if name in more})
    return {(one.kind, one.value): one for one in voices.weigh(Heard(words, **more))}


def test_words_of_a_rule_speak_for_its_class_and_against_the_scope():
    said = told("老板拖欠我们三个月工资，一直不给。")
    assert said[Kind.SCOPE, OUT].shown
    wages = said[Kind.CLASS, "labour"]
    assert wages.confidence in {Confidence.LIKELY, Confidence.STRONG}
    assert "拖欠…工资" in wages.grounds[0].words


def test_a_sub_type_brings_its_type_with_the_same_words():
    said = told("楼下烧烤店油烟往楼上灌。")
    assert said[Kind.TAG, "fumes"].shown
    assert said[Kind.TYPE, "air"].shown
    assert said[Kind.TYPE, "air"].grounds[0].words == said[Kind.TAG, "fumes"].grounds[0].words
    assert said[Kind.SCOPE, IN].confidence == Confidence.STRONG


def test_who_has_heard_nothing_says_nothing():
    assert told("今天天气不错。") == {}


def test_a_type_the_inspection_does_not_know_is_not_suggested():
    assert (Kind.TYPE, "radiation") in told("楼顶基站有辐射。")
    assert (Kind.TYPE, "radiation") not in told("楼顶基站有辐射。", offered=frozenset({"air"}))


def test_similar_reports_tilt_the_scope_and_name_their_class():
    said = told("某某小区的事请处理。", fates=Fates(judged=4, accepted=1, classes={"neighbourhood": 3}))
    scope = said[Kind.SCOPE, OUT]
    assert (scope.grounds[0].voice, scope.grounds[0].some, scope.grounds[0].all) == (Voice.LIKE, 3, 4)
    assert said[Kind.CLASS, "neighbourhood"].shown


def test_what_the_reporter_chose_counts_and_is_named_as_such():
    said = told("请来看看。", types=("water",), area="430211")
    assert said[Kind.TYPE, "water"].grounds[0].voice == Voice.SAID
    assert said[Kind.AREA, "430211"].shown


def test_types_are_not_offered_for_what_is_to_be_referred():
    every = list(told("工地灰尘不大，但拖欠工资、工伤也不管，劳动仲裁没有结果。").values())
    kinds = {one.kind for one in offered(every)}
    assert Kind.CLASS in kinds
    assert Kind.TYPE not in kinds


def test_the_model_joins_in_and_names_the_pairs_it_heard():
    rows = {"黄烟": (1.0, (2.0, 8.0)), "工资": (1.0, (-6.0, 0.0))}
    model = Model(("scope", "type:air"), (0.0, -1.0), {"scope": 50, "type:air": 50}, rows)
    said = told("夜里有黄烟", model=model)
    air = said[Kind.TYPE, "air"]
    assert {one.voice for one in air.grounds} == {Voice.RULE, Voice.MODEL}
    heard = next(one for one in air.grounds if one.voice == Voice.MODEL)
    assert heard.words == ("黄烟",)


def test_an_area_is_heard_by_its_name_its_town_or_its_short_name_but_not_in_a_road():
    known = [
        Name("泰山路街道", "430211", 2.2, short=False), Name("天元区", "430211", 2.6, short=False),
        Name("天元", "430211", 1.0, short=True), Name("芦淞", "430203", 1.0, short=True),
    ]  # fmt: skip
    assert set(areas_in("天元区有黄烟", known)) == {"430211"}
    assert set(areas_in("天元路有黄烟", known)) == set()
    assert set(areas_in("泰山路街道办旁，芦淞也有", known)) == {"430211", "430203"}
