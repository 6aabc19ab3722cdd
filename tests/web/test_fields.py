"""Fields read what people write, and say plainly what is wrong."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from werkzeug.datastructures import MultiDict

from app.domain.workflow.vocabulary import ReportState
from app.kernel.errors import Refused
from app.web import choosing, fields, figures
from app.web.forms import OfficeForm, problems


@pytest.fixture
def fill(sample):
    """`fill(field, "typed")` gives the bound field after validation."""

    def filled(field, *typed, lang="zh"):
        with sample.test_request_context(f"/?lang={lang}"):
            form = type("Form", (OfficeForm,), {"it": field})(
                MultiDict([("it", one) for one in typed]), meta={"csrf": False}
            )
            form.validate()
            return form.it.data, problems(form.it)

    return filled


def test_a_line_is_stripped_and_bounded(fill):
    assert fill(fields.LineField("x", most=3), "  一\u200b二 ") == ("一二", [])
    assert fill(fields.LineField("x", most=3), "一二三四")[1] == ["内容过长，请控制在3字以内。"]
    assert fill(fields.LineField("x", most=3), "abcd", lang="en")[1] == ["Please shorten this to at most 3 characters."]


def test_words_keep_their_lines_and_count_them_once(fill):
    assert fill(fields.WordsField("x", most=3), "一\r\n二") == ("一\n二", [])


@pytest.mark.parametrize("typed", ["", "   ", "\u3000", "\u200b"])
def test_what_is_required_may_not_be_blank(fill, typed):
    assert fill(fields.LineField("x"), typed)[1] == ["此项必填。"]


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("138 0013 8000", "13800138000"),
        ("+86 13800138000", "13800138000"),
        ("0731-28680230", "073128680230"),
        ("（0731）2868 0230", "073128680230"),
        ("１３８００１３８０００", "13800138000"),
        ("28680230", "28680230"),
        ("12345", "12345"),
        ("400-820-8820", "4008208820"),
        ("0044 20 7946 0000", "00442079460000"),
    ],
)
def test_a_telephone_number_is_read_however_it_is_written(fill, typed, digits):
    assert fill(fields.PhoneField("x"), typed) == (digits, [])


@pytest.mark.parametrize("typed", ["12", "无", "23800138000", "138001380001"])
def test_what_is_no_telephone_number_is_said_so(fill, typed):
    data, told = fill(fields.PhoneField("x"), typed)
    assert told == ["请填写正确的电话号码，例如13800138000或0731-28680230。"]
    assert data


def test_days_and_moments_are_the_offices(fill):
    assert fill(figures.DateField("x"), "2024-03-15") == (date(2024, 3, 15), [])
    assert fill(figures.DateField("x"), "15.3.2024")[1] == ["请按“年-月-日”填写日期，例如2024-03-15。"]
    assert fill(figures.MomentField("x"), "2024-03-15T09:20") == (datetime(2024, 3, 15, 1, 20, tzinfo=UTC), [])
    assert fill(figures.MomentField("x"), "gestern")[1] == ["请填写日期和时间，例如2024-03-15 09:20。"]


@pytest.mark.parametrize(
    ("typed", "sum_"),
    [("12000.5", "12000.50"), ("１２，０００．５０元", "12000.50"), ("0", "0.00"), ("¥ 3", "3.00"), ("0.01", "0.01")],
)
def test_a_sum_is_exact_to_the_cent(fill, typed, sum_):
    data, told = fill(figures.MoneyField("x"), typed)
    assert (data, told) == (Decimal(sum_), [])
    assert str(data) == sum_


@pytest.mark.parametrize("typed", ["1.005", "-1", "NaN", "Infinity", "1e400", "十二", "1000000000000"])
def test_a_sum_that_is_none_is_refused_not_rounded(fill, typed):
    assert fill(figures.MoneyField("x"), typed)[1] == ["请以元为单位填写金额，最多两位小数，例如12000.50。"]


def test_a_count_has_its_bounds_and_may_be_none(fill):
    assert fill(figures.CountField("x"), "1,204") == (1204, [])
    assert fill(figures.CountField("x"), "0") == (0, [])
    assert fill(figures.CountField("x", most=9), "10")[1] == ["请填写0至9之间的整数。"]
    assert fill(figures.CountField("x"), "3.5")[1] == ["请填写整数。"]
    assert fill(figures.CountField("x"), "")[1] == ["此项必填。"]
    assert fill(figures.CountField("x", required=False), "") == (None, [])


def test_choices_of_terms_are_read_back_as_terms(fill):
    data, told = fill(choosing.ChoiceField("x", ReportState), "asked")
    assert (data, told) == (ReportState.ASKED, [])
    assert isinstance(data, ReportState)


@pytest.mark.parametrize("kind", [choosing.ChoiceField, choosing.MenuField, choosing.TicksField])
def test_a_choice_that_was_not_offered_is_refused(fill, kind):
    assert fill(kind("x", ReportState), "burnt")[1] == ["请从所列选项中选择。"]
    assert fill(kind("x", [(1, "一")], coerce=int), "2")[1] == ["请从所列选项中选择。"]


@pytest.mark.parametrize("kind", [choosing.ChoiceField, choosing.MenuField, choosing.TicksField])
def test_a_choice_may_be_left_open_only_where_it_is_optional(fill, kind):
    assert fill(kind("x", ReportState))[1] == ["此项必填。"]
    assert not fill(kind("x", ReportState, required=False))[1]


def test_a_refusal_stands_beside_the_field_it_names(sample):
    class Form(OfficeForm):
        reason = fields.LineField("x")

    with sample.test_request_context():
        form = Form()
        form.refuse(Refused("Something that must be said is missing.", fields={"reason": "This has to be filled in."}))
        assert problems(form.reason) == ["此项必填。"]
        assert not form.form_errors
        form.refuse(Refused("It is not this step's turn."))
        form.refuse(Refused("Something that must be said is missing.", fields={"unknown": "This has to be filled in."}))
        assert len(form.form_errors) == 2
