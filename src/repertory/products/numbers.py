"""Numbers that identify drugs and their packs: approval, barcode, traceability, ATC."""

import re
import unicodedata

from django.utils.translation import gettext as _
from stdnum import ean
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as NotANumber

from repertory.core.errors import InvalidInput

# 国药准字 and the registration certificates of imported drugs. Letters: H chemical, Z Chinese medicine, S biological, J packed
# here, B health, F excipient, T diagnostic; a second J or C: made abroad, or in Hong Kong, Macau, Taiwan.
_APPROVAL = re.compile(r"国药准字(?:[HZS][JC]?|[BFJT])\d{8}|(?:BH|[HZSB]C?)\d{8}")
_ATC = re.compile(r"[ABCDGHJLMNPRSV]\d{2}(?:[A-Z](?:[A-Z](?:\d{2})?)?)?")
_TRACE = re.compile(r"8\d{6}")
GTIN_LENGTHS = (8, 12, 13, 14)


def clean_approval_number(text: str, *, field: str = "approval_number") -> str:
    """国药准字H20067890, without blanks, in capitals; raises InvalidInput."""
    number = _squeezed(text)
    if _APPROVAL.fullmatch(number) is None:
        message = _("批准文号不对，应像 国药准字H20067890 这样：一至两个字母加 8 位数字，请核对注册批件。")
        raise InvalidInput(message, code="approval_number", field=field)
    return number


def clean_barcode(text: str, *, field: str = "barcode") -> str:
    """A GTIN of 8, 12, 13 or 14 digits whose check digit agrees; raises InvalidInput."""
    number = _squeezed(text).replace("-", "")
    if not (number.isascii() and number.isdigit() and len(number) in GTIN_LENGTHS):
        raise InvalidInput(_("条码应为 8、12、13 或 14 位数字。"), code="barcode_format", field=field)
    try:
        return ean.validate(number)
    except InvalidChecksum:
        message = _("条码的校验位不对，可能抄错了一位，请核对包装。")
        raise InvalidInput(message, code="barcode_checksum", field=field) from None
    except NotANumber:
        raise InvalidInput(_("条码应为 8、12、13 或 14 位数字。"), code="barcode_format", field=field) from None


def clean_trace_prefix(text: str, *, field: str = "trace_prefix") -> str:
    """The first seven digits of the 20 of 药品追溯码: they name the drug and its pack, and begin with 8."""
    number = _squeezed(text)
    if _TRACE.fullmatch(number) is None:
        message = _("追溯码前缀（药品标识码）是追溯码的前 7 位数字，以 8 开头。")
        raise InvalidInput(message, code="trace_prefix", field=field)
    return number


def clean_atc(text: str, *, field: str = "atc_code") -> str:
    """A whole code or a beginning of it, A02BC01 or A02B; the X that national lists put before it is taken away."""
    code = _squeezed(text)
    if code.startswith("X") and _ATC.fullmatch(code[1:]):
        code = code[1:]
    if _ATC.fullmatch(code) is None:
        raise InvalidInput(_("ATC 编码不对，应像 A02BC01 这样。"), code="atc", field=field)
    return code


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
