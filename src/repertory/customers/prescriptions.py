"""No 统方 (M-LAW-2): what a doctor or a department prescribes is counted nowhere, in no field, no column and no note.

The finder looks for words, not for meaning: it asks, and a person who has read the text again may go on.
"""

import re
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from repertory.customers.rules import PRESCRIPTIONS
from repertory.platform.rules import value_on

_UNIT = r"(?:盒|支|瓶|片|粒|袋|针|例|张(?:处方)?|份|个处方)"
_NUMBER = r"(?:\d[\d,.]*|[一二两三四五六七八九十百千几]+)\s*多?\s*(?:来|余)?"
_PRESCRIBE = r"(?:处方量|处方数|开方量|开药量|用药量|月用量|日用量|用量|统方|处方|开了|开出|开方|开到|能开|可开|开)"
_PATTERNS = (
    re.compile(r"统方"),
    re.compile(r"(?:处方|开方|开药|用药)(?:数?量|份额|排名)\D{0,4}" + _NUMBER),
    re.compile(_PRESCRIBE + r"[^。；;，,\d]{0,8}" + _NUMBER + _UNIT),
    re.compile(r"(?:每|一|本|上|这|当)(?:个)?(?:月|周|天|日)[^。；;]{0,10}" + _PRESCRIBE + r"[^。；;]{0,6}" + _NUMBER),
    re.compile(_NUMBER + _UNIT + r"\s*[/／每一](?:个)?(?:月|周|天|日|门诊|人)"),
)
# What is dosed to a patient is no count of prescriptions: 每日 1 片, 每次 2 粒, 用法用量.
_DOSE = re.compile(
    r"(?:每次|一次|用法用量|服用|口服|起始|剂量|推荐|说明书)[^。；;]{0,20}|"
    r"(?:每日|每天|一日|每周)\s*(?:\d|[一二两三四五])+\s*(?:次|片|粒|支|袋|mg|毫克)"
)


def looks_like_prescription_counts(text: str) -> str:
    """The words that look like somebody's prescription counts, "" where nothing does."""
    if not text:
        return ""
    bare = _DOSE.sub("。", text)
    for pattern in _PATTERNS:
        found = pattern.search(bare)
        if found:
            return found.group(0)
    return ""


_COUNTED = re.compile(r"统方|处方(?:数|量|张)|开方(?:数|量)|开药(?:数|量)|用药(?:数|量)")
_DOCTOR = re.compile(r"医生|医师|大夫|处方人|开方人|prescriber|doctor|physician", re.IGNORECASE)
_QUANTITY = re.compile(r"数量|盒数|支数|瓶数|用量|销量|金额|quantity|items|boxes|volume", re.IGNORECASE)


def forbidden_on(day: date) -> bool:
    """Whether the rule holds; an administrator may switch it off where the law of the place allows it."""
    return bool(value_on(PRESCRIPTIONS, day)["on"])


def refused_columns(names: Sequence[str], on: date) -> str:
    """Why a file with these columns is refused: it counts what doctors prescribe. "" where it does not, or the rule is off."""
    counted = [name for name in names if _COUNTED.search(name)]
    doctors = [name for name in names if _DOCTOR.search(name)]
    quantities = [name for name in names if _QUANTITY.search(name)]
    if not (counted or (doctors and quantities)) or not forbidden_on(on):
        return ""
    named = _("、").join(counted or [doctors[0], quantities[0]])
    return _("文件里的列（%(names)s）是医生或科室的用药统计（统方），不能导入。请删去这些列再试。") % {"names": named}
