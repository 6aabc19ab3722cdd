"""A place set on the map of the form: with a finger, with the keyboard alone, by the telephone when it is asked."""

import pytest

pytestmark = pytest.mark.browser
TIANYUAN = "430211"


def opened(phone, **asked):
    phone.goto(
        "/report?"
        + "&".join(f"{name}={value}" for name, value in ({"inspection": "ours", "lang": "zh"} | asked).items())
    )
    phone.locator("[data-place] [data-open]").click()
    phone.wait_for_selector(".map .county")
    return phone


def said(phone):
    return phone.locator("[data-place] [data-said]").text_content()


def point(phone):
    return phone.input_value("[name=latitude]"), phone.input_value("[name=longitude]")


def test_nothing_of_the_map_is_loaded_before_it_is_opened(phone):
    asked = []
    phone.on("request", lambda to: asked.append(to.url))
    phone.goto("/report?inspection=ours")
    assert phone.locator("[data-place] [data-open]").is_visible()
    assert not [url for url in asked if "leaflet" in url or "map" in url or "geojson" in url]


def test_a_finger_sets_the_place_and_the_county_follows(phone):
    opened(phone)
    phone.locator(".map").tap(position={"x": 150, "y": 160})
    phone.wait_for_selector(".pin")
    assert all(point(phone))
    assert phone.input_value("[name=area]")
    assert "已标在" in said(phone)
    phone.locator("[data-remove]").click()
    assert point(phone) == ("", "")
    assert phone.locator(".pin").count() == 0


def test_the_keyboard_alone_sets_the_place(phone):
    opened(phone)
    assert phone.evaluate("document.activeElement.matches('.map')")
    phone.keyboard.press("ArrowRight")
    phone.keyboard.press("Enter")
    phone.wait_for_selector(".pin")
    first = point(phone)
    assert phone.url.endswith("lang=zh"), "Enter on the map does not send the form"
    phone.keyboard.press("+")
    phone.locator("[data-middle]").press("Enter")
    assert all(first)
    assert all(point(phone))


def test_the_telephone_is_asked_only_when_its_button_is_pressed(phone):
    opened(phone)
    assert point(phone) == ("", "")
    phone.locator("[data-here]").tap()
    phone.wait_for_selector(".pin")
    assert point(phone) == ("27.828000", "113.082300")
    assert phone.input_value("[name=area]") == TIANYUAN
    assert "天元区" in said(phone)


def test_a_telephone_that_does_not_tell_is_no_obstacle(phone):
    opened(phone)
    phone.context.clear_permissions()
    phone.locator("[data-here]").tap()
    phone.get_by_text("手机没有给出位置").wait_for()
    assert point(phone) == ("", "")


def test_a_place_outside_the_area_gets_a_gentle_sentence(phone):
    phone.context.set_geolocation({"latitude": 28.19, "longitude": 112.97})
    opened(phone)
    phone.locator("[data-here]").tap()
    phone.wait_for_selector(".pin")
    assert "不在本次督察的范围内" in said(phone)
    assert all(point(phone))


def test_another_county_than_the_one_chosen_is_mentioned_and_left_alone(phone):
    opened(phone)
    phone.select_option("[name=area]", "430281")
    phone.locator("[data-here]").tap()
    phone.wait_for_selector(".pin")
    assert "您上面选的是醴陵市" in said(phone)
    assert phone.input_value("[name=area]") == "430281"
