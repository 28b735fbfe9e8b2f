from decimal import Decimal
from time import monotonic

import pytest

from repertory.reports.rendering import pdf as rendering
from repertory.reports.rendering.document import Head, Kind, Row, Section, Table
from repertory.reports.rendering.pdf import pdf
from repertory.reports.rendering.words import shown
from tests.factories.documents import document


def test_a_report_becomes_a_pdf():
    assert pdf(document()).startswith(b"%PDF-")


def test_text_of_a_report_is_no_markup():
    said = "#panic(1) $x$ *b* \\ ` <a> @b"
    assert pdf(document(title=said, sections=(Section("a", said, notes=(said,)),))).startswith(b"%PDF-")


def test_a_table_without_rows_says_so():
    empty = Section("a", "各辖区", table=Table((Head("name", "辖区"),), [], empty="没有数据"))
    assert pdf(document(sections=(empty,))).startswith(b"%PDF-")


def test_before_the_first_build_the_fonts_of_the_machine_serve(tmp_path, monkeypatch):
    monkeypatch.setattr(rendering, "FONTS", tmp_path / "none")
    assert pdf(document()).startswith(b"%PDF-")


def test_sixty_territories_by_twenty_products_take_at_most_three_seconds():
    heads = [Head("node", "辖区"), Head("product", "产品"), Head("amount", "实际", Kind.MONEY)]
    rows = [Row((f"辖区{node}", f"产品{product}", Decimal(node))) for node in range(60) for product in range(20)]
    begun = monotonic()
    pdf(document(sections=(Section("a", "各辖区各产品", table=Table(heads, rows)),)))
    assert monotonic() - begun < 3


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (Decimal("1234.5"), Kind.MONEY, "1,234.50"),
        (Decimal("0.8349"), Kind.SHARE, "83.5%"),
        (Decimal("12.50000"), Kind.QUANTITY, "12.5"),
        (Decimal("1200"), Kind.QUANTITY, "1,200"),
        (1234567, Kind.WHOLE, "1,234,567"),
        (None, Kind.MONEY, "—"),
        (None, Kind.TEXT, ""),
        ("安立坦", Kind.TEXT, "安立坦"),
    ],
)
def test_values_are_written_as_people_read_them(value, kind, text):
    assert shown(value, kind) == text
