"""Finding products: by any part of a name, pinyin, initials, numbers; filters; pages. M-PRO-1."""

import pytest

from repertory.core.actor import system_actor
from repertory.core.errors import InvalidInput
from repertory.organisation.actions import define_custom_field
from repertory.organisation.inputs import DefineCustomField
from repertory.products.queries import ListQuery, list_products
from tests.factories.catalogue import add_pack, open_product


@pytest.fixture
def shelf(company, at):
    field = DefineCustomField(object_type="product", key="team", label="小组", kind="choice", options=["一组", "二组"])
    define_custom_field(actor=company.actor("admin"), at=at, data=field)
    first = open_product(
        at=at,
        name="重组人胰岛素注射液",
        number=1,
        trade_name="优立泌",
        manufacturer="南京药程",
        insurance_class="a",
        custom={"team": "一组"},
        product_manager="product",
    )
    add_pack(first, at=at, barcode="6901234567892")
    open_product(at=at, name="长春西汀片", number=2, insurance_class="b", english_name="Vinpocetine")
    open_product(at=at, name="阿托伐他汀钙片", number=3, insurance_class="b", launched_on="2020-05-01")


def names(**query):
    page = list_products(actor=system_actor(), query=ListQuery(**query))
    assert page.count == len(page.items)
    return [product.generic_name for product in page.items]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("胰岛素", ["重组人胰岛素注射液"]),
        ("优立泌", ["重组人胰岛素注射液"]),
        ("chongzuren", ["重组人胰岛素注射液"]),
        ("czrydszsy", ["重组人胰岛素注射液"]),
        ("ylm", ["重组人胰岛素注射液"]),
        ("ATFTTGP", ["阿托伐他汀钙片"]),
        ("vinpo", ["长春西汀片"]),
        ("H20260002", ["长春西汀片"]),
        ("6901234567892", ["重组人胰岛素注射液"]),
        ("药程 胰岛素", ["重组人胰岛素注射液"]),
        ("changchunxiting", ["长春西汀片"]),
        ("没有这个", []),
        ("%", []),
        ("_", []),
    ],
)
def test_a_product_is_found_by_any_part(shelf, text, found):
    assert names(text=text) == found


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"insurance_class": ["b"]}, 2),
        ({"insurance_class": ["a", "b"]}, 3),
        ({"manufacturer": ["药程"]}, 1),
        ({"manufacturer": ["-"]}, 2),
        ({"launched_on.to": ["2020-05-01"]}, 1),
        ({"launched_on.from": ["2020-05-02"]}, 2),
        ({"product_manager": ["product"]}, 1),
        ({"product_manager": ["-"]}, 2),
        ({"custom.team": ["一组"]}, 1),
        ({"stage": ["on_sale"]}, 3),
    ],
)
def test_filters_narrow_the_list(shelf, filters, count):
    assert len(names(filters=filters)) == count


@pytest.mark.parametrize(
    "query",
    [
        {"filters": {"magic": ["1"]}},
        {"filters": {"search_text": ["1"]}},
        {"filters": {"product_manager__password": ["1"]}},
        {"filters": {"launched_on.from": ["soon"]}},
        {"sort": "search_text"},
        {"cursor": "x"},
    ],
)
def test_what_cannot_be_asked_is_refused(shelf, query):
    with pytest.raises(InvalidInput):
        names(**query)


@pytest.mark.parametrize("sort", ["generic_name", "-generic_name", "code", "-updated_at", "created_at"])
def test_pages_follow_each_other_without_gap_or_repeat(shelf, sort):
    whole = names(sort=sort)
    walked, cursor = [], ""
    while cursor is not None:
        page = list_products(actor=system_actor(), query=ListQuery(sort=sort, cursor=cursor, limit=1))
        walked += [product.generic_name for product in page.items]
        assert page.count == 3
        cursor = page.next
    assert walked == whole
    assert len(set(walked)) == 3
