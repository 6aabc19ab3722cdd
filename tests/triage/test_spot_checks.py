"""Spot checks: drawn by chance and weight, so that anybody can draw the same again; each check noted."""

import io
from collections import Counter

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.db import session
from app.domain import ledger
from app.domain.case import Case, Verdict
from app.domain.inspection import Inspection
from app.domain.ledger import LedgerEntry
from app.domain.report import Matter
from app.domain.spot_check import Chance, SpotFound, SpotLine, SpotList, draw, pack, unpack
from app.domain.workflow.vocabulary import CaseState
from app.kernel.errors import NotAllowed, NotFound, Refused
from app.triage.spots import queries, services
from app.triage.spots.commands import DrawList, NoteCheck
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


def test_a_check_is_noted_and_a_later_note_leaves_the_earlier_in_the_ledger(passed, cast):
    passed(1)
    list_id = services.draw_list(cast["inspector"], DrawList(cast.ours, 1))
    [line] = lines(list_id)
    assert queries.unchecked(cast["inspector"], cast.ours) == 1
    services.note_check(cast["inspector"], NoteCheck(list_id, line.id, SpotFound.UNCLEAR, "设备停机。"))
    services.note_check(cast["leader"], NoteCheck(list_id, line.id, SpotFound.DIFFERS, "夜间仍在排放。"))
    session().expire_all()
    [line] = lines(list_id)
    assert (line.found, line.note, line.checked_by_id) == ("differs", "夜间仍在排放。", cast.people["leader"])
    assert queries.unchecked(cast["inspector"], cast.ours) == 0
    entries = session().scalars(select(LedgerEntry).where(LedgerEntry.action == "note_spot_check"))
    assert [entry.words[0].text for entry in entries] == ["设备停机。", "夜间仍在排放。"]
    with pytest.raises(NotFound):
        services.note_check(cast["leader"], NoteCheck(list_id, line.id + 1, SpotFound.AGREES, "好"))


def test_the_pages_of_a_spot_check(app, passed, cast):
    passed(3)
    leader = browse(app).as_(cast, "leader")
    leader.get(LISTS)
    leader.submit({"size": "0"}, status=422)
    page = leader.submit({"size": "2"})
    assert "待核查的抽查件" in leader.get("/staff")
    line = lines(int(page.path.rpartition("/")[2]))[0]
    leader.get(f"{page.path}/line/{line.id}")
    leader.submit({"note": ""}, status=422)
    leader.submit({"found": "differs", "note": "夜间仍在排放。"})
    assert "结果一致" in leader.get(f"{page.path}?again=yes")
    sheet = load_workbook(io.BytesIO(leader.get(f"{page.path}.xlsx").body)).active
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] in {1, 2}]
    assert len(rows) == 2
    assert "夜间仍在排放。" in rows[0]
    supervisor = browse(app).as_(cast, "supervisor")
    assert "夜间仍在排放。" in supervisor.get(page.path)
    assert supervisor.get(LISTS).status == 200
