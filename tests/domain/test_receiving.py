"""Taking a report down: numbers, idempotence, the vault."""

import re
import threading

import pytest
from sqlalchemy import func, select

from app.db import db, session, transaction
from app.domain.inspection import Inspection
from app.domain.opening import open_identity, opener
from app.domain.people import CITIZEN, SYSTEM
from app.domain.receiving import Statement, receive
from app.domain.report import Channel, Report
from app.domain.reporter import Identity, Reporter
from app.kernel import clock, crypto
from app.kernel.errors import NotAllowed, Refused
from tests.conftest import PASSPHRASE

CALLER = Reporter(name="测试人甲", phone="13900001234")


def take(installation, cast, key, actor=CITIZEN, channel=Channel.WEB, inspection=None):
    with transaction() as s:
        where = s.get(Inspection, inspection or cast.ours)
        kept = receive(s, installation, where, actor, Statement(channel, "臭味"), CALLER, key)
        return kept.report.number, kept.query_code, kept.fresh


def test_a_number_names_channel_round_area_day_and_serial(cast, installation):
    number, _, _ = take(installation, cast, "one")
    assert number == f"W2ZZ{clock.today():%Y%m%d}0001"


def test_serials_run_per_channel_and_inspection(cast, installation):
    numbers = [
        take(installation, cast, "1")[0],
        take(installation, cast, "2")[0],
        take(installation, cast, "3", cast["clerk"], Channel.CALL)[0],
        take(installation, cast, "4", inspection=cast.theirs)[0],
    ]
    assert [number[0] + number[2:4] + number[-4:] for number in numbers] == ["WZZ0001", "WZZ0002", "DZZ0001", "WYY0001"]


def test_a_repeated_submit_is_the_same_report_with_the_same_code(cast, installation):
    first, again = take(installation, cast, "same"), take(installation, cast, "same")
    assert first[:2] == again[:2]
    assert (first[2], again[2]) == (True, False)


def test_racing_copies_of_one_submit_are_one_report(app, cast, installation):
    found, gate = [], threading.Barrier(6)

    def race():
        with app.app_context():
            gate.wait()
            found.append(take(installation, cast, "raced"))
            db.session.remove()

    threads = [threading.Thread(target=race) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({outcome[:2] for outcome in found}) == 1
    assert sorted(outcome[2] for outcome in found) == [False] * 5 + [True]
    assert session().scalar(select(func.count(Report.id))) == 1


def test_a_query_code_carries_120_bits_and_a_check_character(cast, installation):
    _, code, _ = take(installation, cast, "coded")
    assert re.fullmatch(r"([0-9A-Z]{5}-){4}[0-9A-Z]{5}", code)
    assert crypto.read_query_code(code.lower().replace("-", " ")) == code.replace("-", "")
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert crypto.read_query_code(wrong) is None


def test_the_code_is_kept_only_as_a_keyed_hash(cast, installation):
    _, code, _ = take(installation, cast, "hashed")
    report = session().scalar(select(Report))
    assert report.query_code_digest == installation.code_digest(code)
    assert code.replace("-", "") not in str(vars(report))


def test_who_may_not_register_is_refused(cast, installation):
    for login in ("officer", "supervisor", "foreign_clerk"):
        with pytest.raises(NotAllowed):
            take(installation, cast, login, cast[login])


def test_the_identity_is_sealed_and_only_the_passphrase_opens_it(cast, installation):
    take(installation, cast, "sealed")
    identity = session().scalar(select(Identity))
    assert CALLER.name.encode() not in identity.sealed
    assert CALLER.phone.encode() not in identity.sealed
    assert (identity.phone_tail, identity.has_name, identity.anonymous) == ("34", True, False)
    assert 0 <= identity.phone_index < 2**13
    with pytest.raises(Refused):
        opener(installation.locked_key(), "a guess")
    assert open_identity(opener(installation.locked_key(), PASSPHRASE), identity) == CALLER


def test_the_sealed_length_tells_nothing_about_the_name(cast, installation):
    take(installation, cast, "short")
    with transaction() as s:
        long = Reporter(name="测试" * 20, phone="13900001234", address="某路某号")
        receive(s, installation, s.get(Inspection, cast.ours), CITIZEN, Statement(Channel.WEB, "尘"), long, "long")
    assert len({len(sealed) for sealed in session().scalars(select(Identity.sealed))}) == 1


def test_a_number_that_history_already_has_is_passed_over(cast, installation):
    with transaction() as s:
        printed = f"W2ZZ{clock.today():%Y%m%d}0001"
        words = Statement(Channel.WEB, "往年的件", number=printed, history=True)
        receive(s, installation, s.get(Inspection, cast.ours), SYSTEM, words, Reporter(), "printed")
    assert take(installation, cast, "live")[0].endswith("0002")
