"""Where the demo company works: regions, their district cities, and a point in each city (WGS-84, rounded)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class City:
    name: str
    code: str
    longitude: float
    latitude: float
    area_code: str


REGIONS: dict[str, tuple[str, tuple[City, ...]]] = {
    "HD": (
        "华东大区",
        (
            City("南京", "320100", 118.78, 32.05, "025"),
            City("杭州", "330100", 120.16, 30.27, "0571"),
            City("上海", "310100", 121.47, 31.23, "021"),
        ),
    ),
    "HB": (
        "华北大区",
        (
            City("北京", "110100", 116.40, 39.91, "010"),
            City("天津", "120100", 117.20, 39.13, "022"),
            City("石家庄", "130100", 114.51, 38.04, "0311"),
        ),
    ),
    "HN": (
        "华南大区",
        (
            City("广州", "440100", 113.27, 23.13, "020"),
            City("深圳", "440300", 114.06, 22.55, "0755"),
            City("福州", "350100", 119.30, 26.08, "0591"),
        ),
    ),
    "XB": (
        "西部大区",
        (
            City("成都", "510100", 104.07, 30.67, "028"),
            City("重庆", "500100", 106.55, 29.56, "023"),
            City("西安", "610100", 108.94, 34.34, "029"),
        ),
    ),
}
