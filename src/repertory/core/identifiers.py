"""Numbers that identify: unified social credit codes, Chinese phone numbers, e-mail addresses; and how to mask them."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength, ValidationError

from repertory.core.errors import InvalidInput

_USCC_REASONS: dict[type[ValidationError], tuple[str, object]] = {
    InvalidLength: ("uscc_length", _("统一社会信用代码应为 18 位，请核对营业执照。")),
    InvalidFormat: ("uscc_format", _("统一社会信用代码只含数字和大写字母（不含 I、O、S、V、Z），请核对营业执照。")),
    InvalidComponent: ("uscc_component", _("统一社会信用代码的登记机关或行政区划部分不对，请核对营业执照。")),
    InvalidChecksum: ("uscc_checksum", _("统一社会信用代码的校验位不对，可能抄错了一位，请核对营业执照。")),
}

_MOBILE = re.compile(r"1[3-9]\d{9}")
_SERVICE = re.compile(r"(?:400|800)\d{7}|9\d{4,5}|12\d{3,4}|1[12]\d")
_AREA_3 = re.compile(r"0(?:10|2\d)")
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#|,)\s*(\d{1,6})$", re.IGNORECASE)
_LANDLINE_DASHED = re.compile(r"(0\d{2,3})\D*(\d{7,8})(?:-(\d{1,6}))?")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")


def clean_uscc(text: str, *, field: str = "uscc") -> str:
    """The 18 characters of a unified social credit code, without spaces, in capitals; raises InvalidInput."""
    try:
        return uscc.validate(unicodedata.normalize("NFKC", text).upper())
    except ValidationError as error:
        code, message = next(
            (reason for kind, reason in _USCC_REASONS.items() if isinstance(error, kind)), _USCC_REASONS[InvalidFormat]
        )
        raise InvalidInput(message, code=code, field=field) from error


def clean_phone(text: str, *, field: str = "phone") -> str:
    """One form for each Chinese number: 13812345678, 025-83106666, 025-83106666-123, 4008001234, +852… ; raises InvalidInput."""
    phone = normalise_phone(text)
    if phone is None:
        message = _("电话号码不对：手机应为 11 位，座机请写区号，如 025-83106666，分机写在最后，如 025-83106666-123。")
        raise InvalidInput(message, code="phone", field=field)
    return phone


def normalise_phone(text: str) -> str | None:
    """As clean_phone, but None where the text is no phone number."""
    text = unicodedata.normalize("NFKC", text).strip().replace("—", "-").replace("–", "-").replace("－", "-")
    extension = ""
    if match := _EXTENSION.search(text):
        extension, text = match.group(1), text[: match.start()]
    text = re.sub(r"^(?:\(?\+?\s*86\)?|0086)[\s-]*(?=[01][\d\s-]{8,})", "", text.strip())
    if text.startswith("+"):
        digits = re.sub(r"[\s().-]", "", text[1:])
        return f"+{digits}" if digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 15 else None
    if re.search(r"[^\d\s().\-/]", text) or not text.isascii():
        return None
    digits = re.sub(r"\D", "", text)
    if _MOBILE.fullmatch(digits):
        return _with_extension(digits, extension)
    if digits.startswith("0"):
        return _landline(text, digits, extension)
    if _SERVICE.fullmatch(digits) or re.fullmatch(r"[2-8]\d{6,7}", digits):
        return _with_extension(digits, extension)
    if match := re.fullmatch(r"([2-8]\d{6,7})-(\d{1,6})", text):
        return f"{match[1]}-{match[2]}"
    return None


def _landline(text: str, digits: str, extension: str) -> str | None:
    if match := _LANDLINE_DASHED.fullmatch(re.sub(r"[\s()./]+", "-", text).strip("-")):
        area, number, dashed = match.groups()
        if bool(_AREA_3.match(area)) == (len(area) == 3):
            return _with_extension(f"{area}-{number}", extension or dashed or "")
    size = 3 if _AREA_3.match(digits) else 4
    area, number = digits[:size], digits[size:]
    return _with_extension(f"{area}-{number}", extension) if 7 <= len(number) <= 8 else None


def _with_extension(number: str, extension: str) -> str:
    return f"{number}-{extension}" if extension else number


def mask_phone(phone: str) -> str:
    """138****5678; of a landline the area code and the last two digits stay: 025-****66."""
    if _MOBILE.fullmatch(phone):
        return f"{phone[:3]}****{phone[-4:]}"
    number, *extension = phone.split("-")[1:] if phone.startswith("0") and "-" in phone else [phone]
    if phone.startswith("0") and "-" in phone:
        return f"{phone.split('-')[0]}-****{number[-2:]}"
    return f"****{number[-2:]}" if len(number) > 4 else "****"


def clean_email(text: str, *, field: str = "email") -> str:
    """The address with its host in small letters; raises InvalidInput."""
    text = unicodedata.normalize("NFKC", text).strip()
    if len(text) > 254 or not _EMAIL.fullmatch(text):
        raise InvalidInput(_("电子邮箱不对，应像 name@example.com 这样。"), code="email", field=field)
    name, _at, host = text.rpartition("@")
    return f"{name}@{host.lower()}"


def mask_email(email: str) -> str:
    """The first character and the host: z****@example.com."""
    name, _at, host = email.rpartition("@")
    return f"{name[:1]}****@{host}" if name else "****"


def mask_text(text: str) -> str:
    """Any other private value: only its first character."""
    return f"{text[:1]}****" if text else ""
