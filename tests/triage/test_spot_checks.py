"""Spot checks: drawn by chance and weight, so that anybody can draw the same again; each check noted."""

import io
import re
from collections import Counter
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import select

from app.db import session
from app.domain import ledger
from app.domain.case import Case, Verdict
from app.domain.evidence.resting import SentFile
from app.domain.inspection import Inspection
from app.domain.ledger import LedgerEntry
from app.domain.report import Matter
from app.domain.spot_check import Chance, SpotFound, SpotLine, SpotList, draw, pack, unpack
from app.domain.workflow.vocabulary import CaseState
from app.kernel import clock
from app.kernel.errors import NotAllowed, NotFound, Refused
from app.triage.spots import queries, services
from app.triage.spots.commands import DrawList, KeepPictures, PointSeen, RecordVisit
from tests.support.browsing import browse
from tests.support.cast import LUSONG, TIANYUAN

LISTS = "/staff/triage/watch/spot-checks"


@pytest.fixture
def passed(office, cast):
    """`passed(n)` cases whose answers were passed; the second unfounded, the third key, the fourth a repeat."""

    def make(count, area=TIANYUAN):
        ids = []
        for place in range(count):
            [case_id] = office.accepted(office.report(area_code=area), area)
            ids.append(case_id)
            case = session().get_one(Case, case_id)
            case.state = str(CaseState.PASSED)
            case.verdict = str(Verdict.UNFOUNDED if place == 1 else Verdict.TRUE)
            case.key = place == 2
            if place == 3:
                matter = Matter(inspection_id=cast.ours)
                session().add(matter)
                session().flush()
                case.report.matter_id = matter.id
            session().commit()
        return ids

    return make


def jpeg():
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(content, "JPEG")
    return content.getvalue()


def lines(list_id):
    session().rollback()
    return list(session().scalars(select(SpotLine).where(SpotLine.list_id == list_id).order_by(SpotLine.position)))


def test_the_same_seed_draws_the_same():
    frame = [Chance(number, 1 + number % 5) for number in range(200)]
    first = draw("a seed", frame, 20)
    assert first == draw("a seed", list(reversed(frame)), 20)
    assert first != draw("another", frame, 20)
    assert draw("a seed", frame, 10) == first[:10], "a longer list goes on where a shorter one ends"
    assert len(draw("a seed", frame, 500)) == 200


def test_weight_makes_likelier():
    frame = [Chance(number, 5 if number < 50 else 1) for number in range(100)]
    drawn = Counter(one.weight for seed in range(400) for one in draw(f"seed {seed}", frame, 1))
    assert 4.0 < drawn[5] / drawn[1] < 6.3


def test_what_could_be_drawn_is_kept_whole():
    frame = [Chance(number, 1 + number % 3) for number in range(1000)]
    packed, digest = pack(reversed(frame))
    assert unpack(packed) == (frame, digest)


def test_a_drawing_is_ledgered_with_everything_that_made_it(passed, cast):
    ids = passed(5)
    list_id = services.draw_list(cast["leader"], DrawList(cast.ours, 3))
    drawn = session().get_one(SpotList, list_id)
    entry = session().scalars(select(LedgerEntry).where(LedgerEntry.noun == "spot_list")).one()
    assert (entry.action, entry.person_id) == ("draw_spot_check", cast.people["leader"])
    assert entry.facts["cases"] == [line.case_id for line in lines(list_id)]
    assert {key: entry.facts[key] for key in ("seed", "of", "frame")} == {
        "seed": drawn.seed, "of": 5, "frame": drawn.frame_digest,
    }  # fmt: skip
    assert entry.facts["weights"] == {"unfounded": 4, "repeat": 2, "key": 2}
    assert ledger.verify(session()).sound
    weights = {chance.case_id: chance.weight for chance in unpack(drawn.frame)[0]}
    assert weights == dict(zip(ids, (1, 5, 3, 3, 1), strict=True))


def test_the_weights_are_the_inspections_setting(passed, cast):
    ids = passed(2)
    ours = session().get_one(Inspection, cast.ours)
    ours.kept_settings = {**ours.kept_settings, "spot_unfounded": 9}
    session().commit()
    list_id = services.draw_list(cast["inspector"], DrawList(cast.ours, 2))
    assert {line.case_id: (line.weight, line.drawn_for) for line in lines(list_id)} == {
        ids[0]: (1, []), ids[1]: (10, ["unfounded"]),
    }  # fmt: skip


def test_a_list_that_was_changed_afterwards_is_found_out(passed, cast):
    passed(5)
    list_id = services.draw_list(cast["leader"], DrawList(cast.ours, 2))
    assert queries.list_page(cast["supervisor"], list_id, again=True).same is True
    [first, _] = lines(list_id)
    first.case_id = next(iter(set(session().scalars(select(Case.id))) - {line.case_id for line in lines(list_id)}))
    session().commit()
    session().expire_all()
    assert queries.list_page(cast["supervisor"], list_id, again=True).same is False


def test_only_answers_that_were_passed_are_drawn(office, passed, cast):
    office.ready()
    with pytest.raises(Refused):
        services.draw_list(cast["leader"], DrawList(cast.ours, 2))
    [there] = passed(1, LUSONG)
    list_id = services.draw_list(cast["leader"], DrawList(cast.ours, 5, LUSONG))
    assert [line.case_id for line in lines(list_id)] == [there]
    with pytest.raises(Refused):
        services.draw_list(cast["leader"], DrawList(cast.ours, 5, TIANYUAN))


def test_who_draws_and_who_reads(passed, cast):
    passed(1)
    list_id = services.draw_list(cast["inspector"], DrawList(cast.ours, 1))
    with pytest.raises(NotAllowed):
        services.draw_list(cast["supervisor"], DrawList(cast.ours, 1))
    for login in ("clerk", "coordinator", "officer", "foreign_leader"):
        with pytest.raises(NotFound):
            queries.list_page(cast[login], list_id)


def a_visit(list_id, line_id, *found, **more):
    said = {
        "visited_at": clock.now() - timedelta(hours=2), "place": "厂区东门外十米", "people": "督察组两人，区生态环境分局一人",
        "seen": "两台设备都在运行，闻得到异味。", "points": tuple(PointSeen(one, "夜间仍在排放。") for one in found),
    }  # fmt: skip
    return RecordVisit(list_id, line_id, **said | more)


def test_what_was_seen_is_recorded_and_a_later_visit_leaves_the_earlier_one(passed, cast, installation):
    [case_id] = passed(1)
    list_id = services.draw_list(cast["inspector"], DrawList(cast.ours, 1))
    [line] = lines(list_id)
    assert queries.unchecked(cast["inspector"], cast.ours) == 1
    asked = len(session().get_one(Case, case_id).points_to_answer)
    services.record_visit(cast["inspector"], a_visit(list_id, line.id, *[SpotFound.AGREES] * asked))
    photograph = KeepPictures(list_id, line.id, "form", (SentFile("a.jpg", jpeg()),))
    assert services.keep_pictures(cast["leader"], installation, photograph) == ()
    found = [SpotFound.DIFFERS] + [SpotFound.AGREES] * (asked - 1)
    services.record_visit(cast["leader"], a_visit(list_id, line.id, *found, form_key="form"))
    session().expire_all()
    [line] = lines(list_id)
    assert (line.found, line.checked_by_id) == ("differs", cast.people["leader"])
    assert queries.unchecked(cast["inspector"], cast.ours) == 0
    later, earlier = queries.visits_of(line.id)
    assert (earlier.found, later.found) == (SpotFound.AGREES, SpotFound.DIFFERS)
    assert (later.place, later.points[0].note, len(later.pictures)) == ("厂区东门外十米", "夜间仍在排放。", 1)
    entries = session().scalars(select(LedgerEntry).where(LedgerEntry.action == "spot_check")).all()
    assert [entry.facts["found"] for entry in entries] == ["agrees", "differs"]
    assert "厂区东门外十米" in (entries[1].words[0].text or "")
    assert session().get_one(Case, case_id).state == CaseState.PASSED, "a check changes nothing by itself"
    assert ledger.verify(session()).sound


def test_a_record_of_a_visit_that_is_not_whole_is_refused(passed, cast):
    [case_id] = passed(1)
    list_id = services.draw_list(cast["inspector"], DrawList(cast.ours, 1))
    [line] = lines(list_id)
    asked = len(session().get_one(Case, case_id).points_to_answer)
    silent = tuple(PointSeen(SpotFound.DIFFERS) for _ in range(asked))
    tomorrow = clock.now() + timedelta(days=1)
    with pytest.raises(Refused) as refused:
        services.record_visit(cast["leader"], a_visit(list_id, line.id, points=silent, visited_at=tomorrow))
    assert {"visited_at", "note_1"} <= set(refused.value.fields)
    with pytest.raises(Refused):
        services.record_visit(cast["leader"], a_visit(list_id, line.id))
    with pytest.raises(NotFound):
        services.record_visit(cast["leader"], a_visit(list_id, line.id + 1, SpotFound.AGREES))
    for login in ("officer", "coordinator", "foreign_leader"):
        with pytest.raises(NotFound):
            services.record_visit(cast[login], a_visit(list_id, line.id, SpotFound.AGREES))
    with pytest.raises(NotAllowed):
        services.record_visit(cast["supervisor"], a_visit(list_id, line.id, SpotFound.AGREES))


def test_the_pages_of_a_spot_check(app, passed, cast):
    passed(3)
    leader = browse(app).as_(cast, "leader")
    leader.get(LISTS)
    leader.submit({"size": "0"}, status=422)
    page = leader.submit({"size": "2"})
    assert "待核查的抽查件" in leader.get("/staff")
    line = lines(int(page.path.rpartition("/")[2]))[0]
    leader.get(f"{page.path}/line/{line.id}")
    photograph = (io.BytesIO(jpeg()), "东门.jpg")
    refused = leader.submit({"seen": "", "pictures": photograph}, status=422)
    assert "1张照片已收到" in refused
    asked = len(session().get_one(Case, line.case_id).points_to_answer)
    points = {f"found_{n}": "differs" for n in range(1, asked + 1)} | {f"note_{n}": "不符" for n in range(1, asked + 1)}
    said = {"place": "东门外", "people": "督察组两人", "seen": "夜间仍在排放。", "visited_at": "2026-11-01T09:20"}
    recorded = leader.submit(said | points)
    assert "现场与办理情况不一致" in recorded
    token = re.search(r"spot-checks/pictures/(\w+)", recorded.text)[1]
    picture = f"{LISTS}/pictures/{token}"
    assert leader.get(picture).headers["Content-Type"] == "image/jpeg"
    browse(app).as_(cast, "officer").get(picture, 403)
    browse(app).as_(cast, "foreign_leader").get(picture, 404)
    assert "结果一致" in leader.get(f"{page.path}?again=yes")
    sheet = load_workbook(io.BytesIO(leader.get(f"{page.path}.xlsx").body)).active
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] in {1, 2}]
    assert len(rows) == 2
    assert "夜间仍在排放。" in rows[0]
    supervisor = browse(app).as_(cast, "supervisor")
    assert "夜间仍在排放。" in supervisor.get(page.path)
    assert supervisor.get(LISTS).status == 200
