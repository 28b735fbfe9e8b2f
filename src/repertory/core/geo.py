"""Coordinates in China: WGS-84 (GPS), GCJ-02 (maps sold in China) and BD-09 (Baidu), in degrees.

Everything is stored in WGS-84. All functions take and return (longitude, latitude).
"""

from math import asin, atan2, cos, pi, radians, sin, sqrt

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Point = tuple[float, float]

_AXIS = 6378245.0
_ECCENTRICITY = 0.00669342162296594323
_EARTH_METRES = 6371008.8
_BAIDU = pi * 3000.0 / 180.0
_CHINA_WEST, _CHINA_EAST, _CHINA_SOUTH, _CHINA_NORTH = 73.3, 135.2, 3.4, 53.7


def wgs_to_gcj(longitude: float, latitude: float) -> Point:
    """GPS to the shifted grid of Chinese maps; unchanged outside China."""
    if not in_china(longitude, latitude):
        return longitude, latitude
    east, north = _shift(longitude, latitude)
    return longitude + east, latitude + north


def gcj_to_wgs(longitude: float, latitude: float) -> Point:
    """Chinese maps to GPS, by fixed-point iteration, exact to about a centimetre."""
    if not in_china(longitude, latitude):
        return longitude, latitude
    real_longitude, real_latitude = longitude, latitude
    for _round in range(5):
        east, north = _shift(real_longitude, real_latitude)
        real_longitude, real_latitude = longitude - east, latitude - north
    return real_longitude, real_latitude


def bd_to_wgs(longitude: float, latitude: float) -> Point:
    """Baidu's coordinates to GPS, exact to about two metres."""
    x, y = longitude - 0.0065, latitude - 0.006
    z = sqrt(x * x + y * y) - 0.00002 * sin(y * _BAIDU)
    theta = atan2(y, x) - 0.000003 * cos(x * _BAIDU)
    return gcj_to_wgs(z * cos(theta), z * sin(theta))


def metres_between(one: Point, other: Point) -> float:
    """Great-circle distance of two points of the same system (haversine), in metres."""
    longitude, latitude, other_longitude, other_latitude = map(radians, (*one, *other))
    half = (
        sin((other_latitude - latitude) / 2) ** 2
        + cos(latitude) * cos(other_latitude) * sin((other_longitude - longitude) / 2) ** 2
    )
    return 2 * _EARTH_METRES * asin(min(1.0, sqrt(half)))


def in_china(longitude: float, latitude: float) -> bool:
    """Whether a point lies in the rectangle around China."""
    return _CHINA_WEST <= longitude <= _CHINA_EAST and _CHINA_SOUTH <= latitude <= _CHINA_NORTH


def implausible(longitude: float | None, latitude: float | None) -> Promise | None:
    """Why a pair of coordinates can't be a customer's place in China, None where it can or where both are empty."""
    if longitude is None and latitude is None:
        return None
    if longitude is None or latitude is None:
        return _("经度和纬度要么都填，要么都不填。")
    if abs(longitude) < 0.01 and abs(latitude) < 0.01:
        return _("坐标是 0,0，说明没有定位成功，请重新定位或留空。")
    if in_china(longitude, latitude):
        return None
    if in_china(latitude, longitude):
        return _("经度和纬度好像填反了。")
    return _("坐标不在中国境内，请核对经度和纬度。")


def _shift(longitude: float, latitude: float) -> Point:
    """How far GCJ-02 moves a WGS-84 point, in degrees."""
    x, y = longitude - 105.0, latitude - 35.0
    common = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + common
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + common
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    radian = latitude / 180.0 * pi
    magic = 1 - _ECCENTRICITY * sin(radian) ** 2
    root = sqrt(magic)
    north = north * 180.0 / (_AXIS * (1 - _ECCENTRICITY) / (magic * root) * pi)
    east = east * 180.0 / (_AXIS / root * cos(radian) * pi)
    return east, north
