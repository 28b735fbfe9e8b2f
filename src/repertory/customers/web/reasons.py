"""Why the rules say so, in words: duplicates and tiers."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from repertory.core import formats
from repertory.customers.choices import Adoption, Potential


def alike_in_words(reasons: Iterable[Sequence[Any]]) -> list[str]:
    """[["name", 100], ["phone", 0]] → 名称相同, 电话不同."""
    words = {
        "name": _("名称"),
        "pinyin": _("读音"),
        "phone": _("电话"),
        "uscc": _("统一社会信用代码"),
        "city": _("城市"),
        "address": _("地址"),
        "institution": _("所在机构"),
    }
    return [_degree(words.get(what, what), int(alike)) for what, alike in reasons]


def _degree(what: str, alike: int) -> str:
    if alike >= 100:
        return _("%(what)s相同") % {"what": what}
    if alike <= 0:
        return _("%(what)s不同") % {"what": what}
    return _("%(what)s相似 %(alike)s%%") % {"what": what, "alike": alike}


def tier_in_words(reasons: Iterable[Sequence[Any]]) -> list[str]:
    """[["potential", "high", 50]] → 潜力高（+50 分）."""
    return [_tier_reason(what, str(value), points) for what, value, points in reasons]


def _tier_reason(what: str, value: str, points: int) -> str:
    if what == "potential":
        said = _("潜力：%(value)s") % {"value": dict(Potential.choices).get(value, _("未填"))}
    elif what == "adoption":
        said = _("接受程度：%(value)s") % {"value": dict(Adoption.choices).get(value, _("未填"))}
    else:
        said = _("近12个月交易额 %(value)s 元") % {"value": formats.short_number(Decimal(value))}
    return _("%(said)s（%(points)s 分）") % {"said": said, "points": points}
