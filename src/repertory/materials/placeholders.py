"""The words in braces of an e-mail template, and nothing else: each is put in once, what is put in is never read again."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

NAME, ADDRESS, INSTITUTION, SENDER = "姓名", "称呼", "医院", "代表"
KNOWN = (NAME, ADDRESS, INSTITUTION, SENDER)
BRACED = re.compile(r"\{([^{}]*)\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with the known words replaced. Other braces stay as they are."""
    return BRACED.sub(lambda found: values.get(found[1], found[0]), text)


def check_placeholders(text: str) -> str:
    """The text; ValueError where braces hold something else than a known word, or do not pair."""
    strange = [name for name in BRACED.findall(text) if name not in KNOWN]
    if strange or "{" in BRACED.sub("", text) or "}" in BRACED.sub("", text):
        known = _("、").join(f"{{{name}}}" for name in KNOWN)
        raise ValueError(_("花括号里只能写 %(known)s。") % {"known": known})
    return text
