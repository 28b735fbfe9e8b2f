"""Approval numbers, barcodes, traceability prefixes, ATC codes. M-PRO-1."""

import pytest

from repertory.core.errors import InvalidInput
from repertory.products import numbers


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("国药准字H20067890", "国药准字H20067890"),
        (" 国药准字 h20067890 ", "国药准字H20067890"),
        ("国药准字Ｚ２００２５０８８", "国药准字Z20025088"),
        ("国药准字HJ20150001", "国药准字HJ20150001"),
        ("国药准字SC20200012", "国药准字SC20200012"),
        ("国药准字J20130145", "国药准字J20130145"),
        ("H20140001", "H20140001"),
        ("ZC20120003", "ZC20120003"),
    ],
)
def test_an_approval_number_is_kept_in_one_form(typed, kept):
    assert numbers.clean_approval_number(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "国药准字", "国药准字H2006789", "国药准字H200678901", "国药准字X20067890", "卫药准字", "20067890"]
)
def test_what_is_no_approval_number_is_refused(typed):
    with pytest.raises(InvalidInput) as refused:
        numbers.clean_approval_number(typed)
    assert refused.value.field == "approval_number"


@pytest.mark.parametrize("typed", ["6901234567892", "690 1234 567892", "12345670", "00012345600012"])
def test_a_barcode_whose_check_digit_agrees_is_kept(typed):
    assert numbers.clean_barcode(typed) == typed.replace(" ", "")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("6901234567893", "barcode_checksum"),
        ("690123456789", "barcode_checksum"),
        ("69012", "barcode_format"),
        ("条码", "barcode_format"),
    ],
)
def test_a_wrong_barcode_says_whether_it_is_its_length_or_its_check_digit(typed, code):
    with pytest.raises(InvalidInput) as refused:
        numbers.clean_barcode(typed)
    assert refused.value.code == code


def test_the_prefix_of_a_traceability_code_has_seven_digits_from_eight_on():
    assert numbers.clean_trace_prefix("８１０２３４５") == "8102345"
    for wrong in ("7102345", "810234", "81023456", "abcdefg"):
        with pytest.raises(InvalidInput):
            numbers.clean_trace_prefix(wrong)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("A02BC01", "A02BC01"),
        ("a02b", "A02B"),
        ("XA02BA", "A02BA"),
        ("C10", "C10"),
        ("V", None),
        ("A2", None),
        ("XX99", None),
    ],
)
def test_an_atc_code_may_be_a_beginning_and_loses_the_x_of_the_national_list(typed, kept):
    if kept is None:
        with pytest.raises(InvalidInput):
            numbers.clean_atc(typed)
    else:
        assert numbers.clean_atc(typed) == kept
