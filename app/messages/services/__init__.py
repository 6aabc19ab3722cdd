"""What the messages room does: telling, reminding, sending; and what people say of how they want to be told."""

from app.messages.services.minding import (
    MINDERS,
    WORDERS,
    add_hook,
    drop,
    end_hook,
    open_message,
    read_all,
    tell_me,
    try_again,
    word_event,
)
from app.messages.services.news import send_news
from app.messages.services.reminding import remind_all
from app.messages.services.sending import secret_of, send_waiting, signature
from app.messages.services.telling import tell_waiting

__all__ = [
    "MINDERS",
    "WORDERS",
    "add_hook",
    "drop",
    "end_hook",
    "open_message",
    "read_all",
    "remind_all",
    "secret_of",
    "send_news",
    "send_waiting",
    "signature",
    "tell_me",
    "tell_waiting",
    "try_again",
    "word_event",
]
