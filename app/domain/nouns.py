"""Every noun's table, imported once, so that the metadata is whole (migrations and tests compare against it)."""

from app.db import Base
from app.domain import (
    alarm,
    assignment,
    attachment,
    batch,
    case,
    docket,
    dossier,
    draft,
    field_record,
    filing,
    holidays,
    inspection,
    ledger,
    letter,
    lists,
    message,
    news,
    numbering,
    people,
    plan_version,
    presence,
    rectification,
    region,
    reply,
    report,
    reporter,
    ringing,
    search,
    sheet,
    sign_off,
    spot_check,
    suggesting,
    systems,
)
from app.domain.papers import paper

NOUNS = (
    alarm,
    assignment,
    attachment,
    batch,
    case,
    docket,
    dossier,
    draft,
    field_record,
    filing,
    holidays,
    inspection,
    ledger,
    letter,
    lists,
    message,
    news,
    numbering,
    paper,
    people,
    plan_version,
    presence,
    rectification,
    region,
    reply,
    report,
    reporter,
    ringing,
    search,
    sheet,
    sign_off,
    spot_check,
    suggesting,
    systems,
)
METADATA = Base.metadata
INDEXES = (search.indexing.INDEX, search.report_index.INDEX, search.case_index.SHELF.index)


def is_declared(name: str | None, kind: str, _parents: object) -> bool:
    """For Alembic's comparison: a database's own index of texts, and what SQLite makes for it, is no table of ours."""
    return kind != "table" or not str(name).startswith(INDEXES)
