"""Places in a row: provinces, cities and counties in one cell or in three, and coordinates."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from repertory.core import regions
from repertory.core.regions import Region
from repertory.platform.exchange.kinds import CLEAR

_SIX_DECIMALS = Decimal("0.000001")
_NOWHERE = {"province_code": "", "city_code": "", "county_code": ""}
_FIELDS = ("region", "province", "city", "county")


class Unknown(ValueError):
    """A place that can't be understood. field: the column to blame."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def take_region(values: dict[str, Any]) -> None:
    """Put the codes of the region in the place of its names; nothing where the row names none. Raises Unknown."""
    given = [values.pop(name, "") for name in _FIELDS]
    if not any(given):
        return
    if CLEAR in given:
        values.update(_NOWHERE)
        return
    codes = _codes(*given)
    if codes is None:
        field = next(name for name, text in reversed(list(zip(_FIELDS, given, strict=True))) if text)
        text = "-".join(text for text in given if text)
        raise Unknown(field, _("认不出地区“%(text)s”，请写成“江苏省-南京市”这样的全称。") % {"text": text[:60]})
    values.update(codes)


@lru_cache(maxsize=8192)
def _codes(region: str, province: str, city: str, county: str) -> Mapping[str, str] | None:
    found = regions.parse(region) if region else None
    if province or city or county:
        separate = regions.resolve(province=province, city=city, county=county)
        found = separate or found
    return None if found is None else _as_codes(found)


def _as_codes(region: Region) -> dict[str, str]:
    return {
        "province_code": region.province_code,
        "city_code": region.city_code,
        "county_code": region.county_code,
    }


def guessed_codes(address: str) -> dict[str, str]:
    """The region that an address begins with, {} where it is not certain."""
    found = regions.guess(address) if address else None
    return {} if found is None else _as_codes(found)


def take_position(values: dict[str, Any]) -> bool:
    """Round a position to a tenth of a metre; 0,0 is nowhere and emptied. Whether that happened."""
    longitude, latitude = values.get("longitude"), values.get("latitude")
    if isinstance(longitude, Decimal) and isinstance(latitude, Decimal) and not longitude and not latitude:
        values["longitude"] = values["latitude"] = CLEAR
        return True
    for name in ("longitude", "latitude"):
        value = values.get(name)
        if isinstance(value, Decimal) and abs(value) < 1000:
            values[name] = value.quantize(_SIX_DECIMALS)
    return False
