"""Places in a row: provinces, cities and counties in one cell or in three, and coordinates."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from repertory.core import regions
from repertory.core.regions import Region
from repertory.customers.importing.columns import PLACE_KEYS
from repertory.platform.exchange.kinds import CLEAR

_SIX_DECIMALS = Decimal("0.000001")


class Unknown(ValueError):
    """A place that can't be understood. field: the column to blame."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def region_codes(values: Mapping[str, Any]) -> dict[str, str]:
    """{province_code, city_code, county_code} of what the row says; {} where it says nothing. Raises Unknown."""
    given = {key: values[key] for key in PLACE_KEYS if key in values}
    if not given:
        return {}
    if any(value is CLEAR for value in given.values()):
        return {"province_code": "", "city_code": "", "county_code": ""}
    found = _resolve(*(given.get(key, "") for key in ("region", "province", "city", "county")))
    if found is None:
        field = next(key for key in ("region", "county", "city", "province") if key in given)
        text = "-".join(given[key] for key in ("region", "province", "city", "county") if key in given)
        raise Unknown(field, _("认不出地区“%(text)s”，请写成“江苏省-南京市”这样的全称。") % {"text": text[:60]})
    return {
        "province_code": found.province_code,
        "city_code": found.city_code,
        "county_code": found.county_code,
    }


@lru_cache(maxsize=8192)
def _resolve(region: str, province: str, city: str, county: str) -> Region | None:
    if region:
        whole = regions.parse(region)
        if whole is None or not (province or city or county):
            return whole
    return regions.resolve(province=province, city=city, county=county)


def guessed_codes(address: str) -> dict[str, str]:
    """The region that an address begins with, {} where it is not certain."""
    found = regions.guess(address) if address else None
    if found is None:
        return {}
    return {"province_code": found.province_code, "city_code": found.city_code, "county_code": found.county_code}


def position(values: Mapping[str, Any]) -> tuple[dict[str, Decimal | None], bool]:
    """({longitude, latitude} as given, rounded to a tenth of a metre; whether it was 0,0 and is emptied)."""
    given = {name: values[name] for name in ("longitude", "latitude") if name in values}
    if not given:
        return {}, False
    found = {name: None if value is CLEAR else _rounded(value) for name, value in given.items()}
    if len(found) == 2 and not any(found.values()):
        return {"longitude": None, "latitude": None}, None not in found.values()
    return found, False


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_SIX_DECIMALS) if abs(value) < 1000 else value
