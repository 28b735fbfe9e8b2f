"""Strings that have broken programs; NAUGHTY_STRINGS names a file with more of them, a JSON list."""

import json
import os
from pathlib import Path

WHITE = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"

OWN = (
    "a\x00b", "\x00", "\ud800", "半个\udfff代理", "\ufeff有BOM", "\u202e反写\u202c", "\u2066隔离\u2069", "z\u0351\u036f\u0327a\u0334l\u0361g\u031bo",
    "👩‍👩‍👧‍👦🏳️‍🌈", "𠮷野家", "㐂药房", "龘靐齉", "O'Brien", '"引"用"', "“弯引号”", "`反引号`", "a,b;c\td", "两\n行", "两\r\n行", "孤\r回车",
    "=1+1", "＝1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", " =1+1", "\u200b=1+1", "'=1+1", "''", "'", "#清空", "'#清空", "_x0041_", "_x000D_",
    "'; DROP TABLE customers_customer; --", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt;&amp;", "{{ 7*7 }}{% debug %}",
    "${7*7}", "%s%(x)s%%", "%00", "../../etc/passwd", "\\\\server\\share", "null", "None", "NaN", "-", "--", "0", "1e309", "true", "是", "否",
    "2026-02-30", "İstanbul", "ﬀ", "Ｆｕｌｌ", "\u00ad软连字", "\x7f删", "\x1b[31m红", "\uffff", "\U0010ffff", "a" * 5_000, "长" * 2_000,
    "药程 导出 x 2026-01-01 00:00 仅限内部使用",
)  # fmt: skip


def strings() -> list[str]:
    """Each once."""
    more = os.environ.get("NAUGHTY_STRINGS")
    given = json.loads(Path(more).read_text(encoding="utf-8")) if more else []
    return list(dict.fromkeys([*OWN, *given]))


def kept(text: str) -> str:
    """How it is stored: without what no database or workbook holds, without blanks around it."""
    return text.replace("\x00", "").replace("\uffff", "").encode("utf-8", "replace").decode().strip(WHITE)
