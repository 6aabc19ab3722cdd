"""What triage finds among the reports of an inspection."""

from app.db import session
from app.domain.people import Actor
from app.domain.search import Results, Row, Sought, look_up


def search_reports(actor: Actor, inspection_id: int, sought: Sought) -> Results[Row]:
    return look_up(session(), actor, inspection_id, sought)
