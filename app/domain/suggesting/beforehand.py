"""Suggestions that are kept beside a decision are heard before its transaction begins.

Looking for similar reports takes longest of all, and who looks inside a writing transaction holds SQLite's only writer
meanwhile. What was heard waits in the session until the decision's entry is written, and goes with the use case.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from app.db import session as reading
from app.domain.people import Actor
from app.domain.report import Report
from app.domain.scope import scoped
from app.domain.suggesting.asking import suggestions
from app.domain.suggesting.kinds import Suggestion

HEARD = "hotline_suggestions_heard"


@contextmanager
def heard_before(actor: Actor, *report_ids: int) -> Iterator[None]:
    """Hear what is suggested for these reports, for the transaction that begins inside.

    A report that is not this actor's, or entered history, is passed over: whoever decides on it finds that out.
    """
    current = reading()
    wanted = scoped(actor, Report).where(Report.id.in_(report_ids), Report.history.is_(False))
    current.info[HEARD] = {report.id: suggestions(current, report) for report in current.scalars(wanted).unique()}
    try:
        yield
    finally:
        current.info.pop(HEARD, None)


def heard(session: Session, report: Report) -> list[Suggestion]:
    """What was heard before; heard now where nobody did."""
    known: dict[int, list[Suggestion]] = session.info.get(HEARD, {})
    return known[report.id] if report.id in known else suggestions(session, report)
