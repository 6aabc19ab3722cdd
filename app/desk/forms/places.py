"""Counties and towns of an inspection: two plain menus, which a script makes one line to type into."""

from collections.abc import Mapping, Sequence

from app.domain.region import Region
from app.kernel.pinyin import spelled
from app.web.choosing import MenuField
from app.web.named import named


class AreaField(MenuField):
    """One menu of counties; each says by what else it may be found."""

    def offer_areas(self, areas: Sequence[Region]) -> None:
        self.offer([(region.code, named(region), _found_by(region)) for region in areas])


class TownField(MenuField):
    """One menu of all towns, grouped by county."""

    counties: Mapping[str, str] = {}

    def offer_towns(self, areas: Sequence[Region], towns: Mapping[str, Sequence[Region]]) -> None:
        self.counties = {town.code: area.code for area in areas for town in towns.get(area.code, ())}
        self.offer(
            [
                (town.code, named(town), {**_found_by(town), "data-county": area.code}, named(area))
                for area in areas
                for town in towns.get(area.code, ())
            ]
        )

    @property
    def county(self) -> str | None:
        """The county of the chosen town."""
        return self.counties.get(self.data or "")


def _found_by(region: Region) -> dict[str, str]:
    return {"data-find": " ".join([*spelled(region.zh), region.zh])}
