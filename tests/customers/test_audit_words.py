"""What the audit trail says of customers, in words."""

import pytest
from django.utils import translation

from repertory.customers import audit_words
from repertory.platform import audit_words as all_words


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("kind", "hospital", "医院/诊所"),
        ("kind", "medical", "医疗机构执业许可证"),
        ("kind", "birthday", "生日"),
        ("role", "buyer", "采购"),
        ("channel", "phone", "私人电话"),
        ("county_code", "500103", "重庆市-渝中区"),
        ("field", "private_phone", "私人电话"),
        ("name", "business", "business"),
        ("tier", ["A", "B"], "A、B"),
        ("phone", None, ""),
    ],
)
def test_a_value_is_said_as_people_say_it(name, value, shown):
    assert audit_words.value_label(name, value) == shown
    assert all_words.value_label("customer", name, value) == shown


@pytest.mark.parametrize(
    ("name", "chinese", "english"), [("number", "证号", "Licence number"), ("kept", "保留的档案", "Kept record")]
)
def test_a_name_is_said_in_the_language_of_the_page(name, chinese, english):
    assert str(all_words.field_label("customer", name)) == chinese
    with translation.override("en"):
        assert str(all_words.field_label("customer", name)) == english


def test_a_name_that_nobody_knows_stays_as_it_is():
    assert all_words.field_label("customer", "custom.beds") == "custom.beds"
