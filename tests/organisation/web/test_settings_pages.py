"""Custom fields and rules as an administrator sets them."""

from datetime import date

import pytest

from repertory.customers.tiers import POLICY_KEY, rules_on
from repertory.platform.models import AuditEntry, CustomField, PolicySetting
from repertory.platform.queries import custom_fields

BEDS = {"label": "床位数", "key": "bed_count", "kind": "number", "position": "1"}
INSURANCE = {"label": "医保定点", "key": "insured", "kind": "choice", "options": "是\n否\n\n不详", "position": "2"}


def test_fields_are_defined_revised_and_archived(company, signed_in):
    client = signed_in("admin")
    assert client.post("/settings/fields/new/", BEDS).status_code == 302
    assert client.post("/settings/fields/new/", INSURANCE).status_code == 302
    assert [field.key for field in custom_fields("customer")] == ["bed_count", "insured"]
    field = CustomField.objects.get(key="insured")
    assert field.options == ["是", "否", "不详"]
    revised = {"label": "医保定点机构", "options": "是\n否", "position": "0"}
    assert client.post(f"/settings/fields/{field.pk}/", revised).status_code == 302
    assert [field.label for field in custom_fields("customer")] == ["医保定点机构", "床位数"]
    assert client.post(f"/settings/fields/{field.pk}/archive/").status_code == 302
    assert [field.key for field in custom_fields("customer")] == ["bed_count"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"key": "Bed Count"}, "格式不对"),
        ({"label": ""}, "必须填写"),
        ({"kind": "choice", "options": ""}, "选项"),
        ({"kind": "formula"}, "没有这个选项"),
        ({"position": "-1"}, "不能小于"),
    ],
)
def test_a_field_that_can_not_be_is_refused_with_its_reason(company, signed_in, change, words):
    page = signed_in("admin").post("/settings/fields/new/", BEDS | change)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not CustomField.objects.exists()


def test_p40_a_double_click_defines_one_field(company, signed_in):
    """P40, Dolibarr #8933: a double click stored twice."""
    client = signed_in("admin")
    assert [client.post("/settings/fields/new/", BEDS).status_code for _click in range(2)] == [302, 422]


def rule_form(client, **changes) -> dict[str, str]:
    form = client.get(f"/settings/rules/{POLICY_KEY}/").context["form"]
    typed = {name: str(form.initial.get(name, "")) for name in form.fields}
    return typed | {"starts_on": "2026-05-01", "source": "销售制度〔2026〕3 号"} | changes


def test_a_rule_holds_from_its_day_on_and_is_on_record(company, signed_in):
    client = signed_in("admin")
    answer = client.post(f"/settings/rules/{POLICY_KEY}/", rule_form(client, part0="85", part2="60"))
    assert answer.status_code == 302
    assert rules_on(date(2026, 4, 30))["tier_a_from"] == 80
    after = rules_on(date(2026, 5, 1))
    assert (after["tier_a_from"], after["potential"]["high"], after["potential"]["low"]) == (85, 60, 10)
    line = AuditEntry.objects.latest("batch_id")
    assert (line.verb, line.label, line.reason) == ("policy_set", POLICY_KEY, "销售制度〔2026〕3 号")
    assert "销售制度〔2026〕3 号" in signed_in("auditor").get("/settings/rules/").content.decode()


@pytest.mark.parametrize(
    "changes", [{"part0": "many"}, {"part0": "-1"}, {"part0": "NaN"}, {"source": ""}, {"starts_on": "soon"}]
)
def test_a_rule_without_a_figure_a_day_or_a_reason_is_refused(company, signed_in, changes):
    client = signed_in("admin")
    assert client.post(f"/settings/rules/{POLICY_KEY}/", rule_form(client, **changes)).status_code == 422
    assert not PolicySetting.objects.exists()


def test_a_rule_that_there_is_not_is_not_found(company, signed_in):
    assert signed_in("admin").get("/settings/rules/no.such_rule/").status_code == 404
