"""Versions of materials: approval by another person, expiry, withdrawal, what one may see of them. M-PRO-2."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from repertory.core.actor import system_actor
from repertory.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, RuleViolation, Stale
from repertory.core.time import day_of
from repertory.materials import access, actions, usability
from repertory.materials.choices import VERSION_TRANSITIONS, Standing, VersionState
from repertory.materials.inputs import (
    CreateMaterial,
    DecideVersion,
    DraftVersion,
    RemoveMaterial,
    ReviseMaterial,
    ReviseVersion,
    WithdrawVersion,
)
from repertory.materials.models import MaterialVersion
from repertory.materials.rules import latest_end
from repertory.organisation.actions import set_policy
from repertory.platform.models import AuditEntry
from repertory.products.actions import move_product_stage
from repertory.products.inputs import MoveProductStage
from tests.factories.catalogue import build_catalogue
from tests.factories.materials import approve, draft, open_material, submit, usable_version

DAY = timedelta(days=1)
PDF = b"%PDF-1.7 leaflet"


def standing_on(version, day):
    found = MaterialVersion.objects.select_related("material").get(pk=version.pk)
    listed = MaterialVersion.objects.filter(usability.usable_on(day), pk=version.pk).exists()
    assert listed == usability.is_usable(found, on=day)
    return usability.standing(found, on=day)


def decide(company, at, version, username="marketer", **facts):
    data = DecideVersion(**{"approve": True, **facts})
    return actions.decide_version(actor=company.actor(username), at=at, version_id=version.pk, data=data)


def withdraw(version, at):
    data = WithdrawVersion(reason="说明书已改")
    return actions.withdraw_version(actor=system_actor(), at=at, version_id=version.pk, data=data)


def test_a_version_goes_from_draft_over_approval_by_another_into_use(company, at, product):
    actor = company.actor("product")
    data = CreateMaterial(title="核心信息", kind="leaflet", products=[product.code])
    material = actions.create_material(actor=actor, at=at, data=data)
    version = draft(material, at=at, actor=actor)
    assert standing_on(version, day_of(at)) == Standing.NOT_APPROVED
    submit(version, at=at, actor=actor)
    approved = decide(company, at, version)
    end = latest_end(day_of(at))
    assert (approved.state, approved.valid_from, approved.valid_until) == ("approved", day_of(at), end)
    assert standing_on(version, day_of(at)) == Standing.USABLE
    verbs = AuditEntry.objects.filter(object_type="material", object_id=material.pk).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "created",
        "material_drafted",
        "material_submitted",
        "material_decided",
    ]


def test_nobody_approves_a_version_of_their_own(company, at):
    version = submit(draft(open_material(at=at), at=at, actor=company.actor("marketer")), at=at)
    with pytest.raises(NotAllowed) as refused:
        decide(company, at, version)
    assert refused.value.code == "own_request"
    assert decide(company, at, version, username="product").state == "approved"
    with pytest.raises(IntegrityError), transaction.atomic():
        MaterialVersion.objects.filter(pk=version.pk).update(decided_by_id=version.author_id)


def test_who_mends_a_returned_version_or_changes_its_file_does_not_approve_it(company, at):
    version = submit(draft(open_material(at=at), at=at, actor=company.actor("admin")), at=at)
    with pytest.raises(RuleViolation) as refused:
        decide(company, at, version, approve=False)
    assert refused.value.field == "note"
    assert decide(company, at, version, approve=False, note="缺少文献").state == "returned"
    marketer = company.actor("marketer")
    actions.attach_version_file(actor=marketer, at=at, version_id=version.pk, name="单页.pdf", content=ContentFile(PDF))
    submit(version, at=at)
    for username in ("marketer", "admin"):
        with pytest.raises(NotAllowed):
            decide(company, at, version, username=username)
    assert decide(company, at, version, username="product").file.name == "单页.pdf"


@pytest.mark.parametrize("username", ["rep", "supervisor", "boss", "finance", "auditor"])
def test_who_has_no_part_in_materials_changes_none(company, at, username):
    actor, version = company.actor(username), usable_version(at=at)
    with pytest.raises(NotAllowed):
        actions.create_material(actor=actor, at=at, data=CreateMaterial(title="别的", kind="leaflet"))
    with pytest.raises(NotAllowed):
        actions.draft_version(actor=actor, at=at, material_id=version.material_id, data=DraftVersion())
    with pytest.raises(NotAllowed):
        actions.withdraw_version(actor=actor, at=at, version_id=version.pk, data=WithdrawVersion(reason="不用了"))


def test_without_file_or_words_nothing_is_submitted(company, at):
    bare = draft(open_material(at=at), at=at, summary="")
    with pytest.raises(RuleViolation) as refused:
        submit(bare, at=at)
    assert (refused.value.code, refused.value.field) == ("file_missing", "file")
    film = draft(open_material(at=at, title="短片", is_electronic=True), at=at)
    with pytest.raises(RuleViolation):
        submit(film, at=at)
    actions.attach_version_file(actor=system_actor(), at=at, version_id=film.pk, name="a.pdf", content=ContentFile(PDF))
    assert submit(film, at=at).state == "submitted"


def test_an_approved_version_is_never_edited_or_thrown_away(company, at):
    version = usable_version(at=at)
    system = {"actor": system_actor(), "at": at, "version_id": version.pk}
    for change in (
        lambda: actions.revise_version(**system, data=ReviseVersion(summary="别的")),
        lambda: actions.attach_version_file(**system, name="b.pdf", content=ContentFile(PDF)),
        lambda: actions.discard_version(**system),
    ):
        with pytest.raises(RuleViolation) as refused:
            change()
        assert refused.value.code == "not_editable"


def test_a_draft_is_revised_and_thrown_away(company, at):
    version = draft(open_material(at=at), at=at)
    actor = company.actor("product")
    shorter = ReviseVersion(summary="短", version=1)
    revised = actions.revise_version(actor=actor, at=at, version_id=version.pk, data=shorter)
    assert (revised.summary, revised.version) == ("短", 2)
    with pytest.raises(Stale):
        actions.revise_version(actor=actor, at=at, version_id=version.pk, data=shorter)
    actions.discard_version(actor=actor, at=at, version_id=version.pk)
    assert not MaterialVersion.objects.exists()


def test_a_new_version_takes_the_place_of_the_old_and_leaves_its_days_alone(company, at):
    today = day_of(at)
    material = open_material(at=at)
    first = approve(draft(material, at=at), at=at - 40 * DAY)
    second = draft(material, at=at)
    assert second.number == 2
    with pytest.raises(Conflict):
        draft(material, at=at)
    approve(second, at=at, valid_from=today + 10 * DAY)
    assert standing_on(first, today + 9 * DAY) == Standing.USABLE
    assert standing_on(second, today + 9 * DAY) == Standing.UPCOMING
    assert standing_on(first, today + 10 * DAY) == Standing.SUPERSEDED
    assert standing_on(second, today + 10 * DAY) == Standing.USABLE
    assert standing_on(first, today - 40 * DAY) == Standing.USABLE
    assert standing_on(first, today - 41 * DAY) == Standing.UPCOMING


def test_the_last_day_counts_and_the_next_does_not(company, at):
    today = day_of(at)
    version = approve(draft(open_material(at=at), at=at), at=at, valid_until=today + 3 * DAY)
    assert standing_on(version, today + 3 * DAY) == Standing.USABLE
    assert standing_on(version, today + 4 * DAY) == Standing.EXPIRED


def test_a_withdrawn_version_is_not_usable_from_that_day_on(company, at):
    today = day_of(at)
    version = approve(draft(open_material(at=at), at=at), at=at - 20 * DAY)
    withdraw(version, at)
    assert standing_on(version, today) == Standing.WITHDRAWN
    assert standing_on(version, today - DAY) == Standing.USABLE


def test_only_what_is_on_sale_on_the_day_is_promoted(company, at, product):
    today = day_of(at)
    material = open_material(at=at, products=[product.code])
    version = approve(draft(material, at=at), at=at - 30 * DAY)
    stop = MoveProductStage(stage="suspended", on=today - 5 * DAY)
    move_product_stage(actor=system_actor(), at=at, product_id=product.pk, data=stop)
    assert standing_on(version, today) == Standing.PRODUCT_NOT_ON_SALE
    assert standing_on(version, today - 6 * DAY) == Standing.USABLE


def test_the_validity_is_no_longer_than_the_rule_allows(company, at):
    today = day_of(at)
    long = submit(draft(open_material(at=at), at=at, valid_until=latest_end(today) + DAY), at=at)
    with pytest.raises(RuleViolation) as refused:
        decide(company, at, long)
    assert (refused.value.code, refused.value.field) == ("valid_too_long", "valid_until")
    rule = {"key": "materials.validity", "starts_on": date(2020, 1, 1), "value": {"months": 36}}
    set_policy(actor=system_actor(), at=at, **rule)
    assert decide(company, at, long).valid_until == long.valid_until


@pytest.mark.parametrize("state", VersionState.values)
def test_steps_that_the_table_does_not_know_are_refused(company, at, state):
    version = draft(open_material(at=at), at=at)
    decided = {"valid_from": day_of(at), "valid_until": day_of(at), "decided_at": at}
    MaterialVersion.objects.filter(pk=version.pk).update(state=state, **decided)
    steps = {
        "submitted": lambda: submit(version, at=at),
        "approved": lambda: decide(company, at, version),
        "returned": lambda: decide(company, at, version, approve=False, note="x"),
        "withdrawn": lambda: withdraw(version, at),
    }
    for wanted, take in steps.items():
        if wanted in VERSION_TRANSITIONS[state]:
            continue
        with pytest.raises(RuleViolation):
            take()


def test_the_field_sees_approved_materials_of_its_own_products(company, at):
    catalogue = build_catalogue(at)
    of = {
        name: usable_version(at=at, title=name, products=[getattr(catalogue, name).code]) for name in ("own", "foreign")
    }
    of["both"] = usable_version(at=at, title="both", products=[catalogue.own.code, catalogue.foreign.code])
    of["none"] = usable_version(at=at, title="none")
    draft(open_material(at=at, title="draft"), at=at)

    def titles(username):
        return set(access.visible_materials(company.actor(username)).values_list("title", flat=True))

    assert titles("rep") == {"own", "both", "none"}
    assert titles("foreigner") == {"foreign", "both", "none"}
    assert titles("auditor") == {"own", "foreign", "both", "none", "draft"}
    with pytest.raises(NotFound):
        actions.submit_version(actor=company.actor("rep"), at=at, version_id=of["foreign"].pk)


def test_a_material_is_revised_and_one_opened_by_mistake_is_removed(company, at, product):
    actor, material = company.actor("product"), open_material(at=at, code="L1")
    facts = ReviseMaterial(title="新名", products=[product.code], version=1)
    revised = actions.revise_material(actor=actor, at=at, material_id=material.pk, data=facts)
    assert (revised.title, revised.version, list(revised.products.all())) == ("新名", 2, [product])
    same = actions.revise_material(actor=actor, at=at, material_id=material.pk, data=ReviseMaterial(title="新名"))
    assert same.version == 2
    with pytest.raises(Stale):
        actions.revise_material(actor=actor, at=at, material_id=material.pk, data=facts)
    with pytest.raises(Conflict):
        open_material(at=at, code="L1")
    with pytest.raises(InvalidInput) as refused:
        open_material(at=at, products=["没有"])
    assert refused.value.field == "products"
    actions.remove_material(actor=actor, at=at, material_id=material.pk, data=RemoveMaterial(reason="误建"))
    assert not access.visible_materials(actor).exists()


def test_what_was_in_use_is_neither_removed_nor_made_electronic(company, at):
    actor, material = company.actor("product"), usable_version(at=at).material
    with pytest.raises(RuleViolation):
        actions.remove_material(actor=actor, at=at, material_id=material.pk, data=RemoveMaterial(reason="误建"))
    with pytest.raises(RuleViolation):
        actions.revise_material(actor=actor, at=at, material_id=material.pk, data=ReviseMaterial(is_electronic=True))
