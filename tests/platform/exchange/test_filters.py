"""A list's address on its way to the file: what `list_query` reads is what `joined` was given."""

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from repertory.platform.exchange.filters import joined, list_query

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)


@given(WORDS, st.dictionaries(st.sampled_from(["kind", "status", "f_甲"]), st.lists(WORDS, min_size=1, max_size=4)))
def test_nothing_is_lost_whatever_stands_in_a_value(text, filters):
    address = QueryDict(mutable=True)
    address["q"] = text
    for name, values in filters.items():
        address.setlist(name, values)
    query = list_query(joined(address))
    assert (query.text, query.filters) == (text, filters)


def test_words_that_narrow_nothing_and_empty_values_are_no_filters():
    address = QueryDict("kind=a%2Cb&kind=&tier=&sort=-name&cursor=x&columns=name&view=3&size=9&format=csv&product_id=4")
    assert list_query(joined(address), but=("product_id",)).filters == {"kind": ["a,b"]}
