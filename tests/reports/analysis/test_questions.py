from datetime import date

import pytest

from repertory.core.errors import InvalidInput
from repertory.core.periods import Period
from repertory.reports.analysis.questions import read_question

TODAY = date(2026, 3, 20)


def _read(**words):
    return read_question(words, today=TODAY)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("period:2026", Period(202601, 12)),
        ("period:2026-Q1", Period(202601, 3)),
        ("period:2025-11..2026-02", Period(202511, 4)),
        ("period:2025..2026-Q1", Period(202501, 15)),
    ],
)
def test_periods_are_written_as_people_name_them(text, period):
    assert _read(filter=text).period == period


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"measure": "salary"}, "measure"),
        ({"measure": "amount,quantity,rows,customers,target"}, "measure"),
        ({"rows": "password"}, "rows"),
        ({"rows": "month,product,region,tier"}, "rows"),
        ({"columns": "month,product"}, "columns"),
        ({"rows": "month", "columns": "month"}, "columns"),
        ({"filter": "customer__uscc:1"}, "filter"),
        ({"filter": "tier"}, "filter"),
        ({"filter": "period:2026-13"}, "filter"),
        ({"filter": "period:2026-03..2026-01"}, "filter"),
        ({"filter": "period:2010..2026"}, "filter"),
        ({"filter": "basis:all"}, "filter"),
        ({"filter": "product:" + ",".join(map(str, range(51)))}, "filter"),
        ({"measure": "visits", "rows": "product"}, "measure"),
        ({"measure": "attainment", "rows": "seller"}, "measure"),
        ({"measure": "visits", "filter": "product:1"}, "measure"),
    ],
)
def test_what_is_not_on_the_list_is_refused_where_it_stands(words, field):
    with pytest.raises(InvalidInput) as refused:
        _read(**words)
    assert refused.value.field == field


def test_a_question_goes_back_into_an_address():
    words = {"measure": "amount,target", "rows": "product", "columns": "month", "filter": "tier:A,B;period:2026"}
    question = _read(**words)
    assert _read(**question.words()) == question
    assert _read(**question.words(tier="", region="E")).filters == {"region": ("E",)}
