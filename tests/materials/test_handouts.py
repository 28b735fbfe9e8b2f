"""Who got what when: nothing twice unseen, nothing out of date, printed copies out of one's own bag. M-PRO-2."""

from datetime import date, timedelta

import pytest

from repertory.core.actor import system_actor
from repertory.core.errors import NotAllowed, NotFound, RuleViolation
from repertory.core.time import day_of
from repertory.customers.actions import merge_customers
from repertory.customers.inputs import MergeCustomers
from repertory.materials import actions
from repertory.materials.inputs import DecideVersion, Return, TakeBack, WithdrawVersion
from repertory.materials.models import Handout, MaterialVersion, StockBalance
from repertory.materials.queries.giving import given_to
from repertory.organisation.actions import set_policy
from tests.factories.materials import approve, draft, hand_out, open_material, submit, usable_version

DAY = timedelta(days=1)


def in_bag(version, user):
    return StockBalance.objects.get(version=version, holder=user).quantity


def take_back(handout, actor, at):
    return actions.take_back_handout(actor=actor, at=at, handout_id=handout.pk, data=TakeBack(reason="记错了"))


def set_once(at, *, on):
    set_policy(actor=system_actor(), at=at, key="materials.once", starts_on=date(2020, 1, 1), value={"on": on})


def test_copies_go_out_of_the_givers_bag_and_stand_at_the_customer(rep, archive, bags, at):
    handout = hand_out(rep, archive.doctor, bags.version, at=at, quantity=3, visit_id=77)
    assert in_bag(bags.version, rep.user) == 17
    row = Handout.objects.get()
    assert (row.quantity, row.giver_id, row.on, row.visit_id, row.again) == (3, rep.user_id, day_of(at), 77, False)
    shown = given_to(actor=rep, customer_id=archive.doctor.pk)
    assert [(one.version, one.quantity) for one in shown.handouts] == [(bags.version, 3)]
    assert handout.move.quantity == -3


def test_nobody_gives_more_than_the_bag_holds(rep, archive, bags, at):
    with pytest.raises(RuleViolation) as refused:
        hand_out(rep, archive.doctor, bags.version, at=at, quantity=21)
    assert (refused.value.code, refused.value.details) == ("not_enough", {"have": 20})
    assert not Handout.objects.exists()


def test_an_electronic_one_needs_no_stock(rep, archive, at):
    version = draft(open_material(at=at, is_electronic=True), at=at)
    MaterialVersion.objects.filter(pk=version.pk).update(
        state="approved", valid_from=day_of(at), valid_until=day_of(at), decided_at=at
    )
    assert hand_out(rep, archive.doctor, version, at=at).quantity == 1
    assert not StockBalance.objects.exists()


def test_a_second_time_is_marked_and_refused_only_where_the_rule_says_so(rep, archive, bags, at):
    assert not hand_out(rep, archive.doctor, bags.version, at=at).again
    assert hand_out(rep, archive.doctor, bags.version, at=at).again
    assert not hand_out(rep, archive.own, bags.version, at=at).again
    set_once(at, on=True)
    with pytest.raises(RuleViolation) as refused:
        hand_out(rep, archive.doctor, bags.version, at=at)
    assert refused.value.code == "given_already"


def test_what_was_given_to_an_archive_that_was_merged_counts_for_the_one_that_stays(rep, archive, bags, at, company):
    hand_out(rep, archive.own, bags.version, at=at)
    data = MergeCustomers(kept=archive.team.pk, gone=archive.own.pk)
    merge_customers(actor=system_actor(), at=at, data=data)
    supervisor = company.actor("supervisor")
    shown = given_to(actor=supervisor, customer_id=archive.team.pk)
    assert [one.version for one in shown.handouts] == [bags.version]
    set_once(at, on=True)
    with pytest.raises(RuleViolation):
        hand_out(supervisor, archive.team, bags.version, at=at)


def test_a_reversed_giving_is_back_in_the_bag_and_no_longer_at_the_customer(rep, archive, bags, at):
    handout = hand_out(rep, archive.doctor, bags.version, at=at, quantity=3)
    back = take_back(handout, rep, at)
    assert (back.quantity, back.on, back.reverses) == (-3, handout.on, handout)
    assert in_bag(bags.version, rep.user) == 20
    assert given_to(actor=rep, customer_id=archive.doctor.pk).handouts == []
    assert not hand_out(rep, archive.doctor, bags.version, at=at).again
    for one in (handout, back):
        with pytest.raises(RuleViolation) as refused:
            take_back(one, rep, at)
        assert refused.value.code == "reversed_already"


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_what_is_not_approved_is_refused_in_words(rep, archive, at, state):
    version = draft(open_material(at=at), at=at)
    if state == "submitted":
        submit(version, at=at)
    with pytest.raises(RuleViolation) as refused:
        hand_out(rep, archive.doctor, version, at=at)
    assert refused.value.code == "material_not_approved"
    assert str(refused.value) == "资料“核心信息单页 第 1 版”未批准，不能发放。请换用有效的版本。"


def test_an_expired_one_cannot_be_handed_out_but_a_late_report_of_a_good_day_can(rep, archive, bags, at):
    later = at + 800 * DAY
    with pytest.raises(RuleViolation) as refused:
        hand_out(rep, archive.doctor, bags.version, at=later)
    assert refused.value.code == "material_expired"
    assert hand_out(rep, archive.doctor, bags.version, at=later, on=day_of(at)).on == day_of(at)


def test_a_withdrawn_one_counts_by_the_day_of_the_visit(rep, archive, bags, at):
    later = at + 3 * DAY
    data = WithdrawVersion(reason="说明书已改")
    actions.withdraw_version(actor=system_actor(), at=later, version_id=bags.version.pk, data=data)
    with pytest.raises(RuleViolation) as refused:
        hand_out(rep, archive.doctor, bags.version, at=later)
    assert refused.value.code == "material_withdrawn"
    assert hand_out(rep, archive.doctor, bags.version, at=later, on=day_of(at) + 2 * DAY)


def test_a_superseded_one_gives_way_to_the_next(rep, archive, bags, at):
    approve(draft(bags.version.material, at=at), at=at, valid_from=day_of(at) + DAY)
    later = at + DAY
    with pytest.raises(RuleViolation) as refused:
        hand_out(rep, archive.doctor, bags.version, at=later)
    assert refused.value.code == "material_superseded"
    returned = Return(quantity=20)
    actions.return_stock(actor=rep, at=later, version_id=bags.version.pk, data=returned)
    assert in_bag(bags.version, rep.user) == 0


def test_nothing_happens_tomorrow(rep, archive, bags, at):
    with pytest.raises(RuleViolation) as refused:
        hand_out(rep, archive.doctor, bags.version, at=at, on=day_of(at) + DAY)
    assert refused.value.field == "on"


def test_what_is_for_doctors_is_not_given_to_a_hospital(rep, archive, at):
    version = draft(open_material(at=at, is_electronic=False), at=at, audiences=["hcp"])
    submit(version, at=at)
    approved = DecideVersion(approve=True)
    actions.decide_version(actor=system_actor(), at=at, version_id=version.pk, data=approved)
    with pytest.raises(RuleViolation) as refused:
        hand_out(rep, archive.own, version, at=at)
    assert refused.value.code == "not_meant_for"


def test_a_foreign_customer_and_a_foreign_persons_giving_are_not_there(company, rep, archive, bags, at):
    with pytest.raises(NotFound):
        hand_out(rep, archive.foreign, bags.version, at=at)
    handout = hand_out(rep, archive.doctor, bags.version, at=at)
    for username in ("teammate", "foreigner"):
        with pytest.raises(NotFound):
            take_back(handout, company.actor(username), at)
    with pytest.raises(NotAllowed):
        take_back(handout, company.actor("auditor"), at)
    assert take_back(handout, company.actor("supervisor"), at).giver_id == rep.user_id


@pytest.mark.parametrize("username", ["finance", "auditor"])
def test_who_does_not_visit_gives_nothing(company, archive, at, username):
    with pytest.raises(NotAllowed):
        hand_out(company.actor(username), archive.doctor, usable_version(at=at), at=at)
