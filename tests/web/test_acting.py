"""The workflow's rows become forms and buttons; no page names a state."""

import pytest

from app.domain.workflow.case import CASE
from app.domain.workflow.engine import Offer
from app.domain.workflow.rectification import RECTIFICATION
from app.domain.workflow.report import REPORT
from app.domain.workflow.vocabulary import Guard, Need, ReportAction, ReportState
from app.web import acting
from app.web.tones import TONES, tone_of

TABLES = (REPORT, CASE, RECTIFICATION)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.noun)
def test_every_row_has_a_form_with_a_field_for_each_need(sample, table):
    with sample.test_request_context("/"):
        for row in table.rows:
            form = acting.action_form(row, {})()
            assert {field.name for field in form} - {"csrf_token"} == set(row.needs)
            assert all(str(form[need].label.text) == need.zh for need in row.needs)


def test_every_state_has_a_tone():
    assert {table.states for table in TABLES} <= set(TONES)
    assert {kind: set(kind) for kind in TONES} == {kind: set(tones) for kind, tones in TONES.items()}
    assert tone_of("registered") == "plain"


def test_the_first_open_action_stands_out_and_a_blocked_one_says_why(sample):
    rows = {row.action: row for row in REPORT.rows_from(ReportState.REGISTERED)}
    offers = [
        Offer(rows[ReportAction.MARK_KEY], Guard.NOT_KEY),
        Offer(rows[ReportAction.ACCEPT], None),
        Offer(rows[ReportAction.ASK], None),
        Offer(rows[ReportAction.VOID], None),
    ]
    with sample.test_request_context("/"):
        found = acting.buttons(offers, lambda action: f"/{action}")
    assert [button.kind for button in found] == ["", "primary", "", "grave"]
    assert found[0].blocked == Guard.NOT_KEY.zh
    assert (found[1].href, found[1].label, found[1].asks) == ("/accept", "受理", True)


def test_what_was_said_reaches_the_engine_as_words(sample):
    row = REPORT.row(ReportState.REGISTERED, ReportAction.ACCEPT)
    assert row is not None
    sent = {"points": "一\r\n二", "types": ["air", "noise"], "areas": ["430211"]}
    with sample.test_request_context("/", method="POST", data=sent):
        choices = {Need.TYPES: [("air", "大气"), ("noise", "噪声")], Need.AREAS: [("430211", "天元区")]}
        form = acting.action_form(row, choices)(meta={"csrf": False})
        assert form.submitted(), form.errors
        assert acting.said(form, row) == {Need.POINTS: "一\n二", Need.TYPES: "air,noise", Need.AREAS: "430211"}
