"""Text of cells becomes values of the column's type."""

from datetime import date
from decimal import Decimal

import pytest

from repertory.platform.exchange.values import Unreadable, reader_of

CHOICES = (("hospital", "医院/诊所"), ("pharmacy", "药店"))


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("integer", "12", 12),
        ("integer", "1,200", 1200),
        ("integer", "１２", 12),
        ("decimal", "-0.50", Decimal("-0.50")),
        ("decimal", "1 234.5", Decimal("1234.5")),
        ("date", "2026-03-31", date(2026, 3, 31)),
        ("date", "2026/3/1", date(2026, 3, 1)),
        ("date", "2026.3.1", date(2026, 3, 1)),
        ("date", "2026年3月1日", date(2026, 3, 1)),
        ("date", "20260301", date(2026, 3, 1)),
        ("date", "2026-03-01 00:00:00", date(2026, 3, 1)),
        ("bool", "是", True),
        ("bool", "FALSE", False),
        ("choice", "hospital", "hospital"),
        ("choice", " 医院 / 诊所 ", "hospital"),
        ("choice", "诊所", "hospital"),
        ("choices", "药店、Hospital；药店", ["pharmacy", "hospital"]),
    ],
)
def test_a_cell_is_read(kind, text, value):
    assert reader_of(kind, CHOICES)(text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("integer", "1.5"),
        ("integer", "many"),
        ("decimal", "NaN"),
        ("decimal", "Infinity"),
        ("decimal", "1e400"),
        ("decimal", "9" * 40),
        ("date", "31/3/2026"),
        ("date", "2026-02-30"),
        ("date", "3/4/26"),
        ("bool", "maybe"),
        ("choice", "银行"),
        ("choices", "药店、银行"),
    ],
)
def test_an_unreadable_cell_is_refused_with_a_sentence(kind, text):
    with pytest.raises(Unreadable) as caught:
        reader_of(kind, CHOICES)(text)
    assert text[:20] in str(caught.value) or "银行" in str(caught.value)
    assert caught.value.code
