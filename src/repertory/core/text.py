"""Text made comparable: for search, for duplicate keys. What is stored stays as it was typed."""

import re
import unicodedata

from repertory.core.regions import without_province

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")
_BRACKETED = re.compile(r"[(\[{<【〔「《](.*?)[)\]}>】〕」》]")
_BRANCH = re.compile(r"(?:店|分院|院区|分部|部|分公司|校区|门诊|站|中心|处|[0-9一二三四五六七八九十]+)$")
_LEGAL_FORM = re.compile(r"(?:股份|责任)?有限(?:责任)?公司|集团公司|公司|集团|股份|合伙企业|普通合伙|有限合伙|个人独资")
_DIVISION = re.compile(r"自治区|自治州|自治县|特别行政区|地区|[省市县区]")
_NUMBERED = re.compile(r"第(\d+)")
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_TITLES = re.compile(r"(?:副?主任(?:医师|药师|护师)?|主治医师|医师|药师|医生|大夫|教授|老师|先生|女士|院长|主任)$")


def normalise(text: str) -> str:
    """One form for what people see as the same: NFKC, small letters, single spaces."""
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return _SPACES.sub(" ", text).strip().casefold()


def fold(name: str, *, person: bool = False) -> str:
    """The core of a name, for finding duplicates: equal for 南京市鼓楼医院 and 江苏省南京鼓楼医院（三甲）.

    Never empty for a name that has a letter: where nothing would remain, less is taken away.
    """
    whole = normalise(name)
    if person:
        text = _TITLES.sub("", _NOT_WORD.sub("", _BRACKETED.sub("", whole)))
        return text if len(text) > 1 else _NOT_WORD.sub("", whole)
    text = _BRACKETED.sub(lambda match: match[1] if _BRANCH.search(match[1]) else "", whole)
    text = _LEGAL_FORM.sub("", _NOT_WORD.sub("", text))
    text = _NUMBERED.sub(lambda match: "第" + match[1].translate(_DIGITS), text)
    short = _DIVISION.sub("", without_province(text.removeprefix("中国")))
    return short if len(short) > 1 else text or _NOT_WORD.sub("", whole)


def bigrams(text: str) -> list[str]:
    """Each two neighbouring characters, in order; the text itself where it is shorter."""
    return [text[index : index + 2] for index in range(len(text) - 1)] if len(text) > 1 else [text] if text else []
