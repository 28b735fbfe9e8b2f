"""Samples by lot: issued, given within limits and signed, returned, written off, counted; the sum always agrees. M-PRO-3."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from repertory.core.actor import system_actor
from repertory.core.errors import InvalidInput, NotAllowed, NotFound, RuleViolation
from repertory.core.time import day_of
from repertory.customers.actions import merge_customers
from repertory.customers.inputs import MergeCustomers
from repertory.materials import access, actions
from repertory.materials.inputs import Count, GiveSample, Issue, KeepSignature, Lose, ReceiveLot, Return, TakeBack
from repertory.materials.models import SampleAllowance, SampleBalance, SampleMove
from repertory.materials.queries.giving import allowance_of
from repertory.materials.rules import sample_period
from repertory.organisation.actions import set_policy
from repertory.products.actions import move_product_stage
from repertory.products.inputs import MoveProductStage
from tests.factories.archive import open_archive
from tests.factories.materials import give, issue_samples, receive_lot, sign

DAY = timedelta(days=1)
LIMIT = {"on": True, "person": 10, "institution": 60, "months": 3}


def have(lot, user=None):
    return SampleBalance.objects.get(lot=lot, holder=user).quantity


def set_rule(at, key, **value):
    set_policy(actor=system_actor(), at=at, key=key, starts_on=date(2020, 1, 1), value=value)


def refused_code(work):
    with pytest.raises(RuleViolation) as refused:
        work()
    return refused.value.code


def agrees(lot):
    moved = lot.moves.values("holder").annotate(sum=Sum("quantity"))
    held = {row.holder_id: row.quantity for row in lot.balances.all()}
    return {row["holder"]: row["sum"] for row in moved} == held


def test_what_is_received_is_issued_given_returned_lost_and_counted(company, rep, archive, bags, at):
    lot, user = bags.lot, rep.user
    supervisor = company.actor("supervisor")
    assert (have(lot), have(lot, user)) == (80, 20)
    give(rep, archive.doctor, lot, at=at, quantity=4)
    actions.return_samples(actor=rep, at=at, lot_id=lot.pk, data=Return(quantity=5))
    actions.lose_samples(actor=rep, at=at, lot_id=lot.pk, data=Lose(quantity=1, reason="盒子压坏"))
    counted = Count(counted=9, holder="rep")
    move = actions.count_samples(actor=supervisor, at=at, lot_id=lot.pk, data=counted)
    assert (move.kind, move.quantity) == ("counted", -1)
    assert (have(lot), have(lot, user)) == (85, 9)
    assert agrees(lot)
    rows = lot.moves.order_by("pk").values_list("kind", "quantity", "holder__username")
    assert list(rows) == [
        ("received", 100, None),
        ("issued", -20, None),
        ("issued", 20, "rep"),
        ("given", -4, "rep"),
        ("returned", -5, "rep"),
        ("returned", 5, None),
        ("lost", -1, "rep"),
        ("counted", -1, "rep"),
    ]


def test_nothing_goes_below_zero(company, rep, archive, bags, at):
    lot = bags.lot
    tries = (
        lambda: give(rep, archive.own, lot, at=at, quantity=21),
        lambda: actions.return_samples(actor=rep, at=at, lot_id=lot.pk, data=Return(quantity=21)),
        lambda: actions.lose_samples(actor=rep, at=at, lot_id=lot.pk, data=Lose(quantity=21, reason="丢失")),
        lambda: issue_samples(lot, at=at, quantity=81),
    )
    assert [refused_code(one) for one in tries] == ["not_enough"] * 4
    with pytest.raises(IntegrityError), transaction.atomic():
        SampleBalance.objects.filter(lot=lot).update(quantity=-1)


def test_p65_an_expired_lot_is_neither_given_nor_issued(company, rep, archive, bags, at):
    """ERPNext #2588: an expired batch is sold without a word."""
    lot, last = bags.lot, bags.lot.expires_on
    late = at + 201 * DAY
    assert day_of(late) == last + DAY
    assert refused_code(lambda: give(rep, archive.doctor, lot, at=late)) == "lot_expired"
    data = Issue(to="rep", quantity=1)
    issue = {"actor": company.actor("supervisor"), "at": late, "lot_id": lot.pk}
    assert refused_code(lambda: actions.issue_samples(**issue, data=data)) == "lot_expired"
    assert give(rep, archive.doctor, lot, at=late, on=last).on == last
    assert actions.issue_samples(**issue, data=Issue(to="rep", quantity=1, on=last)).quantity == 1
    with pytest.raises(RuleViolation):
        receive_lot(lot.pack, at=late, expires_on=last)


def test_p65_an_expired_lot_is_returned_written_off_counted_and_put_right(company, rep, archive, bags, at):
    """ERPNext #12843, #19029, PR #32466: once expired batches are blocked, nobody can return or scrap them either."""
    lot, user, late = bags.lot, rep.user, at + 300 * DAY
    supervisor, finance = company.actor("supervisor"), company.actor("finance")
    mistake = give(rep, archive.doctor, lot, at=at)
    actions.take_back_sample(actor=rep, at=late, move_id=mistake.pk, data=TakeBack(reason="没有给"))
    actions.return_samples(actor=rep, at=late, lot_id=lot.pk, data=Return(quantity=10))
    actions.lose_samples(actor=rep, at=late, lot_id=lot.pk, data=Lose(quantity=3, reason="过期销毁"))
    actions.count_samples(actor=supervisor, at=late, lot_id=lot.pk, data=Count(counted=6, holder="rep"))
    central = Lose(quantity=90, central=True, reason="过期销毁")
    actions.lose_samples(actor=finance, at=late, lot_id=lot.pk, data=central)
    assert (have(lot), have(lot, user)) == (0, 6)
    assert agrees(lot)


def test_a_customer_gets_no_more_in_a_period_than_the_rule_allows(company, rep, archive, bags, at):
    doctor, lot = archive.doctor, bags.lot
    give(rep, doctor, lot, at=at, quantity=7)
    issue_samples(lot, at=at, to="supervisor", quantity=10)
    with pytest.raises(RuleViolation) as refused:
        give(company.actor("supervisor"), doctor, lot, at=at, quantity=4)
    assert (refused.value.code, refused.value.details) == ("sample_limit", {"limit": 10, "had": 7})
    other = receive_lot(lot.pack, at=at, number="240302")
    issue_samples(other, at=at)
    assert refused_code(lambda: give(rep, doctor, other, at=at, quantity=4)) == "sample_limit"
    shown = allowance_of(actor=rep, customer_id=doctor.pk, product=bags.product, on=day_of(at))
    assert (shown.had, shown.limit, shown.left) == (7, 10, 3)
    give(rep, doctor, other, at=at, quantity=3)
    assert give(rep, archive.own, lot, at=at, quantity=13).quantity == -13


def test_the_limit_is_asked_for_the_day_of_the_visit_and_begins_anew_with_the_period(rep, archive, bags, at):
    doctor, lot = archive.doctor, bags.lot
    start = sample_period(day_of(at)).start
    give(rep, doctor, lot, at=at, quantity=10, on=start)
    assert give(rep, doctor, lot, at=at, quantity=5, on=start - DAY)
    assert refused_code(lambda: give(rep, doctor, lot, at=at, on=start)) == "sample_limit"


def test_a_reversed_giving_counts_for_no_limit(rep, archive, bags, at):
    doctor, lot = archive.doctor, bags.lot
    mistake = give(rep, doctor, lot, at=at, quantity=10, visit_id=5)
    back = actions.take_back_sample(actor=rep, at=at, move_id=mistake.pk, data=TakeBack(reason="记错了"))
    assert (back.quantity, back.visit_id, back.on) == (10, 5, mistake.on)
    assert (have(lot, rep.user), SampleAllowance.objects.get().given) == (20, 0)
    assert give(rep, doctor, lot, at=at, quantity=10)
    once_more = {"actor": rep, "at": at, "move_id": mistake.pk, "data": TakeBack()}
    assert refused_code(lambda: actions.take_back_sample(**once_more)) == "reversed_already"


def test_the_limit_is_dated_and_can_be_switched_off(rep, archive, bags, at):
    set_rule(at, "materials.sample_limit", **LIMIT | {"person": 2, "months": 1})
    assert refused_code(lambda: give(rep, archive.doctor, bags.lot, at=at, quantity=3)) == "sample_limit"
    rule = {"key": "materials.sample_limit", "starts_on": day_of(at), "value": {**LIMIT, "on": False}}
    set_policy(actor=system_actor(), at=at, **rule)
    assert give(rep, archive.doctor, bags.lot, at=at, quantity=20)


@pytest.mark.parametrize(
    ("months", "day", "period"),
    [
        (3, date(2026, 2, 28), (date(2026, 1, 1), date(2026, 4, 1))),
        (3, date(2026, 4, 1), (date(2026, 4, 1), date(2026, 7, 1))),
        (3, date(2026, 12, 31), (date(2026, 10, 1), date(2027, 1, 1))),
        (1, date(2026, 12, 31), (date(2026, 12, 1), date(2027, 1, 1))),
        (12, date(2026, 6, 1), (date(2026, 1, 1), date(2027, 1, 1))),
        (5, date(2026, 12, 1), (date(2026, 11, 1), date(2027, 1, 1))),
        (0, date(2026, 6, 15), (date(2026, 6, 1), date(2026, 7, 1))),
        (99, date(2026, 6, 15), (date(2026, 1, 1), date(2027, 1, 1))),
    ],
)
def test_a_period_is_counted_from_january(company, at, months, day, period):
    set_rule(at, "materials.sample_limit", **LIMIT | {"months": months})
    assert sample_period(day) == period


def test_what_an_archive_had_before_it_was_merged_counts(company, rep, archive, bags, at):
    twin = open_archive(at=at, territory="E1A", name="单雪雪", kind="hcp")
    give(rep, twin, bags.lot, at=at, quantity=8)
    merge_customers(actor=system_actor(), at=at, data=MergeCustomers(kept=archive.doctor.pk, gone=twin.pk))
    assert refused_code(lambda: give(rep, archive.doctor, bags.lot, at=at, quantity=3)) == "sample_limit"


@pytest.mark.parametrize("kind", ["distributor", "government", "company", "individual"])
def test_samples_go_to_doctors_and_institutions_only(rep, bags, at, kind):
    other = open_archive(at=at, territory="E1A", name="别的客户", kind=kind)
    assert refused_code(lambda: give(rep, other, bags.lot, at=at)) == "no_samples_for_kind"


def test_no_samples_of_what_was_not_on_sale_that_day(rep, archive, bags, at):
    stop = MoveProductStage(stage="suspended", on=day_of(at) - 5 * DAY)
    move_product_stage(actor=system_actor(), at=at, product_id=bags.product.pk, data=stop)
    assert refused_code(lambda: give(rep, archive.doctor, bags.lot, at=at)) == "product_not_on_sale"
    assert give(rep, archive.doctor, bags.lot, at=at, on=day_of(at) - 6 * DAY)


def test_a_signature_is_wanted_unless_the_rule_is_off(rep, archive, bags, at):
    def unsigned():
        return give(rep, archive.doctor, bags.lot, at=at, signature_id=None)

    assert refused_code(unsigned) == "signature_missing"
    set_rule(at, "materials.sample_signature", required=False)
    assert unsigned().signature is None


def test_one_signature_serves_the_lots_of_one_visit_and_no_other(rep, archive, bags, at):
    signature = sign(rep, archive.doctor, at=at)
    for _lot in range(2):
        give(rep, archive.doctor, bags.lot, at=at, signature_id=signature, visit_id=1)
    for facts in ({"visit_id": 2}, {"visit_id": None}, {"visit_id": 1, "on": day_of(at) - DAY}):
        with pytest.raises(InvalidInput) as refused:
            give(rep, archive.doctor, bags.lot, at=at, signature_id=signature, **facts)
        assert refused.value.code == "unknown_signature"


def test_p1_a_foreign_attachment_is_no_signature(company, rep, archive, bags, at):
    """EspoCRM CVE-2026-109957: the key of somebody else's attachment is accepted."""
    issue_samples(bags.lot, at=at, to="supervisor")
    others = (
        sign(company.actor("supervisor"), archive.doctor, at=at),
        sign(rep, archive.own, at=at),
        999_999,
    )
    for signature in others:
        with pytest.raises(InvalidInput):
            give(rep, archive.doctor, bags.lot, at=at, signature_id=signature)
    assert not SampleMove.objects.filter(kind="given").exists()


@pytest.mark.parametrize("png", ["!!!!!!!!", "PHN2Zy8+PHN2Zy8+", "data:image/svg+xml;base64,PHN2Zy8+"])
def test_a_signature_is_a_png(rep, archive, at, png):
    with pytest.raises(InvalidInput):
        actions.keep_signature(actor=rep, at=at, customer_id=archive.doctor.pk, data=KeepSignature(png=png))


def test_superiors_issue_to_those_below_and_to_nobody_else(company, bags, at):
    lot, data = bags.lot, Issue(to="teammate", quantity=1)
    for username in ("supervisor", "manager", "boss", "finance", "product", "admin"):
        assert actions.issue_samples(actor=company.actor(username), at=at, lot_id=lot.pk, data=data)
    for username in ("rep", "auditor"):
        with pytest.raises(NotAllowed):
            actions.issue_samples(actor=company.actor(username), at=at, lot_id=lot.pk, data=data)
    far = Issue(to="foreigner", quantity=1)
    with pytest.raises(InvalidInput) as refused:
        actions.issue_samples(actor=company.actor("supervisor"), at=at, lot_id=lot.pk, data=far)
    assert (refused.value.code, refused.value.field) == ("unknown_person", "to")


def test_a_superior_passes_on_out_of_the_own_bag(company, bags, at):
    lot, supervisor = bags.lot, company.actor("supervisor")
    issue_samples(lot, at=at, to="supervisor", quantity=10)
    own = Issue(to="rep", quantity=4, from_own=True)
    actions.issue_samples(actor=supervisor, at=at, lot_id=lot.pk, data=own)
    assert (have(lot, supervisor.user), have(lot, company.people["rep"])) == (6, 24)
    with pytest.raises(RuleViolation):
        actions.issue_samples(
            actor=supervisor, at=at, lot_id=lot.pk, data=Issue(to="supervisor", quantity=1, from_own=True)
        )


def test_a_bag_is_counted_by_somebody_else_and_the_store_by_its_keepers(company, rep, bags, at):
    lot = bags.lot
    count = {"at": at, "lot_id": lot.pk}
    with pytest.raises(NotAllowed):
        actions.count_samples(actor=rep, **count, data=Count(counted=1))
    issue_samples(lot, at=at, to="supervisor", quantity=5)
    with pytest.raises(NotAllowed) as refused:
        actions.count_samples(actor=company.actor("supervisor"), **count, data=Count(counted=9))
    assert refused.value.code == "own_count"
    with pytest.raises(NotAllowed):
        actions.count_samples(actor=company.actor("supervisor"), **count, data=Count(counted=9, central=True))
    same = actions.count_samples(actor=company.actor("finance"), **count, data=Count(counted=75, central=True))
    assert same.quantity == 0
    more = actions.count_samples(actor=company.actor("boss"), **count, data=Count(counted=8, holder="supervisor"))
    assert more.quantity == 3
    assert agrees(lot)


def test_a_rep_touches_no_other_bag_and_the_foreign_lot_is_not_there(company, bags, at):
    lot = bags.lot
    teammate = {"actor": company.actor("teammate"), "at": at, "lot_id": lot.pk}
    with pytest.raises(NotFound):
        actions.return_samples(**teammate, data=Return(quantity=1))
    issue_samples(lot, at=at, to="teammate", quantity=1)
    with pytest.raises(InvalidInput):
        actions.return_samples(**teammate, data=Return(quantity=1, holder="rep"))
    with pytest.raises(NotAllowed):
        actions.lose_samples(**teammate, data=Lose(quantity=1, central=True, reason="丢失"))


def test_each_sees_the_own_bag_superiors_those_below_the_company_all(company, rep, archive, bags, at):
    issue_samples(bags.lot, at=at, to="foreigner", quantity=1)
    give(rep, archive.doctor, bags.lot, at=at)

    def holders(username):
        rows = access.visible_sample_moves(company.actor(username)).values_list("holder__username", flat=True)
        return set(rows)

    assert holders("rep") == {"rep"}
    assert holders("supervisor") == {"rep"}
    assert holders("foreigner") == {"foreigner"}
    assert holders("teammate") == set()
    assert holders("auditor") == {None, "rep", "foreigner"}


def test_a_lot_has_one_expiry_and_gets_more(bags, at):
    lot = bags.lot
    more = {"pack": lot.pack.code, "lot_number": lot.lot_number, "quantity": 5}
    finance = {"actor": system_actor(), "at": at}
    assert actions.receive_lot(**finance, data=ReceiveLot(**more, expires_on=lot.expires_on)).lot == lot
    assert have(lot) == 85
    other = ReceiveLot(**more, expires_on=lot.expires_on + DAY)
    assert refused_code(lambda: actions.receive_lot(**finance, data=other)) == "other_expiry"


@pytest.mark.parametrize("username", ["rep", "supervisor", "boss", "auditor"])
def test_who_does_not_keep_the_store_receives_nothing(company, bags, at, username):
    lot = bags.lot
    data = ReceiveLot(pack=lot.pack.code, lot_number="9", expires_on=lot.expires_on, quantity=5)
    with pytest.raises(NotAllowed):
        actions.receive_lot(actor=company.actor(username), at=at, data=data)


def test_a_sample_that_is_not_there_is_not_found(rep, archive, at):
    data = GiveSample(lot_id=1, quantity=1)
    with pytest.raises(NotFound):
        actions.give_sample(actor=rep, at=at, customer_id=archive.doctor.pk, data=data)


def test_who_sees_the_company_sees_the_store_and_every_bag(company, bags, at):
    issue_samples(bags.lot, at=at, to="foreigner", quantity=1)

    def holders(username):
        rows = access.visible_sample_balances(company.actor(username)).values_list("holder__username", flat=True)
        return set(rows)

    assert holders("finance") == holders("auditor") == {None, "rep", "foreigner"}
    assert holders("supervisor") == {None, "rep"}
    assert holders("rep") == {"rep"}
    assert set(access.people_below(company.actor("supervisor")).values_list("username", flat=True)) == {
        *("supervisor", "rep", "teammate")
    }
