"""A batch's figures in the words of the templates."""

from typing import Any

from app.domain.papers.facts import Facts, due, told, told_of_all
from app.domain.tables.bulletin import Bulletin, Part, part_of, tags_of
from app.domain.tables.shares import ranked


def told_of_letter(facts: Facts) -> dict[str, Any]:
    """What a covering letter may say: the batch's own figures, and each of its cases."""
    areas = {row["area"]: part_of(one for one in facts.rows if one["area"] == row["area"]) for row in facts.rows}
    dated = [row for row in facts.rows if row["due_on"]]
    return {
        **told_of_all(facts),
        **_part(part_of(facts.rows)),
        "反馈期限": due(min(dated, key=lambda row: str(row["due_on"]))) if dated else "",
        "转办件": [{"序号": number, **told(facts, row)} for number, row in enumerate(facts.rows, 1)],
        "区域": [{"名称": area, **_part(part)} for area, part in areas.items()],
        "类型": [{"名称": one.entry.zh, "件数": one.count, "占比": one.percent} for one in ranked(tags_of(facts.rows))],
    }


def told_of_table(facts: Facts) -> dict[str, Any]:
    """What may stand above and below a table of one batch."""
    return {**told_of_all(facts), **_part(part_of(facts.rows))}


def told_of_bulletin(facts: Facts, bulletin: Bulletin) -> dict[str, Any]:
    """What the day's bulletin may say: figures, and nobody's words."""
    in_all = _part(bulletin.in_all)
    return {
        **told_of_all(facts),
        **_part(bulletin.today),
        "累计交办": in_all["交办"],
        "累计分解增加": in_all["分解增加"],
        "累计分解后": in_all["分解后"],
        "累计重点件数": in_all["重点件数"],
        "受理方式": [{"名称": channel.zh, "件数": count} for channel, count in bulletin.channels.items()],
        "区域": [{"名称": one.area.zh, **_part(one.today)} for one in bulletin.areas if one.today.cases],
        "类型": [{"名称": one.entry.zh, "件数": one.count, "占比": one.percent} for one in bulletin.kinds],
    }


def _part(part: Part) -> dict[str, Any]:
    return {"交办": part.reports, "分解增加": part.further, "分解后": part.cases, "重点件数": part.key}
