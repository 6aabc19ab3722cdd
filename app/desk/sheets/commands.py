"""The frozen words between the pages of ledger sheets and their services."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.desk.sheets.columns import SheetField
from app.domain.report import Channel


@dataclass(frozen=True)
class BringSheet:
    """A file as it was chosen; its name tells by its ending what it is."""

    inspection_id: int
    name: str
    content: bytes


@dataclass(frozen=True)
class NameColumns:
    """What each column means (from 0), in which row the headings stand (from 1), and how rows came that do not say."""

    sheet_id: int
    heading_row: int
    columns: Mapping[SheetField, int]
    channel: Channel
