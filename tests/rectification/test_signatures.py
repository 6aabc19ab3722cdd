"""Signatures: what was shown is bound, checked anywhere, never changed; nobody signs twice, be it for somebody else."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest
from alembic import command
from click.testing import CliRunner
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError

from app.accounts.commands import NameDeputy
from app.accounts.services import end_deputy, name_deputy
from app.cli import hotline
from app.cli.database import alembic_config
from app.db import engine_options, prepare, session, transaction
from app.domain import ladder
from app.domain.attachment import Attachment, take_picture
from app.domain.inspection import Inspection
from app.domain.ladder import usual
from app.domain.ledger import LedgerEntry
from app.domain.people import Deputy, Person, PersonRole
from app.domain.rectification import LadderStep
from app.domain.signing import BEGINNING, verify
from app.domain.workflow.vocabulary import RectificationAction as A
from app.domain.workflow.vocabulary import Role as R
from app.domain.workflow.vocabulary import StepKind as K
from app.kernel import clock
from app.kernel.errors import NotAllowed, NotFound, Refused
from app.rectification import queries, services
from app.rectification.commands import SignStep
from app.rectification.services.pictures import waiting_key
from tests.rectification.test_pages import ROOM, photograph
from tests.support import databases
from tests.support.browsing import browse

BEFORE = "0030"
"""The migration below the one that made ladders data."""


@pytest.fixture
def climbed(climber):
    """Signed to the filing, with a try before it that was refused."""
    from app.rectification.commands import RefuseStep

    climber.plan().submit().sign(A.SELF_CHECK)
    services.refuse_step(climber.who("acceptor"), RefuseStep(climber.cycle, reason="除臭设施未运行"))
    return climber.submit().up_to()


@pytest.fixture
def signature_file(climbed, cast):
    return queries.signature_file(cast["leader"], climbed.cycle)


@pytest.fixture
def compose(cast):
    """Let an inspection have a ladder of these steps from now on."""

    def make(*rungs):
        with transaction() as db:
            inspection = db.get_one(Inspection, cast.ours)
            settings = replace(inspection.settings, ladder=rungs)
            inspection.kept_settings = inspection.kept_settings | settings.keep()

    return make


def acting(login):
    """Somebody as their session knows them, with the duties of today."""
    return session().scalars(select(Person).where(Person.login == login)).one().acting(clock.today())


def deputy_of(cast, login, deputy, days=3):
    today = clock.today()
    words = NameDeputy(cast.ours, cast.people[deputy], today, today + timedelta(days=days))
    return name_deputy(cast[login], words)


def test_each_signature_binds_what_was_shown_the_one_before_and_the_role(climbed, signature_file):
    found = verify(signature_file)
    assert (found.sound, found.signatures, found.unbound) == (True, 8, 0)
    steps = [step["signature"] for step in signature_file["climbs"][1]["steps"]]
    assert [one["body"]["previous"] for one in steps] == [BEGINNING, *(one["digest"] for one in steps[:-1])]
    assert [one["body"]["role"] for one in steps][:4] == ["unit_leader", "acceptor", "acceptor", "coordinator"]
    shown = dict(steps[1]["document"])
    assert shown["整改目标"] == "废气达标排放"
    assert "更换活性炭" in shown["整改措施1"]
    assert shown["签名"] == steps[0]["digest"]
    told = {entry.facts.get("signature") for entry in session().scalars(select(LedgerEntry))}
    assert {one["digest"] for one in steps} <= told
    assert found.ends[-1] == steps[-1]["digest"]


def _targets(file):
    signature = file["climbs"][1]["steps"][2]["signature"]
    return {
        "climb 2, step 3 (city): the document is not": lambda: signature["document"][4].__setitem__(1, "别的目标"),
        "climb 2, step 3 (city): what was signed has been changed": lambda: signature["body"].update(said="不同意"),
        "climb 2, step 3 (city): it does not follow": lambda: file["climbs"][1]["steps"].pop(1),
        "climb 2: its last signature is missing": file["climbs"][1]["steps"].pop,
        "climb 1, step 1 (self_check): it belongs to another step": lambda: file.update(case="D2ZZ202403150009"),
        "not a signature file of the form": lambda: file.update(format="hotline-signoff-9"),
        "not a signature file (KeyError": lambda: file.pop("climbs"),
    }


@pytest.mark.parametrize("number", range(7))
def test_the_command_names_the_first_break_without_a_database(signature_file, number, tmp_path, monkeypatch):
    monkeypatch.setenv("HOTLINE_DATABASE_URL", "sqlite:////nowhere/at/all.db")
    kept, run = tmp_path / "signatures.json", CliRunner()
    kept.write_text(json.dumps(signature_file), encoding="utf-8")
    sound = run.invoke(hotline, ["signoff", "verify", str(kept)], standalone_mode=False)
    assert (sound.return_value, "8 signatures are sound" in sound.output) == (0, True)
    torn = deepcopy(signature_file)
    told, tear = list(_targets(torn).items())[number]
    tear()
    kept.write_text(json.dumps(torn), encoding="utf-8")
    broken = run.invoke(hotline, ["signoff", "verify", str(kept)], standalone_mode=False)
    assert (broken.return_value, told in broken.output) == (1, True), broken.output


def test_a_person_who_signed_twice_breaks_a_file_whose_digests_are_right(signature_file):
    from app.domain.signing import seal

    steps = signature_file["climbs"][1]["steps"]
    last = steps[-1]["signature"]
    forged = last["body"] | {"person": steps[0]["signature"]["body"]["person"]}
    steps[-1]["signature"] = seal(forged, last["document"])
    signature_file["climbs"][1]["end"] = steps[-1]["signature"]["digest"]
    assert "the same person signed before" in verify(signature_file).broken


def test_what_was_signed_cannot_be_changed_or_taken_away(climbed):
    for change in ("said = '好'", "signed_at = NULL", "seal = '{}'", "signed_by_id = 1"):
        with pytest.raises(DBAPIError, match="cannot be changed"), transaction() as db:
            db.execute(text(f"UPDATE ladder_steps SET {change} WHERE signed_at IS NOT NULL"))
    with pytest.raises(DBAPIError, match="cannot be changed"), transaction() as db:
        db.execute(text("DELETE FROM ladder_steps WHERE signed_at IS NOT NULL"))
    assert verify(queries.signature_file(climbed.cast["leader"], climbed.cycle)).sound


def test_what_changed_between_page_and_click_is_shown_again_before_it_is_signed(climber, app, cast, installation):
    climber.plan().submit().sign(A.SELF_CHECK)
    browser = browse(app).as_(cast, "acceptor")
    address = f"{ROOM}/{climber.cycle}/county_accept"
    browser.get(address)
    with transaction() as db:
        db.merge(climber.record.measures[0]).note = "又改了的说明"
    page = browser.submit({"evidence": "我写的验收意见"}, status=422)
    assert "页面打开之后，所签内容已有变化" in page
    assert "又改了的说明" in page
    assert "我写的验收意见" in page
    assert climber.record.steps[1].signed_at is None
    browser.submit({"evidence": "我写的验收意见"})
    signed = climber.record.steps[1]
    assert "又改了的说明" in dict(signed.seal["document"])["整改措施1"]
    stale = SignStep(climber.cycle, action=A.CITY_ACCEPT, words="好", seen=signed.seal["body"]["document"])
    with pytest.raises(services.ShownChanged):
        services.sign_step(cast["city_acceptor"], stale)


def test_a_step_asks_for_its_lines_and_its_files_by_name(make_climber, compose, cast, installation, app):
    asked = replace(usual(K.SELF_CHECK), said=("逐项自查情况",), attached=("监测报告",), days=5)
    compose(asked, usual(K.SIGN_OFF), usual(K.LOOK_BACK))
    climber = make_climber().plan().submit()
    assert climber.record.step.due_on is not None
    browser = browse(app).as_(cast, "unit_leader")
    browser.get(f"{ROOM}/{climber.cycle}/self_check")
    page = browser.submit({"evidence": "自查", "line_1": "都查了", "line_2": ""}, status=422)
    assert "line_2-error" in page
    assert "都查了" in page
    page = browser.submit({"evidence": "自查", "line_1": "都查了", "line_2": "见报告"}, status=422)
    assert "这一步要求附件" in page
    browser.submit({"evidence": "自查", "line_1": "都查了", "line_2": "见报告", "pictures": photograph()})
    step = climber.record.steps[0]
    assert step.lines == {"逐项自查情况": "都查了", "监测报告": "见报告"}
    kept = session().scalars(select(Attachment).where(Attachment.noun == "ladder_step")).one()
    assert step.seal["body"]["files"] == [kept.sha256]
    assert "都查了" in browser.get(f"{ROOM}/{climber.cycle}?lang=en")
    with transaction() as db:
        key = waiting_key(cast["leader"], "k")
        take_picture(db, installation.files, installation.vault.public, photograph()[0].read(), key, clock.now())
    climber.sign(A.SIGN_OFF)
    assert climber.record.look_back_on == clock.local_date(climber.moment) + timedelta(days=90)


def test_a_step_is_signed_by_the_role_its_ladder_gives_it_to(make_climber, compose, cast):
    compose(usual(K.SELF_CHECK), replace(usual(K.CITY), role=R.COORDINATOR), replace(usual(K.SIGN_OFF), role=None))
    climber = make_climber().plan().submit().sign(A.SELF_CHECK)
    with pytest.raises(Refused, match="another role"):
        climber.sign(A.CITY_ACCEPT, "city_acceptor")
    assert queries.view(cast["city_acceptor"], climber.cycle).offer(A.CITY_ACCEPT) is None
    inspection = session().get_one(Inspection, cast.ours)
    assert "city" not in {one.stand for one in queries.waiting_work(cast["city_acceptor"], inspection)}
    assert "city" in {one.stand for one in queries.waiting_work(cast["coordinator"], inspection)}
    climber.sign(A.CITY_ACCEPT, "coordinator")
    assert climber.record.steps[1].signed_as == "coordinator"
    climber.sign(A.SIGN_OFF, "leader")


def test_a_deputy_signs_in_the_role_of_whom_they_act_for_and_the_ledger_says_so(climber, cast):
    with transaction() as db:
        db.add(PersonRole(person_id=cast.people["officer"], role="acceptor", inspection_id=cast.ours,
                          unit_id=cast.units["tianyuan"]))  # fmt: skip
        db.add(PersonRole(person_id=cast.people["sub_officer"], role="officer", inspection_id=cast.ours,
                          unit_id=cast.units["tianyuan"]))  # fmt: skip
    climber.plan()
    with pytest.raises(Refused):
        deputy_of(cast, "unit_leader", "other_officer")
    with pytest.raises(NotAllowed):
        deputy_of(cast, "officer", "sub_officer")
    named = deputy_of(cast, "unit_leader", "sub_officer")
    climber.submit()
    command = SignStep(climber.cycle, action=A.SELF_CHECK, words="代为自查")
    with pytest.raises(NotAllowed):
        services.sign_step(replace(acting("sub_officer"), duties=()), command)
    inspection = session().get_one(Inspection, cast.ours)
    assert "self_check" in {one.stand for one in queries.waiting_work(acting("sub_officer"), inspection)}
    services.sign_step(acting("sub_officer"), command)
    step = climber.record.steps[0]
    people = (cast.people["sub_officer"], cast.people["unit_leader"], "unit_leader")
    assert (step.signed_by_id, step.signed_for_id, step.signed_as) == people
    assert step.seal["body"]["for"]["id"] == cast.people["unit_leader"]
    entry = session().scalars(select(LedgerEntry).where(LedgerEntry.action == "self_check")).one()
    assert (entry.person_id, entry.facts["instead_of"]) == people[:2]
    assert queries.view(cast["leader"], climber.cycle).climbs[0][1][0].instead_of == "某unit_leader"
    end_deputy(cast["unit_leader"], named)
    assert acting("sub_officer").duties == ()
    with pytest.raises(NotFound):
        end_deputy(cast["unit_leader"], named)


@pytest.mark.parametrize("first", ["the deputy for them", "they themselves"])
def test_a_deputy_counts_as_themselves_and_as_whom_they_act_for(make_climber, compose, cast, first):
    """The unit's leader has two steps here; a deputy signs one of them, or would sign the second after their leader."""
    with transaction() as db:
        db.add(PersonRole(person_id=cast.people["acceptor"], role="officer", inspection_id=cast.ours,
                          unit_id=cast.units["tianyuan"]))  # fmt: skip
    compose(usual(K.SELF_CHECK), replace(usual(K.COUNTY), role=R.UNIT_LEADER), usual(K.SIGN_OFF))
    deputy_of(cast, "unit_leader", "acceptor")
    climber = make_climber().plan().submit()
    both = [acting("acceptor"), cast["unit_leader"]]
    signer, other = both if first == "the deputy for them" else reversed(both)
    services.sign_step(signer, SignStep(climber.cycle, action=A.SELF_CHECK, words="自查"))
    for again in (signer, other):
        with pytest.raises(Refused, match="Nobody signs two steps"):
            services.sign_step(again, SignStep(climber.cycle, action=A.COUNTY_ACCEPT, words="验收"))
    climber.sign(A.COUNTY_ACCEPT, "city_leader")


def test_whoever_submitted_signs_nothing_for_somebody_else_either(climber, cast):
    deputy_of(cast, "unit_leader", "officer")
    climber.plan().submit()
    with pytest.raises(Refused, match="nor what they themselves submitted"):
        services.sign_step(acting("officer"), SignStep(climber.cycle, action=A.SELF_CHECK, words="自查"))


def test_a_deputy_is_named_and_ended_on_a_page(app, cast):
    browser, today = browse(app).as_(cast, "unit_leader"), clock.today()
    page = browser.get("/staff/deputies?lang=en")
    names = [option.text for option in page.all("option")]
    assert "某officer" in names
    assert not {"某other_officer", "某leader", "某sub_officer", "某unit_leader"} & set(names)
    said = {"deputy": str(cast.people["officer"]), "starts_on": today.isoformat()}
    assert "ends_on-error" in browser.submit(said | {"ends_on": "2020-01-01"}, status=422)
    assert "某officer" in browser.submit(said | {"ends_on": today.isoformat()})
    named = session().scalars(select(Deputy)).one()
    assert acting("officer").standing_in(named.person.actor().appointments and _reach(cast)) == {
        R.UNIT_LEADER: cast.people["unit_leader"]
    }
    browser.post(f"/staff/deputies/{named.id}/end", {})
    session().rollback()
    assert session().get_one(Deputy, named.id, populate_existing=True).ended_at is not None


def _reach(cast):
    from app.domain.people import Reach

    return Reach(cast.ours, (f"/{cast.units['city']}/{cast.units['tianyuan']}/",))


def test_each_step_is_printed_on_its_form_and_the_notice_word_for_word(make_climber, compose, cast, app):
    from io import BytesIO

    from docx import Document

    compose(*ladder.templates()["notice_first"].rungs)
    climber = make_climber(moment=clock.now() - timedelta(days=40)).plan().submit().up_to()
    browser = browse(app).as_(cast, "inspector")
    printed = {}
    for position in range(1, 8):
        got = browser.get(f"{ROOM}/{climber.cycle}/steps/1/{position}")
        table = Document(BytesIO(got.body)).tables[0]
        printed[position] = [[cell.text for cell in row.cells] for row in table.rows]
    assert ["现场核查情况", "见现场记录"] in printed[2]
    assert [row for row in printed[2] if row[0] == "自查" and "某unit_leader" in row[1]]
    headings = [row[0] for row in printed[4]]
    assert headings == [
        "反馈问题", "责任单位", "整改目标", "整改措施", "整改完成情况", "销号意见", "公示时间", "受理部门", "联系电话", "联系地址",
    ]  # fmt: skip
    assert dict(map(tuple, printed[4]))["销号意见"] == "同意销号"
    assert [row for row in printed[6] if row[0].startswith("整改措施全部完成")]
    browser.get(f"{ROOM}/{climber.cycle}/steps/1/8", 404)
    file = browser.get(f"{ROOM}/{climber.cycle}/signatures")
    assert verify(json.loads(file.body)).signatures == 7
    browse(app).as_(cast, "other_officer").get(f"{ROOM}/{climber.cycle}/signatures", 404)


def test_steps_signed_before_there_were_signatures_are_counted_and_bound_by_nothing(climber, cast):
    climber.plan().submit()
    with transaction() as db:
        step = db.get_one(LadderStep, climber.record.steps[0].id)
        step.signed_by_id, step.signed_as, step.signed_at = cast.people["unit_leader"], "unit_leader", clock.now()
    climber.sign(A.COUNTY_ACCEPT)
    found = verify(queries.signature_file(cast["leader"], climber.cycle))
    assert (found.sound, found.signatures, found.unbound) == (True, 1, 1)


def test_a_running_ladder_goes_through_the_migration_and_is_climbed_on(climber, cast, laid):
    """Down, where a ladder is a list of kinds and nothing is sealed, is how an installation of before has it."""
    climber.plan().submit().sign(A.SELF_CHECK).sign(A.COUNTY_ACCEPT)
    signed = _rows(laid.url, "SELECT kind, signed_by_id, signed_as, said FROM ladder_steps ORDER BY position")
    session().rollback()
    config = alembic_config(laid.url)
    if databases.TABLES == "created":
        command.stamp(config, "head")
    command.downgrade(config, BEFORE)
    ladders = [row[0] for row in _rows(laid.url, "SELECT ladder FROM rectifications")]
    kinds = [str(rung.kind) for rung in ladder.DEFAULT_LADDER]
    assert [json.loads(one) if isinstance(one, str) else one for one in ladders] == [kinds]
    command.upgrade(config, "head")
    assert _rows(laid.url, "SELECT kind, signed_by_id, signed_as, said FROM ladder_steps ORDER BY position") == signed
    assert climber.record.rungs == ladder.DEFAULT_LADDER
    assert session().get_one(Inspection, cast.ours).settings.ladder == ladder.DEFAULT_LADDER
    climber.sign(A.CITY_ACCEPT).sign(A.OPEN_NOTICE).sign(A.CLOSE_NOTICE).sign(A.LEADER_SIGN).sign(A.SIGN_OFF)
    climber.sign(A.FILE).sign(A.FIND_CONSOLIDATED)
    found = verify(queries.signature_file(cast["leader"], climber.cycle))
    assert (found.sound, found.signatures, found.unbound) == (True, 6, 2)


def _rows(url, query):
    engine = create_engine(url, **engine_options(sqlite=url.startswith("sqlite")))
    prepare(engine)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return rows
