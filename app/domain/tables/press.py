"""The printed tables by name: what the pages and the command offer."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from app.domain.inspection import Inspection
from app.domain.tables.disclosure import disclosure
from app.domain.tables.handover import handover
from app.domain.tables.summary import summary
from app.domain.tables.table import PrintedTable

Maker = Callable[[Session, Inspection], PrintedTable]
PRESS: dict[str, Maker] = {"handover": handover, "disclosure": disclosure, "summary": summary}
