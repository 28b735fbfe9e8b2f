"""Who sees which products and messages. M-ORG-3, M-ORG-4."""

from datetime import timedelta

import pytest

from repertory.core.errors import NotFound
from repertory.core.time import day_of
from repertory.customers import choices as customer_choices
from repertory.products import access, actions
from repertory.products.choices import Audience
from repertory.products.inputs import AddLineTeam, MoveProductStage
from repertory.products.queries import ListQuery, list_products
from tests.factories.catalogue import draft, hand_over, open_line, open_product
from tests.policy.addresses import SEES

ALWAYS = {"everybody"}


def seen(actor):
    return {product.generic_name for product in access.visible_products(actor)}


@pytest.mark.parametrize("target", ["own", "team", "foreign", "former", "removed"])
@pytest.mark.parametrize("username", ["rep", "teammate", "foreigner", "supervisor", "manager", "boss", "auditor"])
def test_a_product_is_seen_by_those_whose_territories_carry_its_line(company, catalogue, username, target):
    product = getattr(catalogue, target)
    sees = username in SEES[target]
    assert access.visible_products(company.actor(username)).filter(pk=product.pk).exists() == sees
    assert access.visible_packs(company.actor(username)).filter(product=product).exists() == sees
    assert access.visible_versions(company.actor(username)).filter(message__product=product).exists() == sees


def test_the_field_sees_what_came_to_the_market_the_company_everything(company, catalogue):
    assert "研发中注射液" not in seen(company.actor("rep"))
    assert "布洛芬缓释胶囊" in seen(company.actor("rep"))
    for username in ("product", "marketer", "finance", "admin", "auditor", "boss"):
        assert {"研发中注射液", "布洛芬缓释胶囊"} <= seen(company.actor(username))


def test_a_suspended_product_stays_in_sight_of_the_field_a_withdrawn_one_does_not(company, at, catalogue):
    for stage, visible in (("suspended", True), ("withdrawn", False)):
        data = MoveProductStage(stage=stage)
        actions.move_product_stage(actor=company.actor("product"), at=at, product_id=catalogue.everybody.pk, data=data)
        assert ("布洛芬缓释胶囊" in seen(company.actor("rep"))) == visible


def test_a_team_high_in_the_tree_carries_for_all_below_it(company, at):
    line = open_line(at=at, code="UP", territory="E")
    open_product(at=at, name="大区片", number=50, line=line.code)
    assert "大区片" in seen(company.actor("rep"))
    assert "大区片" in seen(company.actor("manager"))
    assert "大区片" not in seen(company.actor("foreigner"))


def test_a_team_begins_and_ends_with_its_days(company, at):
    line = open_line(at=at, code="DAYS", territory="N1A")
    open_product(at=at, name="换线片", number=51, line=line.code)
    tomorrow = AddLineTeam(territory="E1A", starts_on=day_of(at) + timedelta(days=1))
    actions.add_line_team(actor=company.actor("product"), at=at, line_id=line.pk, data=tomorrow)
    assert "换线片" not in seen(company.actor("rep"))
    other = open_line(at=at, code="OVER", territory="N1A")
    open_product(at=at, name="移交片", number=52, line=other.code)
    hand_over(other, at=at, to="E1A")
    assert "移交片" in seen(company.actor("rep"))
    assert "移交片" not in seen(company.actor("foreigner"))


def test_the_field_sees_approved_wordings_only(company, at, catalogue):
    draft(catalogue.own, at=at, title="没批准的")
    titles = {version.title for version in access.visible_versions(company.actor("rep"))}
    assert "没批准的" not in titles
    assert "没批准的" in {version.title for version in access.visible_versions(company.actor("auditor"))}


def test_p7_a_search_or_a_filter_tells_nothing_of_products_out_of_sight(company, catalogue):
    """EspoCRM CVE-2019-14351: a hidden value is found by narrowing a list."""
    rep = company.actor("rep")
    for query in (
        ListQuery(text="二甲双胍"),
        ListQuery(text=catalogue.foreign.approval_number),
        ListQuery(filters={"approval_number": [catalogue.foreign.approval_number]}),
        ListQuery(filters={"line": ["FOREIGN"]}),
        ListQuery(text=catalogue.foreign.packs.get().code),
    ):
        page = list_products(actor=rep, query=query)
        assert (page.items, page.count) == ([], 0)


def test_a_key_out_of_sight_is_like_one_that_there_is_not(company, catalogue):
    with pytest.raises(NotFound) as foreign:
        access.get_visible(company.actor("rep"), catalogue.foreign.pk)
    with pytest.raises(NotFound) as missing:
        access.get_visible(company.actor("rep"), 999_999)
    assert foreign.value.as_dict() == missing.value.as_dict()


def test_audiences_are_kinds_of_the_customer_archive():
    assert set(Audience.values) <= set(customer_choices.Kind.values)
    labels = dict(customer_choices.Kind.choices)
    assert all(labels[code] == label for code, label in Audience.choices)
