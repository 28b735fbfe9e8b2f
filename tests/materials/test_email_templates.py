"""E-mail templates are materials of a kind of their own: words instead of a file, approved as any other."""

import pytest

from repertory.core.errors import InvalidInput
from repertory.core.inputs import read_input
from repertory.core.time import day_of
from repertory.materials import actions
from repertory.materials.inputs import DraftVersion, ReviseMaterial, ReviseVersion
from repertory.materials.placeholders import fill
from repertory.materials.queries.giving import email_templates, usable_versions
from tests.factories.field import refused
from tests.factories.materials import approve, draft, open_material, submit, usable_version

WORDS = {"subject": "{称呼}，您好", "body": "来自{代表}"}


def test_a_template_is_electronic_and_needs_its_words_before_it_is_submitted(company, at):
    material = open_material(at=at, title="随访", kind="email")
    assert material.is_electronic
    version = draft(material, at=at)
    with refused("words_missing"):
        submit(version, at=at)
    actions.revise_version(actor=company.actor("product"), at=at, version_id=version.pk, data=ReviseVersion(**WORDS))
    assert submit(version, at=at).state == "submitted"


def test_only_templates_have_subject_and_body(company, at):
    with refused("not_an_email"):
        draft(open_material(at=at, title="单页"), at=at, **WORDS)


@pytest.mark.parametrize("text", ["{名字}", "{姓名.__class__}", "{0}", "{}", "{姓名", "姓名}", "{{姓名}}"])
def test_braces_hold_known_words_only(text):
    with pytest.raises(InvalidInput) as caught:
        read_input(DraftVersion, {"body": text})
    assert caught.value.field == "body"


def test_each_word_is_put_in_once_and_nothing_is_read_again():
    assert fill("{姓名}{医院}{别的}", {"姓名": "{医院}", "医院": "鼓楼"}) == "{医院}鼓楼{别的}"


def test_templates_are_sent_not_handed_out(company, at):
    template = approve(draft(open_material(at=at, title="随访", kind="email"), at=at, **WORDS), at=at)
    leaflet = usable_version(at=at)
    asked = {"actor": company.actor("rep"), "on": day_of(at)}
    assert usable_versions(**asked) == [leaflet]
    assert email_templates(**asked, kind="hcp") == [template]


def test_a_material_with_versions_does_not_turn_into_a_template_or_back(company, at):
    product = company.actor("product")
    material = open_material(at=at, title="随访", kind="leaflet")
    data = ReviseMaterial(kind="email", is_electronic=False)
    assert actions.revise_material(actor=product, at=at, material_id=material.pk, data=data).is_electronic
    draft(material, at=at, **WORDS)
    with refused("kind_fixed"):
        actions.revise_material(actor=product, at=at, material_id=material.pk, data=ReviseMaterial(kind="reprint"))


def test_the_form_of_a_template_asks_for_its_words(at, signed_in):
    client = signed_in("product")
    template = open_material(at=at, title="随访", kind="email")
    path = f"/materials/{template.pk}/versions/new/"
    assert {"subject", "body"} <= set(client.get(path).context["form"].fields)
    wrong = client.post(path, {"subject": "您好", "body": "{谁}"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["body"])
    assert client.post(path, WORDS).status_code == 302
    assert "来自{代表}" in client.get(f"/materials/{template.pk}/").content.decode()
    leaflet = open_material(at=at, title="单页")
    assert "body" not in client.get(f"/materials/{leaflet.pk}/versions/new/").context["form"].fields
