"""Which of the inspection's areas a printed area names; what is not one of them is kept as printed and no more."""

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.inspection import Inspection
from app.domain.tables.areas import Areas, areas_of

PROVINCE = re.compile(r"^[^省市区县]{2,6}(?:省|自治区)")
SEVERAL = re.compile(r"[、,，;；和及]")


@dataclass(frozen=True)
class Places:
    """Names of areas → their codes; `prefix` is the inspected locality's own name."""

    names: dict[str, str]
    prefix: str
    root: str

    def recognise(self, printed: str) -> str | None:
        """The code of the one area named: 湖南省株洲市芦淞区白关镇 and 芦淞区 alike; None for several or none."""
        if SEVERAL.search(printed):
            return None
        rest = PROVINCE.sub("", printed).removeprefix(self.prefix)
        if not rest:
            return self.root if printed else None
        fitting = [name for name in self.names if rest.startswith(name)]
        return self.names[max(fitting, key=len)] if fitting else None


def places_of(session: Session, inspection: Inspection) -> Places:
    """The names of the inspection's counties and zones, with and without the locality's name before them."""
    areas: Areas = areas_of(session, inspection)
    locality = inspection.region
    names = {area.zh: area.code for area in areas.every}
    names |= {area.zh.removeprefix(locality.short): area.code for area in areas.every}
    return Places(names, locality.zh, locality.code)
