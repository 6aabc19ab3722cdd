"""Every published row becomes a report and a case, or is named."""

import json

import pytest
from sqlalchemy import func, select

from app.db import session
from app.domain.case import Case
from app.domain.ledger import LedgerEntry, verify
from app.domain.report import Precision, Report, ReportType
from app.domain.reporter import Identity
from app.history.importing import Fate
from app.kernel import clock
from app.kernel.errors import Refused
from tests.history.published import ROWS, WITHOUT_WORDS, lines
from tests.support.cast import LUSONG, TIANYUAN


def fates(outcomes):
    return [outcome.fate for outcome in outcomes]


def report_of(description) -> Report:
    session().rollback()
    return session().scalars(select(Report).where(Report.description == description)).one()


def count(noun):
    session().rollback()
    return session().scalar(select(func.count()).select_from(noun))


def test_every_row_becomes_a_published_case(bring, tmp_path):
    assert set(fates(bring(lines(tmp_path, *ROWS)))) == {Fate.IMPORTED}
    cases = session().scalars(select(Case)).all()
    assert len(cases) == len(ROWS) == count(Report)
    assert all(case.history and case.is_published and case.report.history for case in cases)
    assert verify(session()).sound


def test_a_row_without_description_is_named_and_sinks_no_other(bring, tmp_path):
    outcomes = bring(lines(tmp_path, ROWS[0], WITHOUT_WORDS, ROWS[1]))
    assert fates(outcomes) == [Fate.IMPORTED, Fate.REFUSED, Fate.IMPORTED]
    assert (outcomes[1].place, outcomes[1].reason) == (2, "it has no description")


@pytest.mark.parametrize(
    "line",
    ["{broken", "[1]", '"text"', '{"description": {"a": 1}}', '{"description": "\\ud800"}', "[" * 100_000,
     '{"description": "a", "channel": "pigeon"}', '{"description": "a", "substantiated": "大概属实"}',
     '{"description": "a", "completion": "快了"}'],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_named(bring, tmp_path, line):
    outcomes = bring(lines(tmp_path, line, ROWS[1]))
    assert fates(outcomes) == [Fate.REFUSED, Fate.IMPORTED]
    assert outcomes[0].reason


def test_a_second_run_changes_nothing(bring, tmp_path):
    file = lines(tmp_path, *ROWS)
    bring(file)
    before = [count(noun) for noun in (Report, Case, LedgerEntry, Identity)]
    assert set(fates(bring(file))) == {Fate.ALREADY}
    assert [count(noun) for noun in (Report, Case, LedgerEntry, Identity)] == before


def test_rows_without_number_are_told_apart_by_what_they_say(bring, tmp_path):
    row = {"case_no": None, "description": "一", "pollution_types": ["水"]}
    outcomes = bring(lines(tmp_path, row, row | {"description": "二"}, row))
    assert fates(outcomes) == [Fate.IMPORTED, Fate.IMPORTED, Fate.ALREADY]
    assert [outcome.number for outcome in outcomes[:2]] == ["IMP-ours-00001", "IMP-ours-00002"]


def test_a_number_that_is_another_report_s_is_named(bring, tmp_path):
    row = {"case_no": "D1", "description": "一", "pollution_types": ["水"]}
    outcomes = bring(lines(tmp_path, row, row | {"description": "二"}, row | {"findings": "新"}))
    assert fates(outcomes) == [Fate.IMPORTED, Fate.REFUSED, Fate.ALREADY]
    assert "D1" in outcomes[1].reason


def test_the_same_file_may_go_into_another_inspection(bring, tmp_path):
    file = lines(tmp_path, *ROWS)
    bring(file)
    assert set(fates(bring(file, inspection="theirs"))) == {Fate.IMPORTED}


def test_a_dry_run_says_the_same_and_writes_nothing(bring, tmp_path):
    row = {"case_no": "D1", "description": "一", "pollution_types": ["水"]}
    file = lines(tmp_path, row, WITHOUT_WORDS, row, row | {"description": "二"}, "{")
    dry = bring(file, dry_run=True)
    assert [count(noun) for noun in (Report, Case, LedgerEntry)] == [0, 0, 0]
    assert dry == bring(file)


def test_what_was_cut_short_is_taken_up_where_it_stopped(bring, tmp_path, monkeypatch):
    def power_cut(*_):
        raise KeyboardInterrupt

    file = lines(tmp_path, ROWS[0])
    for service in ("app.triage.services.accept", "app.casework.services.enter_history"):
        with monkeypatch.context() as cut:
            cut.setattr(service, power_cut)
            with pytest.raises(KeyboardInterrupt):
                bring(file)
    assert fates(bring(file)) == [Fate.IMPORTED]
    assert (count(Report), count(Case)) == (1, 1)
    assert fates(bring(file)) == [Fate.ALREADY]


def test_dates_are_kept_as_exactly_as_they_were_printed(bring, tmp_path):
    bring(lines(tmp_path, *ROWS))
    kept = {row["description"]: report_of(row["description"]) for row in ROWS}
    known = [(r.precision, r.received_printed) for r in kept.values()]
    assert known == [
        (Precision.DAY, "2021-05-02"), (Precision.UNKNOWN, ""), (Precision.MONTH, "2018-11"), (Precision.YEAR, "2020"),
        (Precision.MONTH, "2006-11"), (Precision.DAY, "2024-03-15"), (Precision.UNKNOWN, "不详"),
    ]  # fmt: skip
    assert clock.local_date(kept["油烟。"].received_at).isoformat() == "2024-03-15"


def test_the_ledger_says_when_it_happened_and_when_it_was_entered(bring, tmp_path):
    bring(lines(tmp_path, ROWS[0]))
    entries = session().scalars(select(LedgerEntry)).all()
    assert [entry.action for entry in entries] == ["register", "accept", "open", "enter_history", "conclude"]
    assert {clock.local_date(entry.at).isoformat() for entry in entries} == {"2021-05-02"}
    assert {clock.local_date(entry.recorded_at) for entry in entries} == {clock.today()}
    assert {entry.role for entry in entries} == {"historian"}


def test_an_area_is_recognised_only_where_it_is_ours(bring, tmp_path):
    bring(lines(tmp_path, *ROWS))
    found = [report_of(row["description"]).area_code for row in ROWS]
    assert found == [None, LUSONG, "430281", None, "430200", TIANYUAN, None]
    assert [report_of(row["description"]).area_printed for row in ROWS] == [row["region"] for row in ROWS]


def test_a_conclusion_is_never_inferred(bring, tmp_path):
    bring(lines(tmp_path, ROWS[1]))
    case = session().scalars(select(Case)).one()
    assert (case.verdict, case.completion) == (None, None)


def test_types_and_sub_tags_are_recognised_and_unknown_words_kept(bring, tmp_path):
    bring(lines(tmp_path, ROWS[2], {"description": "怪味", "pollution_types": ["大气", "电离味"]}))
    kept = session().execute(select(ReportType.code).order_by(ReportType.report_id, ReportType.position))
    assert [code for (code,) in kept] == ["solid_waste", "dust", "air", "电离味"]


def test_the_unit_batch_and_accountability_are_kept_as_printed(bring, tmp_path):
    bring(lines(tmp_path, *ROWS))
    cases = {case.report.description: case for case in session().scalars(select(Case))}
    assert cases[ROWS[1]["description"]].unit_printed == "某区政府"
    assert cases[ROWS[2]["description"]].accountability == "罚款2万元"
    assert cases["油烟。"].report.batch_printed == "19"


def test_no_reporter_is_invented(bring, tmp_path):
    bring(lines(tmp_path, ROWS[0]))
    identity = session().scalars(select(Identity)).one()
    assert (identity.anonymous, identity.has_name, identity.has_phone) == (True, False, False)


def test_an_unknown_inspection_is_one_sentence_that_names_those_there_are(bring, tmp_path):
    with pytest.raises(Refused, match="no inspection nowhere; there are: ours, theirs"):
        bring(lines(tmp_path, ROWS[0]), inspection="nowhere")


def test_a_file_of_another_kind_is_refused(bring, tmp_path):
    with pytest.raises(Refused, match="must end in"):
        bring(lines(tmp_path, json.dumps({}), name="rows.pdf"))
