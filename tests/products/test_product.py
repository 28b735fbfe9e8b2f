"""Products: opening, revising, their life, their packs, their lines. M-PRO-1."""

from datetime import date, timedelta

import pytest

from repertory.core.actor import system_actor
from repertory.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, RuleViolation, Stale
from repertory.core.inputs import read_input
from repertory.core.time import day_of
from repertory.organisation.actions import define_custom_field
from repertory.organisation.inputs import DefineCustomField
from repertory.platform.models import AuditEntry
from repertory.products import actions
from repertory.products.choices import STAGE_TRANSITIONS, Stage
from repertory.products.inputs import (
    AddLineTeam,
    AddPack,
    CreateLine,
    CreateProduct,
    EndLineTeam,
    MoveProductStage,
    RemoveProduct,
    ReviseLine,
    RevisePack,
    ReviseProduct,
)
from repertory.products.models import LineTeam, Product, ProductStageChange
from tests.factories.catalogue import add_pack, approve, draft, open_line, open_product

FACTS = {
    "generic_name": "瑞舒伐他汀钙片",
    "trade_name": "舒立坦",
    "approval_number": "国药准字H20201234",
    "dosage_form": "片剂",
    "manufacturer": "药程示范药业",
    "atc_code": "C10AA07",
    "insurance_class": "b",
    "procurement": "selected",
    "prescription_class": "rx",
}


def create(company, at, username="product", **facts):
    data = read_input(CreateProduct, {**FACTS, **facts})
    return actions.create_product(actor=company.actor(username), at=at, data=data)


def revise(company, at, product, **facts):
    data = read_input(ReviseProduct, facts)
    return actions.revise_product(actor=company.actor("product"), at=at, product_id=product.pk, data=data)


def step(company, at, product, stage, **facts):
    data = read_input(MoveProductStage, {"stage": stage, **facts})
    return actions.move_product_stage(actor=company.actor("product"), at=at, product_id=product.pk, data=data)


def test_a_product_is_opened_with_its_references_and_a_line_in_the_trail(company, at):
    open_line(at=at, code="CV")
    opened = create(company, at, line="CV", product_manager="product")
    stored = Product.objects.get(pk=opened.pk)
    assert {name: getattr(stored, name) for name in FACTS} == FACTS
    assert (stored.line.code, stored.product_manager.username) == ("CV", "product")
    assert stored.code == f"P{stored.pk:05d}"
    assert (stored.stage, stored.stage_since) == ("development", day_of(at))
    entry = AuditEntry.objects.get(object_type="product", object_id=stored.pk)
    assert (entry.verb, entry.label) == ("created", "瑞舒伐他汀钙片（舒立坦）")
    assert (entry.changes["line"], entry.changes["product_manager"]) == ([None, "CV线"], [None, "产品经理"])


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"line": "NONE"}, "line"),
        ({"product_manager": "nobody"}, "product_manager"),
        ({"approval_number": "H123"}, "approval_number"),
        ({"atc_code": "10"}, "atc_code"),
        ({"generic_name": ""}, "generic_name"),
        ({"insurance_class": "d"}, "insurance_class"),
        ({"custom": {"nothing": 1}}, "custom.nothing"),
        ({"owner": 1}, "owner"),
    ],
)
def test_wrong_facts_are_refused_with_their_field(company, at, facts, field):
    with pytest.raises(InvalidInput) as refused:
        create(company, at, **facts)
    assert refused.value.field == field
    assert not Product.objects.exists()


def test_an_approval_number_belongs_to_one_product(company, at):
    create(company, at)
    with pytest.raises(Conflict) as refused:
        create(company, at, generic_name="另一种片")
    assert (refused.value.code, refused.value.field) == ("approval_taken", "approval_number")


def test_products_without_a_number_are_told_apart_by_name_form_and_maker(company, at):
    create(company, at, approval_number="")
    create(company, at, approval_number="", dosage_form="胶囊剂")
    with pytest.raises(Conflict) as refused:
        create(company, at, approval_number="")
    assert (refused.value.code, refused.value.field) == ("product_known", "generic_name")


def test_a_code_that_somebody_typed_is_passed_over_and_never_given_twice(company, at):
    first = create(company, at, code="P00099")
    product = open_product(at=at, name="甲片", code=f"P{first.pk + 2:05d}")
    assert open_product(at=at, name="乙片").code == f"P{product.pk + 1:05d}-1"
    with pytest.raises(Conflict) as refused:
        open_product(at=at, name="丙片", code="P00099")
    assert refused.value.field == "code"


def test_only_given_fields_change_and_an_older_version_is_refused(company, at):
    product = create(company, at)
    revised = revise(company, at, product, dosage_form="", selling_points="降幅大", version=1)
    assert (revised.dosage_form, revised.selling_points, revised.manufacturer) == ("", "降幅大", "药程示范药业")
    assert revised.version == 2
    with pytest.raises(Stale):
        revise(company, at, product, dosage_form="胶囊剂", version=1)
    assert revise(company, at, product, selling_points="降幅大").version == 2


def test_custom_fields_are_kept_with_the_product(company, at):
    field = DefineCustomField(object_type="product", key="gross", label="毛重", kind="number", required=True)
    define_custom_field(actor=company.actor("admin"), at=at, data=field)
    with pytest.raises(InvalidInput) as refused:
        create(company, at)
    assert refused.value.field == "custom.gross"
    product = create(company, at, custom={"gross": "12.50"})
    assert product.custom == {"gross": "12.5"}
    assert revise(company, at, product, custom={"gross": 3}).custom == {"gross": "3"}


@pytest.mark.parametrize("username", ["rep", "supervisor", "boss", "finance", "marketer", "auditor"])
def test_only_product_managers_and_the_administrator_change_products(company, at, product, username):
    actor = company.actor(username)
    with pytest.raises(NotAllowed):
        actions.create_product(actor=actor, at=at, data=CreateProduct(generic_name="新片"))
    with pytest.raises(NotAllowed):
        actions.revise_product(actor=actor, at=at, product_id=product.pk, data=ReviseProduct(dosage_form="x"))
    with pytest.raises(NotAllowed):
        actions.add_pack(actor=actor, at=at, product_id=product.pk, data=AddPack(spec="1"))
    with pytest.raises(NotAllowed):
        actions.create_line(actor=actor, at=at, data=CreateLine(code="X", name="X"))


def test_the_life_of_a_product_goes_step_by_step(company, at):
    product = create(company, at - timedelta(days=100))
    for days, stage in ((90, "preparation"), (80, "on_sale"), (70, "suspended"), (60, "on_sale"), (50, "withdrawn")):
        step(company, at, product, stage, on=day_of(at) - timedelta(days=days), reason="计划")
    product.refresh_from_db()
    assert product.launched_on == day_of(at) - timedelta(days=80)
    assert product.withdrawn_on == product.stage_since == day_of(at) - timedelta(days=50)
    assert ProductStageChange.objects.filter(product=product).count() == 6


@pytest.mark.parametrize("old", Stage.values)
@pytest.mark.parametrize("new", Stage.values)
def test_the_table_of_stages_is_the_only_way(company, at, old, new):
    product = create(company, at, stage=old)
    if new in STAGE_TRANSITIONS[old]:
        assert step(company, at, product, new).to_stage == new
    else:
        with pytest.raises(RuleViolation) as refused:
            step(company, at, product, new)
        assert refused.value.code == "stage_order"


def test_a_stage_begins_neither_in_the_future_nor_before_the_present_one(company, at):
    product = create(company, at)
    for days in (1, -1):
        with pytest.raises(RuleViolation) as refused:
            step(company, at, product, "preparation", on=day_of(at) + timedelta(days=days))
        assert refused.value.field == "on"


def test_nothing_is_on_sale_without_an_approval_number(company, at):
    product = create(company, at, approval_number="", stage="preparation")
    with pytest.raises(RuleViolation) as refused:
        step(company, at, product, "on_sale")
    assert refused.value.code == "approval_missing"
    on_sale = create(company, at, stage="on_sale", approval_number="国药准字H20209999")
    with pytest.raises(RuleViolation):
        revise(company, at, on_sale, approval_number="")


def test_a_launch_after_the_withdrawal_is_refused(company, at):
    with pytest.raises(RuleViolation) as refused:
        create(company, at, launched_on="2026-03-01", withdrawn_on="2026-02-28")
    assert refused.value.field == "withdrawn_on"


def test_a_product_opened_by_mistake_leaves_every_list_and_its_number_is_free_again(company, at):
    product = create(company, at)
    gone = RemoveProduct(reason="录错了")
    actions.remove_product(actor=company.actor("product"), at=at, product_id=product.pk, data=gone)
    with pytest.raises(NotFound):
        revise(company, at, product, dosage_form="x")
    assert create(company, at).pk != product.pk


def test_a_product_with_an_approved_message_is_withdrawn_not_removed(company, at, product):
    approve(draft(product, at=at), at=at)
    with pytest.raises(RuleViolation) as refused:
        actions.remove_product(actor=system_actor(), at=at, product_id=product.pk, data=RemoveProduct(reason="不要了"))
    assert refused.value.code == "was_on_market"


def test_packs_get_codes_and_are_unique_by_product_spec_and_pack(company, at, product):
    first = add_pack(product, at=at, barcode="6901234567892", trace_prefix="8102345", units_per_pack=14)
    second = add_pack(product, at=at, spec="10mg")
    assert [first.code, second.code] == [f"{product.code}-01", f"{product.code}-02"]
    for facts, field in (
        ({}, "spec"),
        ({"spec": "40mg", "barcode": "6901234567892"}, "barcode"),
        ({"spec": "40mg", "code": first.code}, "code"),
    ):
        with pytest.raises(Conflict) as refused:
            add_pack(product, at=at, **facts)
        assert refused.value.field == field
    other = open_product(at=at, name="他药", number=2)
    assert add_pack(other, at=at).code == f"{other.code}-01"


def test_a_pack_is_revised_and_switched_off_but_not_over_a_newer_version(company, at, product):
    pack = add_pack(product, at=at)
    actor = company.actor("product")
    off = read_input(RevisePack, {"is_active": False, "storage": "cold", "version": 1})
    revised = actions.revise_pack(actor=actor, at=at, pack_id=pack.pk, data=off)
    assert (revised.is_active, revised.storage, revised.spec, revised.version) == (False, "cold", "20mg", 2)
    with pytest.raises(Stale):
        actions.revise_pack(actor=actor, at=at, pack_id=pack.pk, data=RevisePack(spec="5mg", version=1))
    assert AuditEntry.objects.filter(object_type="product", object_id=product.pk, verb="pack_revised").count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"barcode": "6901234567893"}, "barcode"),
        ({"trace_prefix": "123"}, "trace_prefix"),
        ({"units_per_pack": 0}, "units_per_pack"),
        ({"shelf_life_months": 1000}, "shelf_life_months"),
        ({"unit": ""}, "unit"),
        ({"spec": ""}, "spec"),
    ],
)
def test_wrong_facts_of_a_pack_are_refused_with_their_field(facts, field):
    with pytest.raises(InvalidInput) as refused:
        read_input(AddPack, {"spec": "20mg", **facts})
    assert refused.value.field == field


def test_a_line_is_renamed_limited_and_carried_from_day_to_day(company, at):
    actor, today = company.actor("product"), day_of(at)
    line = actions.create_line(actor=actor, at=at, data=CreateLine(code="CV", name="心血管"))
    revised = actions.revise_line(actor=actor, at=at, line_id=line.pk, data=ReviseLine(limited=True, version=1))
    assert (revised.name, revised.limited, revised.version) == ("心血管", True, 2)
    past = AddLineTeam(territory="E1", starts_on=date(2026, 1, 1))
    team = actions.add_line_team(actor=actor, at=at, line_id=line.pk, data=past)
    with pytest.raises(Conflict):
        actions.add_line_team(actor=actor, at=at, line_id=line.pk, data=past)
    with pytest.raises(InvalidInput):
        actions.add_line_team(actor=actor, at=at, line_id=line.pk, data=AddLineTeam(territory="NOWHERE"))
    actions.end_line_team(actor=actor, at=at, team_id=team.pk, data=EndLineTeam())
    assert LineTeam.objects.get().ends_on == today
    with pytest.raises(Conflict):
        actions.end_line_team(actor=actor, at=at, team_id=team.pk, data=EndLineTeam())
    with pytest.raises(Stale):
        actions.revise_line(actor=actor, at=at, line_id=line.pk, data=ReviseLine(name="心脑", version=1))
