"""What the line does for messages, each minute: tell what was left, remind of what time brings, send what waits."""

from app.domain.installation import Installation
from app.jobs import job
from app.messages.services import remind_all, send_news, send_waiting, tell_waiting


@job("messages.tell", every=1)
def tell(house: Installation) -> None:  # noqa: ARG001  (every job is handed the house)
    tell_waiting()


@job("messages.remind", every=10)
def remind(house: Installation) -> None:  # noqa: ARG001
    remind_all()


@job("messages.send", every=1)
def send(house: Installation) -> None:
    send_waiting(house)
    send_news(house)
