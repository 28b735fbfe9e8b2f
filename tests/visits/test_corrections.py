"""A visit that is done is corrected: what was recorded as given and was not goes back into the bag by a counter-entry."""

import pytest

from repertory.core.errors import NotFound
from repertory.core.inputs import read_input
from repertory.core.time import day_of
from repertory.materials.models import Handout, SampleAllowance, SampleBalance, SampleMove, StockBalance
from repertory.materials.queries.giving import handouts_of_visit, samples_of_visit
from repertory.platform.models import AuditEntry
from repertory.visits import actions
from repertory.visits.inputs import AmendVisit
from repertory.visits.models import Visit
from tests.factories.catalogue import add_pack
from tests.factories.field import record, refused
from tests.factories.materials import fill_bags, sign


@pytest.fixture
def bags(at, product):
    add_pack(product, at=at)
    return fill_bags(product, at=at)


@pytest.fixture
def visit(company, at, doctor, bags):
    """With three leaflets and two packs."""
    rep = company.actor("rep")
    sampled = {"lot_id": bags.lot.pk, "quantity": 2, "signature_id": sign(rep, doctor, at=at)}
    handed = {"version_id": bags.version.pk, "quantity": 3}
    return record(rep, doctor, at=at, materials=[handed], samples=[sampled])


def amend(actor, at, visit, **facts):
    return actions.amend_visit(actor=actor, at=at, visit_id=visit.pk, data=read_input(AmendVisit, facts))


def bag(company, kind):
    return kind.objects.get(holder=company.people["rep"]).quantity


def test_what_was_not_given_is_back_in_the_bag_and_both_rows_stay(company, at, doctor, bags, visit):
    given, packs = handouts_of_visit(visit.pk)[0], samples_of_visit(visit.pk)[0]
    assert (bag(company, StockBalance), bag(company, SampleBalance)) == (17, 18)
    facts = {"take_back_handouts": [given.pk], "take_back_samples": [packs.pk], "take_back_reason": "没有给"}
    amended = amend(company.actor("rep"), at, visit, **facts)
    assert (bag(company, StockBalance), bag(company, SampleBalance)) == (20, 20)
    assert (handouts_of_visit(visit.pk), samples_of_visit(visit.pk)) == ([], [])
    assert sorted(Handout.objects.filter(visit_id=visit.pk).values_list("quantity", flat=True)) == [-3, 3]
    moves = SampleMove.objects.filter(visit_id=visit.pk).order_by("pk")
    assert [(row.kind, row.quantity, row.on) for row in moves] == [
        ("given", -2, day_of(at)),
        ("taken_back", 2, day_of(at)),
    ]
    assert moves[1].reason == "没有给"
    assert SampleAllowance.objects.get(customer=doctor).given == 0
    assert amended.version == visit.version + 1
    line = AuditEntry.objects.filter(verb="visit_amended").get()
    assert line.changes["taken_back"][1] == [f"{bags.version} × 3", f"{bags.product} {bags.lot.lot_number} × 2"]


def test_only_what_stands_at_the_visit_is_taken_back_and_once(company, at, archive, bags, visit):
    rep = company.actor("rep")
    given = handouts_of_visit(visit.pk)[0].pk
    other = record(rep, archive.own, at=at)
    with pytest.raises(NotFound):
        amend(rep, at, other, take_back_handouts=[given])
    amend(rep, at, visit, take_back_handouts=[given, given])
    with pytest.raises(NotFound):
        amend(rep, at, visit, take_back_handouts=[given])
    with pytest.raises(NotFound):
        amend(rep, at, visit, take_back_samples=[given + 1000])


def test_a_refusal_takes_nothing_back(company, at, visit):
    given = handouts_of_visit(visit.pk)[0].pk
    with refused("adverse_event_question"):
        amend(company.actor("rep"), at, visit, take_back_handouts=[given], questions="患者服药后出现皮疹")
    assert [row.pk for row in handouts_of_visit(visit.pk)] == [given]
    assert Visit.objects.get(pk=visit.pk).version == visit.version


def test_the_dialog_offers_what_was_given(company, at, archive, bags, visit, signed_in):
    rep, path = signed_in("rep"), f"/visits/{visit.pk}/amendment/"
    form = rep.get(path).context["form"]
    given, packs = handouts_of_visit(visit.pk)[0].pk, samples_of_visit(visit.pk)[0].pk
    assert [key for key, _label in form.fields["take_back_handouts"].choices] == [str(given)]
    assert [key for key, _label in form.fields["take_back_samples"].choices] == [str(packs)]
    typed = {"take_back_handouts": [given], "consensus": "已更正", "version": visit.version}
    assert rep.post(path, typed).status_code == 302
    assert (handouts_of_visit(visit.pk), Visit.objects.get(pk=visit.pk).consensus) == ([], "已更正")
    plain = record(company.actor("rep"), archive.own, at=at)
    assert "take_back_reason" not in rep.get(f"/visits/{plain.pk}/amendment/").context["form"].fields
