"""Pages drawn once: each reader gets their own values, a change shows at once, and nobody gets what is another's."""

import pytest
from flask import session

from app.db import transaction
from app.domain.inspection import Inspection
from app.web import drawn


class Drawing:
    """Counts how often the page is drawn."""

    def __init__(self):
        self.times = 0

    def of(self, *own):
        def draw():
            self.times += 1
            return f"<p>drawn {self.times}</p><i>{own[0]}</i><b>{own[1]}</b><i>{own[0]}</i>", own

        return draw


@pytest.fixture
def drawing(app):
    with app.test_request_context("/report"):
        yield Drawing()


def hand_out(drawing, *own):
    return drawn.hand_out(drawing, drawing.of(*own), lambda: own)


def test_a_page_is_drawn_once_and_holds_the_values_of_its_reader(drawing):
    hand_out(drawing, "token-of-one", "key-of-one")
    second = hand_out(drawing, "token-of-two", "key-of-two")
    assert second == "<p>drawn 1</p><i>token-of-two</i><b>key-of-two</b><i>token-of-two</i>"


def test_another_address_is_another_page(app, drawing):
    hand_out(drawing, "token-of-one", "key-of-one")
    with app.test_request_context("/report?lang=en"):
        hand_out(drawing, "token-of-two", "key-of-two")
    assert drawing.times == 2


def test_a_changed_inspection_shows_at_once(cast, drawing):
    hand_out(drawing, "token-of-one", "key-of-one")
    with transaction() as changing:
        changing.get(Inspection, cast.ours).team = "湖南省第二生态环境保护督察组"
    hand_out(drawing, "token-of-two", "key-of-two")
    assert drawing.times == 2


def test_a_page_with_a_message_is_for_its_reader_alone(drawing):
    session["_flashes"] = [("message", "only for you")]
    hand_out(drawing, "token-of-one", "key-of-one")
    hand_out(drawing, "token-of-two", "key-of-two")
    assert drawing.times == 2


def test_a_page_without_its_readers_value_is_a_mistake(drawing):
    with pytest.raises(ValueError, match="number 1"):
        drawn.hand_out(drawing, lambda: ("<i>token</i>", ("token", "key")), tuple)


def test_a_page_that_belongs_to_nobody_asks_for_no_values(drawing):
    for _ in range(2):
        assert drawn.hand_out(drawing, lambda: ("<p>closed</p>", ()), pytest.fail) == "<p>closed</p>"


def test_the_pages_that_are_kept_are_few(app, drawing):
    for number in range(drawn.MOST + 5):
        with app.test_request_context(f"/report?inspection={number}"):
            hand_out(drawing, "token-of-one", "key-of-one")
    assert len(app.extensions[drawn.PAGES]) == drawn.MOST
