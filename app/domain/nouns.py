"""Every noun's table, imported once, so that the metadata is whole (migrations and tests compare against it)."""

from app.db import Base
from app.domain import (
    attachment,
    batch,
    case,
    holidays,
    inspection,
    ledger,
    numbering,
    people,
    rectification,
    region,
    report,
    reporter,
)

NOUNS = (
    attachment,
    batch,
    case,
    holidays,
    inspection,
    ledger,
    numbering,
    people,
    rectification,
    region,
    report,
    reporter,
)
METADATA = Base.metadata
