"""Names in distributors' files, made comparable: 阿托伐他汀钙片 20mg×7片 and 阿托伐他汀钙片20MG*7片 are one."""

import re
from functools import lru_cache

from repertory.core.text import normalise

_TIMES = re.compile(r"[×✕✖x*＊]")
_LOOSE = re.compile(r"[^\w*.%+]+")


@lru_cache(maxsize=100_000)
def key_of(text: str) -> str:
    """At most 200 characters; "" for a text without any letter."""
    return _LOOSE.sub("", _TIMES.sub("*", normalise(text)))[:200]
